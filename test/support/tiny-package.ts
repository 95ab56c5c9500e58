import {
  regionSchemaId,
  wholePictureFeatureNames,
  wholePictureSchemaId,
} from "#core/features/feature-schema.ts";
import { GraphExecutor } from "#inference/graph-executor.ts";
import type { Head } from "#model-package/head.ts";
import type { LinearModel } from "#model-package/linear-model.ts";
import { buildModel, outputName } from "#model-package/onnx/build-graph.ts";
import { encodeOnnx } from "#model-package/onnx/encode-onnx.ts";
import { packageFiles, packModel } from "#model-package/pack-model.ts";
import { featureLayouts, schemaHash } from "#model-package/schema-hash.ts";

/** A package that says yes of everything hotter than 60 °C: log-odds rise by one for each kelvin of one feature. */
export async function tinyPackage(feature: "r_peak" | "t_max"): Promise<Buffer> {
  const isWhole = (wholePictureFeatureNames as readonly string[]).includes(feature);
  const id = isWhole ? wholePictureSchemaId : regionSchemaId;
  const layout = featureLayouts.find((one) => one.id === id)!;
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
  const built = buildModel(heads, { featureNames: layout.features, metadata: {} });
  const golden = layout.features.map((name) => (name === feature ? 61 : 0));
  const outputs = new GraphExecutor(built).run(Float32Array.from(golden));
  const files = packageFiles(encodeOnnx(built), {
    format: "emberwatch-model/1",
    name: `tiny-${feature.replace("_", "-")}`,
    featureSchema: { id, hash: schemaHash(layout), features: [...layout.features] },
    heads: heads.map(({ name, modality, calibration, prior, threshold }) => ({
      name,
      modality,
      output: outputName({ name, modality }),
      members: [{ name: "baseline", kind: "linear", weight: 1, features: [feature] }],
      calibration: calibration as { kind: "platt"; slope: number; offset: number },
      prior,
      threshold,
    })),
    data: { hash: "0".repeat(64), rows: 1, episodes: 1, lineage: { fold: 0, seed: 1 } },
    code: { version: "0.0.0", commit: null },
    seed: 1,
    hyperparameters: {},
    metrics: {},
    golden: {
      rows: [golden],
      outputs: Object.fromEntries(
        heads.map((head) => [outputName(head), [...outputs.get(outputName(head))!.data]]),
      ),
    },
  });
  return packModel(files, null);
}
