import type { regionSchemaId, wholePictureSchemaId } from "#core/features/feature-schema.ts";
import { GraphExecutor } from "#inference/graph-executor.ts";
import type { Head } from "#model-package/head.ts";
import type { Manifest } from "#model-package/manifest.ts";
import type { MemberModel } from "#model-package/member.ts";
import { buildModel, outputName } from "#model-package/onnx/build-graph.ts";
import { encodeOnnx } from "#model-package/onnx/encode-onnx.ts";
import { packageFiles, packModel } from "#model-package/pack-model.ts";
import { featureLayouts, schemaHash } from "#model-package/schema-hash.ts";

/** What a package of made heads is made of. */
export interface PackageParts {
  readonly name: string;
  readonly schema: typeof regionSchemaId | typeof wholePictureSchemaId;
  readonly heads: readonly Head[];
  /** Rows of the schema's features; absent values null. */
  readonly goldenRows: readonly (readonly (number | null)[])[];
}

/** The bytes of a package, with golden values as its own graph gives them. */
export function packageOf({ name, schema, heads, goldenRows }: PackageParts): Promise<Buffer> {
  const layout = featureLayouts.find(({ id }) => id === schema)!;
  const built = buildModel(heads, { featureNames: layout.features, metadata: {} });
  const rows = Float32Array.from(goldenRows.flat(), (value) => value ?? Number.NaN);
  const outputs = new GraphExecutor(built).run(rows);
  const files = packageFiles(encodeOnnx(built), {
    format: "emberwatch-model/1",
    name,
    featureSchema: { id: schema, hash: schemaHash(layout), features: [...layout.features] },
    heads: heads.map(manifestHead),
    data: { hash: "0".repeat(64), rows: 1, episodes: 1, lineage: { fold: 0, seed: 1 } },
    code: { version: "0.0.0", commit: null },
    seed: 1,
    hyperparameters: {},
    metrics: {},
    golden: {
      rows: goldenRows.map((row) => [...row]),
      outputs: Object.fromEntries(
        heads.map((head) => [outputName(head), [...outputs.get(outputName(head))!.data]]),
      ),
    },
  });
  return packModel(files, null);
}

function manifestHead(head: Head): Manifest["heads"][number] {
  const { name, modality, calibration, prior, threshold, weights } = head;
  return {
    name,
    modality,
    output: outputName(head),
    members: head.members.map((member, k) => ({
      name: member.name,
      kind: member.model.kind,
      weight: weights[k]!,
      features: [...namesOf(member.model)],
    })),
    calibration:
      calibration.kind === "platt"
        ? calibration
        : { kind: "piecewise", knots: calibration.knots.map((knot) => ({ ...knot })) },
    prior,
    threshold,
  };
}

function namesOf(model: MemberModel): readonly string[] {
  return model.kind === "trees" ? model.featureNames : model.preparation.featureNames;
}
