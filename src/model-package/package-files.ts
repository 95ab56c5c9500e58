import { createHash } from "node:crypto";

/** Name of the file in a model package that holds the graph. */
export const modelFile = "model.onnx";

/** Name of the file that says what the graph is. */
export const manifestFile = "manifest.json";

/** Name of the file with the Ed25519 signature, where there is one. */
export const signatureFile = "signature";

/** Files that a signature covers, by name. */
export type PackageFiles = Readonly<Record<typeof modelFile | typeof manifestFile, Uint8Array>>;

/** SHA-256 in hexadecimal. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * The bytes that are hashed and signed: each file's name and length, then its content, in a fixed order. They do not
 * depend on how a package is packed or compressed.
 */
export function signedBytes(files: PackageFiles): Uint8Array {
  const parts: Uint8Array[] = [new TextEncoder().encode("emberwatch-model/1\n")];
  for (const name of [manifestFile, modelFile] as const) {
    const content = files[name];
    parts.push(new TextEncoder().encode(`${name} ${content.length}\n`), content);
  }
  return Buffer.concat(parts);
}

/** The address of a package: SHA-256 over its files' names and contents, without the signature. */
export function packageHash(files: PackageFiles): string {
  return sha256Hex(signedBytes(files));
}
