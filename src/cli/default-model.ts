import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where the model that comes with this software lies, in the package's root folder. */
export const defaultModelFile = "models/default.tar.gz";

/**
 * Address of the model that comes with this version: it is trusted by it without a signature, and no other package is
 * taken from its place. Null while this version comes without one.
 */
export const shippedModelHash: string | null =
  "c25767c4a970f4a4143e9e7ff22990b54b70bc531cb14f8d391cadc164cb40df";

/** The shipped model; null when it is not there. */
export function defaultModelPath(): string | null {
  // The bundle lies one folder below the package's root, this source two.
  const root = import.meta.url.endsWith(".ts") ? "../../" : "../";
  const path = fileURLToPath(new URL(`${root}${defaultModelFile}`, import.meta.url));
  return existsSync(path) ? path : null;
}
