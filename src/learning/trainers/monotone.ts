import { badInput } from "#core/failure.ts";

/** Features in which the output may only rise (1) or only fall (−1) while all others stay; those not named are free. */
export type Monotone = Readonly<Record<string, 1 | -1>>;

/** 1, −1 or 0 for each feature. Throws `badInput` when a feature is named that the table does not have. */
export function directionsOf(monotone: Monotone, featureNames: readonly string[]): Int8Array {
  const unknown = Object.keys(monotone).find((name) => !featureNames.includes(name));
  if (unknown !== undefined)
    throw badInput("hyperparameters", `Monotone names "${unknown}", which is no feature of the table.`);
  return Int8Array.from(featureNames, (name) => monotone[name] ?? 0);
}
