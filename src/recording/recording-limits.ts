/** Largest file of an imported format (all but MCAP), in bytes; a larger one is refused. */
export const importedFileBytesMax = 256 * 1024 * 1024;

/** Largest content of a gzip file after unpacking, in bytes; more is refused, so that no small file fills the memory. */
export const unpackedBytesMax = 768 * 1024 * 1024;

/** Most frames read from one imported file; a longer one is refused. */
export const importedFramesMax = 200_000;

/** Largest picture side in pixels; a header that claims more is damaged. */
export const pictureSideMax = 1280;

/** Latest time stamp believed: the end of the year 2199. A later one is damage, not a date. */
export const atMicrosMax = Date.UTC(2200, 0, 1) * 1_000;

/**
 * Time lines that begin before 1980 count from their own start: no clock of a recorder stands there, but files without
 * a date begin at 0.
 */
export const unixTimesBeginAtMicros = Date.UTC(1980, 0, 1) * 1_000;
