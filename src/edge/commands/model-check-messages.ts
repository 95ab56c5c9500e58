import type { CheckedPackage, PackageTrustSources } from "../open-model-package.ts";
import type { TravellingFailure } from "../travelling-failure.ts";

/** A package's file, and the hash that it was sent by: SHA-256 of the file; null for one that was not sent. */
export interface PackageFile {
  readonly path: string;
  readonly hash: string | null;
}

/** What a thread that checks a package is given. */
export interface ModelCheck {
  readonly file: PackageFile;
  readonly trust: PackageTrustSources;
}

/** What it answers, once. */
export type ModelCheckAnswer =
  | { readonly kind: "good"; readonly checked: CheckedPackage }
  | { readonly kind: "refused"; readonly failure: TravellingFailure };
