import assert from "node:assert/strict";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { Failure } from "#core/failure.ts";
import type { Manifest } from "./manifest.ts";
import { packageFiles, packModel } from "./pack-model.ts";
import { packageHash } from "./package-files.ts";
import { readSigner, signPackage, verifyPackage } from "./package-signature.ts";
import { featureLayouts, schemaHash } from "./schema-hash.ts";
import { unpackModel } from "./unpack-model.ts";

const layout = featureLayouts[1]!;
const model = new TextEncoder().encode("stands for a graph");

const manifest: Omit<Manifest, "modelHash"> = {
  format: "emberwatch-model/1",
  name: "test",
  featureSchema: { id: layout.id, hash: schemaHash(layout), features: [...layout.features] },
  heads: [
    {
      name: "flaming",
      modality: "fused",
      output: "flaming_fused",
      members: [{ name: "forest", kind: "trees", weight: 1, features: ["t_max"] }],
      calibration: { kind: "platt", slope: 1, offset: 0 },
      prior: 0.5,
      threshold: 0.5,
    },
  ],
  data: { hash: "0".repeat(64), rows: 10, episodes: 2, lineage: { seed: 1 } },
  code: { version: "0.1.0", commit: null },
  seed: 1,
  hyperparameters: {},
  metrics: { flaming_fused: { rocAuc: { value: 0.9, low: 0.8, high: 0.95 } } },
  golden: { rows: [[1, null]], outputs: { flaming_fused: [0.5] } },
};

function keys(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  return generateKeyPairSync("ed25519");
}

async function packed(signature: Uint8Array | null): Promise<Buffer> {
  return packModel(packageFiles(model, manifest), signature);
}

test("a package packed twice is the same, and reads back as what it was", async () => {
  const bytes = await packed(null);
  assert.deepEqual(await packed(null), bytes);
  const read = await unpackModel(bytes, "m.tar.gz");
  for (const [name, content] of Object.entries(packageFiles(model, manifest)))
    assert.ok(Buffer.from(content).equals(read.files[name as keyof typeof read.files]), name);
  assert.equal(read.manifest.featureSchema.id, layout.id);
  assert.equal(read.hash, packageHash(read.files));
});

test("the order of the manifest's keys changes nothing", () => {
  const turned = Object.fromEntries(Object.entries(manifest).reverse()) as typeof manifest;
  assert.deepEqual(packageFiles(model, turned), packageFiles(model, manifest));
});

test("a package is trusted when a known key signed it, or when its hash is pinned, and never else", async () => {
  const { privateKey, publicKey } = keys();
  const signer = readSigner(publicKey.export({ type: "spki", format: "pem" }).toString(), "key.pem");
  const signature = signPackage(packageFiles(model, manifest), privateKey);
  const signed = await unpackModel(await packed(signature), "m.tar.gz");
  verifyPackage(signed, { signers: [signer], pinnedHashes: [] });
  const untrusted = { code: "package-untrusted" };
  assert.throws(() => verifyPackage(signed, { signers: [keys().publicKey], pinnedHashes: [] }), untrusted);
  const unsigned = await unpackModel(await packed(null), "m.tar.gz");
  assert.throws(() => verifyPackage(unsigned, { signers: [signer], pinnedHashes: [] }), untrusted);
  verifyPackage(unsigned, { signers: [], pinnedHashes: [unsigned.hash] });
  const other = await unpackModel(
    await packModel(packageFiles(model, { ...manifest, seed: 2 }), signature),
    "m.tar.gz",
  );
  assert.throws(() => verifyPackage(other, { signers: [signer], pinnedHashes: [unsigned.hash] }), untrusted);
});

test("packing again at another compression changes neither address nor signature", async () => {
  const { privateKey, publicKey } = keys();
  const bytes = await packed(signPackage(packageFiles(model, manifest), privateKey));
  const read = await unpackModel(gzipSync(gunzipSync(bytes), { level: 1 }), "m.tar.gz");
  verifyPackage(read, { signers: [publicKey], pinnedHashes: [] });
});

test("a graph or manifest that was changed is refused", async () => {
  const files = packageFiles(model, manifest);
  const otherModel = { ...files, "model.onnx": new TextEncoder().encode("another graph") };
  await assert.rejects(async () => unpackModel(await packModel(otherModel, null), "m"), {
    code: "package-hash",
  });
  const noManifest = { ...files, "manifest.json": new TextEncoder().encode("{}") };
  await assert.rejects(async () => unpackModel(await packModel(noManifest, null), "m"), {
    code: "package-manifest",
  });
});

test("bytes that are no package are refused with one sentence, whatever they are", async () => {
  const bytes = await packed(null);
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const damaged = Buffer.from(bytes);
      damaged[at] = damaged[at]! ^ change;
      try {
        // Bits of the gzip header that mean nothing may change; then it is the same package.
        assert.equal((await unpackModel(damaged, "m")).hash, packageHash(packageFiles(model, manifest)));
      } catch (error) {
        assert.ok(error instanceof Failure && error.message.endsWith("."), String(error));
      }
    }),
    { numRuns: 200 },
  );
  await assert.rejects(unpackModel(new Uint8Array(), "m"), Failure);
  await assert.rejects(unpackModel(gzipSync("no tar"), "m"), Failure);
});

test("a key that is no Ed25519 key is refused by its file's name", () => {
  assert.throws(() => readSigner("nonsense", "key.pem"), { code: "signer-key", message: /key\.pem/ });
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey;
  assert.throws(() => readSigner(rsa.export({ type: "spki", format: "pem" }).toString(), "key.pem"), {
    code: "signer-key",
  });
});
