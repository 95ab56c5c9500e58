import type { ModelScores } from "#core/detection/second-scorer.ts";
import { assert, badInput } from "#core/failure.ts";
import { regionFeatureNames, wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import type { FeatureSecond, RegionObservation } from "#core/features/feature-second.ts";
import type { Manifest } from "#model-package/manifest.ts";
import { featureLayouts, schemaHash } from "#model-package/schema-hash.ts";

/** Where a column of a row comes from. */
type Source =
  | { readonly of: "picture"; readonly index: number }
  | { readonly of: "region"; readonly index: number };

/** Which sensors a second can be judged by. */
export function sensorsOf(second: FeatureSecond): ModelScores["sensors"] {
  if (second.vector === null) return "air-only";
  return Number.isNaN(second.air.co2SlopePpmPerSecond) ? "thermal-only" : "fused";
}

/** Turns seconds into rows of a package's features. */
export class SecondRows {
  readonly #sources: readonly Source[];
  readonly #seesRegions: boolean;

  /** Throws `badInput` with code `package-schema` when the package was made for features that this software does not compute. */
  constructor({ name, featureSchema }: Pick<Manifest, "name" | "featureSchema">) {
    const layout = featureLayouts.find(({ id }) => id === featureSchema.id);
    if (layout === undefined || schemaHash(layout) !== featureSchema.hash)
      throw badInput(
        "package-schema",
        `Model ${name} was made for the features ${featureSchema.id}, which this software does not compute so.`,
      );
    this.#sources = layout.features.map(sourceOf);
    this.#seesRegions = this.#sources.some(({ of }) => of === "region");
  }

  /** What a model is asked about in a second: each reported region, or the second as a whole (null). */
  asked(second: FeatureSecond): readonly (RegionObservation | null)[] {
    return sensorsOf(second) === "air-only" || !this.#seesRegions ? [null] : second.regions;
  }

  /** Rows of features, one behind the other; an absent value is NaN. */
  of(second: FeatureSecond, asked: readonly (RegionObservation | null)[]): Float32Array {
    const air = [second.air.co2Ppm, second.air.co2DeltaPpm, second.air.co2SlopePpmPerSecond];
    // Without a picture the vector is absent; the air is known all the same.
    const picture =
      second.vector ??
      wholePictureFeatureNames.map(
        (name) => air[["gas_val", "gas_delta", "gas_vel"].indexOf(name)] ?? Number.NaN,
      );
    const rows = new Float32Array(asked.length * this.#sources.length);
    asked.forEach((region, row) => {
      this.#sources.forEach((source, column) => {
        const value = source.of === "picture" ? picture[source.index] : region?.features[source.index];
        rows[row * this.#sources.length + column] = value ?? Number.NaN;
      });
    });
    return rows;
  }
}

function sourceOf(name: string): Source {
  const inPicture = (wholePictureFeatureNames as readonly string[]).indexOf(name);
  if (inPicture >= 0) return { of: "picture", index: inPicture };
  const inRegion = (regionFeatureNames as readonly string[]).indexOf(name);
  assert(inRegion >= 0, `${name} is a feature of the picture or of a region`);
  return { of: "region", index: inRegion };
}
