import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where the model that comes with this software lies, in the package's root folder. */
export const defaultModelFile = "models/default.tar.gz";

/**
 * Address of the model that comes with this version: it is trusted by it without a signature, and no other package is
 * taken from its place. Null while this version comes without one.
 */
export const shippedModelHash: string | null =
  "3510d05d8f2257478da4ed537018e9e223cf7da5ee7346fb36407d2f288ee49d";

/** The shipped model; null when it is not there. */
export function defaultModelPath(): string | null {
  // The bundle lies one folder below the package's root, this source two.
  const root = import.meta.url.endsWith(".ts") ? "../../" : "../";
  const path = fileURLToPath(new URL(`${root}${defaultModelFile}`, import.meta.url));
  return existsSync(path) ? path : null;
}
