import { regionFeatureNames, wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import { GraphExecutor } from "#inference/graph-executor.ts";
import type { ModelPackage } from "#model-package/model-package.ts";
import { decodeOnnx } from "#model-package/onnx/decode-onnx.ts";
import { modelFile } from "#model-package/package-files.ts";

/** What each member of a package's fused flaming head says by itself of a second: its largest probability of a region. */
export class MemberVotes {
  readonly names: readonly string[];
  readonly #executor: GraphExecutor;
  readonly #output: string;
  readonly #seesRegions: boolean;
  readonly #columns: number;

  constructor(read: ModelPackage) {
    const head = read.manifest.heads.find(({ name, modality }) => name === "flaming" && modality === "fused");
    this.names = head?.members.map(({ name }) => name) ?? [];
    this.#output = `${head?.output}_members`;
    this.#columns = read.manifest.featureSchema.features.length;
    this.#seesRegions = this.#columns > wholePictureFeatureNames.length;
    this.#executor = new GraphExecutor(decodeOnnx(read.files[modelFile]));
  }

  /** One number for each member, in the order of `names`; 0 where nothing is hot. */
  of(second: FeatureSecond): readonly number[] {
    const { vector } = second;
    const asked = this.#seesRegions ? second.regions : [null];
    if (vector === null || asked.length === 0 || this.names.length === 0) return this.names.map(() => 0);
    const rows = new Float32Array(asked.length * this.#columns).fill(Number.NaN);
    asked.forEach((region, row) => {
      rows.set(vector, row * this.#columns);
      if (region !== null)
        rows.set(
          region.features.subarray(0, regionFeatureNames.length),
          row * this.#columns + wholePictureFeatureNames.length,
        );
    });
    const votes = this.#executor.run(rows, [this.#output]).get(this.#output)!.data;
    return this.names.map((_, member) =>
      asked.reduce<number>(
        (most, _region, row) => Math.max(most, votes[row * this.names.length + member]!),
        0,
      ),
    );
  }
}
