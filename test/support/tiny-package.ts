import {
  regionSchemaId,
  wholePictureFeatureNames,
  wholePictureSchemaId,
} from "#core/features/feature-schema.ts";
import type { Head } from "#model-package/head.ts";
import type { LinearModel } from "#model-package/linear-model.ts";
import { featureLayouts } from "#model-package/schema-hash.ts";
import { packageOf } from "./package-of.ts";

/** A package that says yes of everything hotter than 60 °C: log-odds rise by one for each kelvin of one feature. */
export function tinyPackage(feature: "r_peak" | "t_max"): Promise<Buffer> {
  const isWhole = (wholePictureFeatureNames as readonly string[]).includes(feature);
  const schema = isWhole ? wholePictureSchemaId : regionSchemaId;
  const layout = featureLayouts.find(({ id }) => id === schema)!;
  const model: LinearModel = {
    kind: "linear",
    preparation: {
      featureNames: [feature],
      median: Float32Array.of(20),
      mean: Float32Array.of(60),
      deviation: Float32Array.of(1),
      clip: 10,
      indicatorColumns: Int32Array.of(),
    },
    weights: Float32Array.of(1),
    bias: 0,
  };
  const heads = (["fused", "thermal-only"] as const).map(
    (modality): Head => ({
      name: "flaming",
      modality,
      members: [{ name: "baseline", model }],
      weights: [1],
      calibration: { kind: "platt", slope: 1, offset: 0 },
      prior: 0.5,
      threshold: 0.5,
    }),
  );
  return packageOf({
    name: `tiny-${feature.replace("_", "-")}`,
    schema,
    heads,
    goldenRows: [layout.features.map((name) => (name === feature ? 61 : 0))],
  });
}
