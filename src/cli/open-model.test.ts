import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { installedModel, modelMissing } from "#edge/installed-model.ts";
import { packageFiles, packModel } from "#model-package/pack-model.ts";
import { signPackage } from "#model-package/package-signature.ts";
import { unpackModel } from "#model-package/unpack-model.ts";
import { runCommand } from "#support/command-run.ts";
import { readRepositoryFile } from "#support/repository-files.ts";
import { tinyPackage } from "#support/tiny-package.ts";
import { modelIdentitySchema } from "#wire/model-messages.ts";
import { defaultModelFile, defaultModelPath, shippedModelHash } from "./default-model.ts";
import { modelNote, openModel, type ShippedModel } from "./open-model.ts";

const folder = await mkdtemp(join(tmpdir(), "emberwatch-model-"));
const bytes = await tinyPackage("r_peak");
const nothingShipped = { path: null, hash: null };
after(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

function asked(values: Readonly<Record<string, string>>, ...switches: readonly string[]) {
  return { values, switches: new Set(switches) };
}

async function identityOf(values: Readonly<Record<string, string>>, shipped: ShippedModel = nothingShipped) {
  const choice = installedModel(await openModel(asked(values), shipped));
  assert.ok(choice !== null);
  return modelIdentitySchema.parse(choice.identity);
}

test("a named package is opened, and says what it is", async () => {
  const identity = await identityOf({ model: await file("tiny.tar.gz", bytes) });
  assert.equal(identity.hash, (await unpackModel(bytes, "tiny")).hash);
  assert.equal(identity.name, "tiny-r-peak");
  assert.equal(identity.trust, "unsigned");
});

test("no model on request is no missing model", async () => {
  assert.equal(await openModel(asked({}, "no-model"), nothingShipped), "none");
  assert.equal(await openModel(asked({ model: "none" }), nothingShipped), "none");
  const missing = await openModel(asked({}), nothingShipped);
  assert.match(modelNote("none"), /as asked/);
  assert.equal(modelMissing(missing)?.active, true);
  assert.match(modelNote(missing), /The rules decide alone.*is not there: install the software again/);
});

test("the shipped model is known by its address, and no other is taken from its place", async () => {
  const path = await file("default.tar.gz", bytes);
  const { hash } = await unpackModel(bytes, "tiny");
  const shipped = { path, hash };
  assert.deepEqual((await identityOf({}, shipped)).trust, "shipped");
  const other = { path, hash: "0".repeat(64) };
  await assert.rejects(openModel(asked({}), other), { code: "package-untrusted", side: "input" });
});

test("the shipped model is the one that this version was made with", async (context) => {
  const path = defaultModelPath();
  if (path === null && shippedModelHash === null) return context.skip("this version comes without a model");
  const choice = installedModel(await openModel(asked({})));
  assert.ok(choice !== null, "the shipped model is there");
  assert.equal(choice.identity.hash, shippedModelHash);
});

test("with a key only what it has signed is taken", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const pem = await file("signer.pem", publicKey.export({ type: "spki", format: "pem" }));
  const { files } = await unpackModel(bytes, "tiny");
  const signed = await file("signed.tar.gz", await packModel(files, signPackage(files, privateKey)));
  assert.equal((await identityOf({ model: signed, "model-key": pem })).trust, "signed");
  assert.equal((await identityOf({ model: signed })).trust, "unverified");
  const stranger = generateKeyPairSync("ed25519").privateKey;
  const forged = await file("forged.tar.gz", await packModel(files, signPackage(files, stranger)));
  for (const model of [forged, await file("unsigned.tar.gz", bytes)])
    await assert.rejects(openModel(asked({ model, "model-key": pem })), { code: "package-untrusted" });
});

test("a package that is not what it says is refused in one sentence", async () => {
  const { files, manifest } = await unpackModel(bytes, "tiny");
  const { modelHash: _, ...rest } = manifest;
  const repack = async (name: string, change: object, model: Uint8Array = files["model.onnx"]) =>
    file(name, await packModel(packageFiles(model, { ...rest, ...change }), null));
  const golden = { ...manifest.golden, outputs: { ...manifest.golden.outputs } };
  for (const name of Object.keys(golden.outputs)) golden.outputs[name] = [0.123];
  const schema = { ...manifest.featureSchema, hash: "1".repeat(64) };
  const wrong: readonly (readonly [path: string, what: RegExp])[] = [
    [join(folder, "nowhere.tar.gz"), /nowhere\.tar\.gz/],
    [await file("text.tar.gz", "no package"), /no gzipped tar/],
    [await repack("golden.tar.gz", { golden }), /golden values/],
    [await repack("schema.tar.gz", { featureSchema: schema }), /was made for the features/],
    [await repack("graph.tar.gz", {}, Uint8Array.of(1, 2, 3)), /graph\.tar\.gz|model\.onnx/],
  ];
  const clip = "recordings/workshop-fire.mcap";
  for (const [path, what] of wrong) {
    const run = await runCommand("replay", clip, "--model", path);
    assert.equal(run.exitCode, 2, `${path}: ${run.notes}`);
    assert.equal(run.results, "");
    assert.match(run.notes, what);
    assert.equal(run.notes.trimEnd().split("\n").length, 1, run.notes);
  }
});

test("options that contradict each other or would do nothing are refused", async () => {
  const path = await file("tiny.tar.gz", bytes);
  await assert.rejects(openModel(asked({ model: path }, "no-model")), { code: "usage" });
  await assert.rejects(openModel(asked({ "model-key": path }, "no-model")), { code: "usage" });
});

test("replay says which model decides, and its scores of every second when asked", async () => {
  const path = await file("tiny.tar.gz", bytes);
  const clip = "recordings/workshop-fire.mcap";
  const run = await runCommand("replay", clip, "--model", path, "--json", "--scores");
  assert.equal(run.exitCode, 0, run.notes);
  assert.match(run.notes, /Model tiny-r-peak \([0-9a-f]{12}\), unsigned, /);
  const lines = run.results
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const summary = lines.at(-1);
  assert.equal(modelIdentitySchema.parse(summary?.["model"]).name, "tiny-r-peak");
  assert.ok(Number(summary?.["maxProbability"]) > 0.99, "something was hotter than 60 °C");
  const scores = lines.filter(({ type }) => type === "scores");
  assert.ok(scores.length > 30, `${scores.length} seconds`);
  assert.ok(lines.some((line) => JSON.stringify(line).includes("model-flaming")));
  assert.equal((await runCommand("replay", clip, "--no-model", "--scores")).exitCode, 2);
});

test("the shipped model's folder is in the package that npm packs", () => {
  const { files } = JSON.parse(readRepositoryFile("package.json")) as { files: readonly string[] };
  assert.ok(files.includes(dirname(defaultModelFile)));
});
