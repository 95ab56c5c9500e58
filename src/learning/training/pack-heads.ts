import type { KeyObject } from "node:crypto";
import { regionSchemaId, wholePictureSchemaId } from "#core/features/feature-schema.ts";
import { GraphExecutor } from "#inference/graph-executor.ts";
import type { Head } from "#model-package/head.ts";
import type { Manifest } from "#model-package/manifest.ts";
import type { MemberModel } from "#model-package/member.ts";
import { buildModel, outputName } from "#model-package/onnx/build-graph.ts";
import { decodeOnnx } from "#model-package/onnx/decode-onnx.ts";
import { encodeOnnx } from "#model-package/onnx/encode-onnx.ts";
import { packageFiles, packModel } from "#model-package/pack-model.ts";
import { packageHash } from "#model-package/package-files.ts";
import { signPackage } from "#model-package/package-signature.ts";
import { featureLayouts, schemaHash } from "#model-package/schema-hash.ts";
import { thresholdLimits } from "../ensemble/choose-threshold.ts";
import type { Interval } from "../evaluation/episode-bootstrap.ts";
import type { GateReport } from "../honesty/honesty-gate.ts";
import { memberHyperparameters, risingNames } from "./member-recipes.ts";
import { falseEpisodesMax } from "./threshold-tracks.ts";
import { headText, type TrainedHead, type TrainingWish } from "./train-heads.ts";
import type { TrainingData } from "./training-data.ts";

/** A package's bytes and address. */
export interface PackedHeads {
  readonly bytes: Buffer;
  readonly hash: string;
}

/** Rows of the data that go into the golden vectors, beside one of absent values and two of extremes. */
const goldenRows = 16;

/**
 * Packs the heads that the gate has passed as one graph with its manifest. The same heads, data and version give the
 * same bytes.
 */
export async function packHeads(
  trained: readonly TrainedHead[],
  about: {
    readonly name: string;
    readonly data: TrainingData;
    readonly gate: GateReport;
    readonly wish: Pick<TrainingWish, "seed" | "sceneLevels" | "engine">;
    readonly softwareVersion: string;
    /** Signs the package; null leaves it unsigned. */
    readonly signingKey: KeyObject | null;
  },
): Promise<PackedHeads> {
  const { data, gate, wish } = about;
  const heads = trained.map(({ head }) => head);
  const id = data.schema === "region" ? regionSchemaId : wholePictureSchemaId;
  const layout = featureLayouts.find((one) => one.id === id)!;
  const model = encodeOnnx(buildModel(heads, { featureNames: layout.features, metadata: { schema: id } }));
  const manifest: Omit<Manifest, "modelHash"> = {
    format: "emberwatch-model/1",
    name: about.name,
    featureSchema: { id, hash: schemaHash(layout), features: [...layout.features] },
    heads: heads.map(manifestHead),
    data: {
      hash: data.sha256,
      rows: data.table.rows,
      episodes: new Set(data.table.groups).size,
      lineage: data.lineage,
    },
    code: { version: about.softwareVersion, commit: null },
    seed: wish.seed,
    hyperparameters: hyperparametersOf(wish),
    metrics: metricsOf(gate, heads),
    golden: goldenOf(model, { trained, features: layout.features, heads }),
  };
  const files = packageFiles(model, manifest);
  const signature = about.signingKey === null ? null : signPackage(files, about.signingKey);
  return { bytes: await packModel(files, signature), hash: packageHash(files) };
}

function hyperparametersOf(wish: Pick<TrainingWish, "sceneLevels" | "engine">): Manifest["hyperparameters"] {
  const { baseline, network } = memberHyperparameters;
  return {
    ...memberHyperparameters,
    baseline: { ...baseline },
    network: { ...network, hiddenUnits: [...network.hiddenUnits] },
    rising: [...risingNames],
    sceneLevels: wish.sceneLevels,
    ...(wish.engine.name === "native" ? {} : { engine: wish.engine.name }),
    threshold: {
      ...thresholdLimits,
      falseEpisodesMax: falseEpisodesMax({ name: "flaming", modality: "fused" }),
      falsePrealarmEpisodesMax: falseEpisodesMax({ name: "slow-heat", modality: "fused" }),
    },
  };
}

const kinds = { trees: "trees", network: "network", linear: "linear" } as const;

function featuresOf(model: MemberModel): string[] {
  return [...(model.kind === "trees" ? model.featureNames : model.preparation.featureNames)];
}

function manifestHead(head: Head): Manifest["heads"][number] {
  const { calibration } = head;
  return {
    name: head.name,
    modality: head.modality,
    output: outputName(head),
    members: head.members.map(({ name, model }, k) => ({
      name,
      kind: kinds[model.kind],
      weight: head.weights[k]!,
      features: featuresOf(model),
    })),
    calibration:
      calibration.kind === "platt"
        ? calibration
        : { kind: "piecewise", knots: calibration.knots.map((knot) => ({ ...knot })) },
    prior: head.prior,
    threshold: head.threshold,
  };
}

function metricsOf(gate: GateReport, heads: readonly Head[]): Manifest["metrics"] {
  const known = ({ value, low, high }: Interval) => {
    const orNull = (one: number) => (Number.isFinite(one) ? one : null);
    return { value: orNull(value), low: orNull(low), high: orNull(high) };
  };
  return Object.fromEntries(
    heads.flatMap((head) => {
      const judged = gate.heads.find((one) => one.head === headText(head));
      if (judged === undefined) return [];
      const { rocAuc, averagePrecision, logLoss, brier } = judged.holdout;
      const figures = {
        rocAuc: known(rocAuc),
        averagePrecision: known(averagePrecision),
        logLoss: known(logLoss),
        brier: known(brier),
      };
      return [[outputName(head), figures]];
    }),
  );
}

function goldenOf(
  model: Uint8Array,
  of: {
    readonly trained: readonly TrainedHead[];
    readonly features: readonly string[];
    readonly heads: readonly Head[];
  },
): Manifest["golden"] {
  const { features } = of;
  // The first head sees the most features; what it does not see is absent in golden rows.
  const { table } = of.trained[0]!.validation;
  const columns = features.map((name) => table.columns[table.featureNames.indexOf(name)]);
  const step = Math.max(1, Math.floor(table.rows / goldenRows));
  const rows = Array.from({ length: Math.min(goldenRows, table.rows) }, (_, k) =>
    columns.map((column) => column?.[k * step] ?? Number.NaN),
  );
  for (const extreme of [Number.NaN, -1e6, 1e6]) rows.push(features.map(() => extreme));
  const outputs = new GraphExecutor(decodeOnnx(model)).run(Float32Array.from(rows.flat()));
  return {
    rows: rows.map((row) => row.map((value) => (Number.isNaN(value) ? null : value))),
    outputs: Object.fromEntries(
      of.heads.map((head) => [outputName(head), [...outputs.get(outputName(head))!.data]]),
    ),
  };
}
