import type { Manifest } from "./manifest.ts";
import type { PackageFiles } from "./package-files.ts";

/** A model package as it was read: its files, what is said about it, its address, and its signature. */
export interface ModelPackage {
  readonly hash: string;
  readonly manifest: Manifest;
  /** The files as they were packed. */
  readonly files: PackageFiles;
  /** Ed25519 signature over `signedBytes`; null for a package that nobody has signed. */
  readonly signature: Uint8Array | null;
}
