import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { type Manifest, manifestSchema } from "./manifest.ts";
import { manifestFile, modelFile, type PackageFiles, sha256Hex, signatureFile } from "./package-files.ts";

/** The files of a package, from a graph and what is said about it. The manifest is written with sorted keys. */
export function packageFiles(model: Uint8Array, manifest: Omit<Manifest, "modelHash">): PackageFiles {
  const whole = manifestSchema.parse({ ...manifest, modelHash: sha256Hex(model) });
  const text = `${JSON.stringify(sorted(whole), null, 1)}\n`;
  return { [modelFile]: model, [manifestFile]: new TextEncoder().encode(text) };
}

/** Objects with their keys in order, so that one manifest is always the same text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** The bytes of model.tar.gz. Owner, time and mode of the files inside are fixed. */
export async function packModel(files: PackageFiles, signature: Uint8Array | null): Promise<Buffer> {
  const tar = pack();
  const header = { mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 };
  for (const name of [manifestFile, modelFile] as const)
    tar.entry({ ...header, name }, Buffer.from(files[name]));
  if (signature !== null) tar.entry({ ...header, name: signatureFile }, Buffer.from(signature));
  tar.finalize();
  const parts: Buffer[] = [];
  for await (const part of tar) parts.push(part as Buffer);
  return gzipSync(Buffer.concat(parts), { level: 9 });
}
