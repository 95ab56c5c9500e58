import { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { extract } from "tar-stream";
import { badInput, Failure } from "#core/failure.ts";
import { manifestSchema } from "./manifest.ts";
import type { ModelPackage } from "./model-package.ts";
import { manifestFile, modelFile, packageHash, sha256Hex, signatureFile } from "./package-files.ts";

/** A package is at most this large unpacked, and so is each file in it: seven times what the shipped one has. */
export const packageBytesMax = 16 * 1024 * 1024;
const signatureBytes = 64;

/**
 * Reads model.tar.gz. Throws `badInput` with one sentence when it is no package: not a gzip of a tar, too large, a file
 * missing, doubled or unknown, a manifest that does not fit the schema, or a graph of another hash than it says. Who
 * signed it is not judged here: see `verifyPackage`.
 */
export async function unpackModel(bytes: Uint8Array, name: string): Promise<ModelPackage> {
  const files = await filesOf(bytes, name);
  const model = files.get(modelFile);
  const manifestBytes = files.get(manifestFile);
  const signature = files.get(signatureFile) ?? null;
  if (model === undefined || manifestBytes === undefined)
    throw badInput(
      "package-incomplete",
      `${name} holds no ${modelFile} or no ${manifestFile}: it is no model package.`,
    );
  if (signature !== null && signature.length !== signatureBytes)
    throw badInput(
      "package-signature",
      `The signature in ${name} has ${signature.length} bytes, not ${signatureBytes}.`,
    );
  const manifest = readManifest(manifestBytes, name);
  if (sha256Hex(model) !== manifest.modelHash)
    throw badInput("package-hash", `${modelFile} in ${name} is not the one that its manifest describes.`);
  const packed = { [modelFile]: model, [manifestFile]: manifestBytes };
  return { hash: packageHash(packed), manifest, files: packed, signature };
}

function readManifest(bytes: Uint8Array, name: string): ModelPackage["manifest"] {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw badInput("package-manifest", `${manifestFile} in ${name} is no JSON.`, { cause });
  }
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") ?? "";
  throw badInput(
    "package-manifest",
    `${manifestFile} in ${name}: ${field}: ${issue?.message ?? "does not fit"}.`,
  );
}

async function filesOf(bytes: Uint8Array, name: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  try {
    const tar = gunzipSync(bytes, { maxOutputLength: packageBytesMax });
    const reader = Readable.from([tar]).pipe(extract());
    for await (const entry of reader) {
      const { name: file, type } = entry.header;
      const isKnown = [modelFile, manifestFile, signatureFile].includes(file);
      if (type !== "file" || !isKnown || files.has(file))
        throw badInput(
          "package-content",
          `${name} holds "${file}", which does not belong in a model package once.`,
        );
      const parts: Uint8Array[] = [];
      for await (const part of entry) parts.push(part as Uint8Array);
      files.set(file, Buffer.concat(parts));
    }
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw badInput(
      "package-unreadable",
      `${name} is no gzipped tar file of at most ${packageBytesMax} bytes.`,
      { cause },
    );
  }
  return files;
}
