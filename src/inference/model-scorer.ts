import type {
  ModelScores,
  RegionScore,
  ScoreThresholds,
  SecondScorer,
} from "#core/detection/second-scorer.ts";
import { badInput } from "#core/failure.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import type { Manifest } from "#model-package/manifest.ts";
import type { ModelPackage } from "#model-package/model-package.ts";
import { decodeOnnx } from "#model-package/onnx/decode-onnx.ts";
import { modelFile } from "#model-package/package-files.ts";
import { GraphExecutor } from "./graph-executor.ts";
import { type PreparedGraph, prepareGraph } from "./prepared-graph.ts";
import { SecondRows, sensorsOf } from "./second-rows.ts";

type ManifestHead = Manifest["heads"][number];
type Sensors = ModelScores["sensors"];

/** A package whose golden values agreed, as plain data that can be sent from the thread that checked it. */
export interface CheckedModel {
  readonly hash: string;
  readonly manifest: Pick<Manifest, "name" | "featureSchema" | "heads">;
  readonly graph: PreparedGraph;
}

/**
 * Checks that a package was made for the features of this software and gives its own golden values here. Throws
 * `badInput` with code `package-schema`, `onnx-unsupported` when its graph needs ONNX Runtime, or `package-golden` when
 * an output is off by more than 1e-6.
 */
export function checkModel({ hash, manifest, files }: ModelPackage): CheckedModel {
  const { name, featureSchema, heads } = manifest;
  // Refuses another schema before the graph is looked at.
  new SecondRows(manifest);
  const graph = prepareGraph(decodeOnnx(files[modelFile]));
  checkGolden(new GraphExecutor(graph), manifest);
  return { hash, manifest: { name, featureSchema, heads }, graph };
}

/**
 * A model package at work. It judges by the sensors that are there: with CO2 by the fused heads, without by the
 * thermal-only ones, without a picture by the air-only one, and says by which.
 */
export class ModelScorer implements SecondScorer {
  readonly packageHash: string;
  readonly #executor: GraphExecutor;
  readonly #heads: readonly ManifestHead[];
  readonly #rows: SecondRows;
  /** The outputs of the heads by which it judges with each set of sensors: the others need not be computed. */
  readonly #outputsFor: Readonly<Record<Sensors, readonly string[]>>;

  /** Throws as `checkModel` does for a package that was not checked before. */
  constructor(read: ModelPackage | CheckedModel) {
    const { manifest, graph } = "graph" in read ? read : checkModel(read);
    this.#rows = new SecondRows(manifest);
    this.packageHash = read.hash;
    this.#heads = manifest.heads;
    const outputsOf = (sensors: Sensors): readonly string[] =>
      manifest.heads.filter(({ modality }) => modality === sensors).map(({ output }) => output);
    this.#outputsFor = {
      fused: outputsOf("fused"),
      "thermal-only": outputsOf("thermal-only"),
      "air-only": outputsOf("air-only"),
    };
    this.#executor = new GraphExecutor(graph);
  }

  score(second: FeatureSecond): ModelScores {
    const sensors = sensorsOf(second);
    const asked = this.#rows.asked(second);
    if (asked.length === 0) return { sensors, regions: [], airBurning: Number.NaN };
    const wanted = this.#outputsFor[sensors];
    const outputs = this.#executor.run(this.#rows.of(second, asked), wanted);
    const probability = (name: ManifestHead["name"], row: number): number => {
      const head = this.#headFor(name, sensors);
      return head === undefined ? Number.NaN : outputs.get(head.output)!.data[row]!;
    };
    if (sensors === "air-only") return { sensors, regions: [], airBurning: probability("flaming", 0) };
    const regions: RegionScore[] = asked.map((region, row) => ({
      trackId: region?.trackId ?? null,
      flaming: probability("flaming", row),
      slowHeat: probability("slow-heat", row),
      location: region === null ? null : { x: region.peakX, y: region.peakY },
    }));
    return { sensors, regions, airBurning: Number.NaN };
  }

  thresholds(sensors: Sensors): ScoreThresholds {
    return {
      flaming: this.#headFor("flaming", sensors)?.threshold ?? Number.NaN,
      slowHeat: this.#headFor("slow-heat", sensors)?.threshold ?? Number.NaN,
      airBurning: this.#headFor("flaming", "air-only")?.threshold ?? Number.NaN,
    };
  }

  #headFor(name: ManifestHead["name"], sensors: Sensors): ManifestHead | undefined {
    return this.#heads.find((head) => head.name === name && head.modality === sensors);
  }
}

/** A package proves on the device that it says what it said where it was made. */
function checkGolden(executor: GraphExecutor, { golden, name }: Manifest): void {
  const columns = golden.rows[0]!.length;
  const rows = Float32Array.from(golden.rows.flat(), (value) => value ?? Number.NaN);
  if (columns !== executor.columns || rows.length !== columns * golden.rows.length)
    throw badInput("package-golden", `The golden rows of model ${name} have another width than its graph.`);
  const outputs = executor.run(rows);
  for (const [output, expected] of Object.entries(golden.outputs)) {
    const found = outputs.get(output)?.data;
    const agrees =
      found?.length === expected.length && expected.every((value, k) => Math.abs(value - found[k]!) <= 1e-6);
    if (!agrees)
      throw badInput(
        "package-golden",
        `Model ${name} does not give its own golden values of ${output} here.`,
      );
  }
}
