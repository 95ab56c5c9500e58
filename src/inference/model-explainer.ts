import { badInput } from "#core/failure.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import type { HeadName, Modality } from "#model-package/head.ts";
import type { Manifest } from "#model-package/manifest.ts";
import type { ModelPackage } from "#model-package/model-package.ts";
import { decodeOnnx } from "#model-package/onnx/decode-onnx.ts";
import { readMembers } from "#model-package/onnx/read-members.ts";
import { modelFile } from "#model-package/package-files.ts";
import { calibrate } from "./calibrate.ts";
import { type ExplainedMember, explainedMember } from "./explained-member.ts";
import type { Explanation, FeatureContribution } from "./explanation.ts";
import { SecondRows, sensorsOf } from "./second-rows.ts";

type ManifestHead = Manifest["heads"][number];

/** A member with a weight, and where its features stand in the package's rows. */
interface WeighedMember {
  readonly weight: number;
  readonly member: ExplainedMember;
  readonly columns: Int32Array;
}

interface ExplainedHead {
  readonly head: ManifestHead;
  readonly members: readonly WeighedMember[];
}

/** A package proves that its members, taken out of the graph, say what the graph said. */
const goldenErrorMax = 1e-6;

/**
 * Says why a model gave its probabilities: contributions of each feature, in log-odds before calibration, summed over
 * the members by their weights. It takes milliseconds, so it is for after the event and never on the path to an alarm.
 */
export class ModelExplainer {
  readonly #rows: SecondRows;
  readonly #features: readonly string[];
  readonly #heads: readonly ExplainedHead[];

  /**
   * Throws `badInput` with code `package-schema` for a package of other features, `package-graph` when its members
   * cannot be told apart, `package-covers` when its trees do not say how many training rows they saw, and
   * `package-golden` when the members do not give the package's golden outputs within 1e-6.
   */
  constructor(read: ModelPackage) {
    const { manifest } = read;
    this.#rows = new SecondRows(manifest);
    this.#features = manifest.featureSchema.features;
    const { graph } = decodeOnnx(read.files[modelFile]);
    this.#heads = manifest.heads.map((head) => {
      const kinds = head.members.map(({ kind }) => kind);
      const models = readMembers(graph, { output: head.output, kinds, featureNames: this.#features });
      const members = models.flatMap((model, k) => {
        const { weight } = head.members[k]!;
        // A member without weight has no say.
        return weight === 0 ? [] : [this.#weighed(explainedMember(model), weight)];
      });
      return { head, members };
    });
    this.#checkGolden(manifest);
  }

  /**
   * Why a head said what it did of a region in a second, or of the second as a whole (`trackId` null). Throws `badInput`
   * with code `explain-region` when the model was not asked about such a region, and `explain-head` when the package
   * has no such head for the sensors of that second.
   */
  explainSecond(
    second: FeatureSecond,
    of: { readonly head: HeadName; readonly trackId: number | null },
  ): Explanation {
    const region = this.#rows.asked(second).find((one) => (one?.trackId ?? null) === of.trackId);
    if (region === undefined)
      throw badInput(
        "explain-region",
        of.trackId === null
          ? "This model judges regions, not the picture as a whole: name a region of the second."
          : `The model was not asked about a region ${of.trackId} in this second: name one that was reported then.`,
      );
    const row = this.#rows.of(second, [region]);
    return this.explainRow(row, { head: of.head, modality: sensorsOf(second) });
  }

  /** Why a head says what it does of one row of the package's features. Throws `badInput` with code `explain-head`. */
  explainRow(row: Float32Array, of: { readonly head: HeadName; readonly modality: Modality }): Explanation {
    const found = this.#heads.find(({ head }) => head.name === of.head && head.modality === of.modality);
    if (found === undefined)
      throw badInput("explain-head", `The model has no head ${of.head} for ${of.modality} sensors.`);
    const { head, members } = found;
    const sums = new Map<number, number>();
    let usualLogOdds = 0;
    for (const { weight, member, columns } of members) {
      const { usual, byFeature } = member.contributions(pick(row, columns));
      usualLogOdds += weight * usual;
      columns.forEach((column, k) => {
        sums.set(column, (sums.get(column) ?? 0) + weight * byFeature[k]!);
      });
    }
    const contributions = [...sums].map(
      ([column, contribution]): FeatureContribution => ({
        feature: this.#features[column]!,
        value: row[column]!,
        contribution,
      }),
    );
    const logOdds = oddsOf(members, row);
    return {
      head: head.name,
      modality: head.modality,
      probability: calibrate(head.calibration, logOdds),
      threshold: head.threshold,
      logOdds,
      usualLogOdds,
      contributions: contributions.sort((one, other) => size(other) - size(one)),
    };
  }

  #weighed(member: ExplainedMember, weight: number): WeighedMember {
    const columns = Int32Array.from(member.featureNames, (name) => this.#features.indexOf(name));
    return { weight, member, columns };
  }

  #checkGolden({ name, golden }: Manifest): void {
    for (const { head, members } of this.#heads)
      golden.rows.forEach((cells, k) => {
        const row = Float32Array.from(cells, (value) => value ?? Number.NaN);
        const found = calibrate(head.calibration, oddsOf(members, row));
        const expected = golden.outputs[head.output]?.[k] ?? Number.NaN;
        if (!(Math.abs(found - expected) <= goldenErrorMax))
          throw badInput(
            "package-golden",
            `The members of model ${name}, taken one by one, do not give its golden values of ${head.output}.`,
          );
      });
  }
}

function oddsOf(members: readonly WeighedMember[], row: Float32Array): number {
  return members.reduce(
    (sum, { weight, member, columns }) => sum + weight * member.odds(pick(row, columns)),
    0,
  );
}

function pick(row: Float32Array, columns: Int32Array): Float32Array {
  return Float32Array.from(columns, (column) => row[column]!);
}

function size({ contribution }: FeatureContribution): number {
  return Math.abs(contribution);
}
