import {
  regionFeatureNames,
  regionSchemaId,
  wholePictureFeatureNames,
  wholePictureSchemaId,
} from "#core/features/feature-schema.ts";
import { sha256Hex } from "./package-files.ts";

/** A feature schema that a model can be made for: its id and a row's columns in their order. */
export interface FeatureLayout {
  readonly id: string;
  readonly features: readonly string[];
}

/** Schemas that this software computes. A row of the region schema is the 18 features and then one region's. */
export const featureLayouts: readonly FeatureLayout[] = [
  { id: wholePictureSchemaId, features: wholePictureFeatureNames },
  { id: regionSchemaId, features: [...wholePictureFeatureNames, ...regionFeatureNames] },
];

/** A layout's hash: a package whose hash differs was made for other features. */
export function schemaHash(layout: FeatureLayout): string {
  return sha256Hex(new TextEncoder().encode([layout.id, ...layout.features].join("\n")));
}
