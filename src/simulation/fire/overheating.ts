/**
 * Nothing in ordinary use but a hot process is hotter than this: motors and machines reach 110 °C (facts §4.8 [M]). What
 * is meant to burn nowhere, and smoulders or is heated beyond it, is a beginning fire. Courses of things that get hotter
 * in use, or burn by themselves from less, say so (`FireCourse.overheatedCelsius`).
 */
export const ordinaryUseCelsius = 120;

/** After the last flame, embers and heated things count as glowing down to this: below it char goes out (assumed). */
export const glowingCelsius = 150;
