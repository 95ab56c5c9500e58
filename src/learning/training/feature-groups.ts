import { regionFeatureNames, wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import type { Modality } from "#model-package/head.ts";

/**
 * Features that say how warm and uneven a whole scene is, and how stuffy: they tell rooms apart, not fires from
 * nuisances, and tie a model to the rooms it has seen.
 */
export const sceneLevelNames: readonly string[] = [
  "t_mean",
  "t_std",
  "t_p95",
  "t_grad_mean",
  "t_grad_std",
  "gas_val",
];

/** Features of the air. */
export const airNames: readonly string[] = ["gas_val", "gas_delta", "gas_vel"];

/** Which of two schemas a model sees: numbers over the whole picture, or those and one hot region. */
export type SchemaChoice = "whole-picture" | "region";

/** Whether absolute scene levels are among the inputs. */
export type SceneLevels = "kept" | "left-out";

/** The features of a row for a schema and a set of sensors, in the schema's order. */
export function featureGroup(
  schema: SchemaChoice,
  options: { readonly modality: Modality; readonly sceneLevels: SceneLevels },
): readonly string[] {
  const whole = wholePictureFeatureNames.filter((name) => {
    if (options.sceneLevels === "left-out" && sceneLevelNames.includes(name)) return false;
    const isAir = airNames.includes(name);
    return options.modality === "fused" || isAir === (options.modality === "air-only");
  });
  if (schema === "whole-picture" || options.modality === "air-only") return whole;
  return [...whole, ...regionFeatureNames];
}
