import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import zlib, { gzipSync } from "node:zlib";
import { badInput } from "#core/failure.ts";
import { modelCheckSecondsMax, openModelApart, workerCheck } from "#edge/commands/check-model-apart.ts";
import type { PackageFile } from "#edge/commands/model-check-messages.ts";
import { incomingModelPath, ModelInbox } from "#edge/commands/model-inbox.ts";
import { ModelStore } from "#edge/commands/model-store.ts";
import {
  type InstalledModel,
  installedModel,
  modelMissing,
  modelNow,
  scorerOf,
} from "#edge/installed-model.ts";
import { checkModelPackage, openModelPackage } from "#edge/open-model-package.ts";
import { packModel } from "#model-package/pack-model.ts";
import { signPackage } from "#model-package/package-signature.ts";
import { packageBytesMax, unpackModel } from "#model-package/unpack-model.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { tinyPackage } from "#support/tiny-package.ts";
import { modelPartBytesMax } from "#wire/command-messages.ts";

const ours = generateKeyPairSync("ed25519");
const theirs = generateKeyPairSync("ed25519");
const signer = { pem: ours.publicKey.export({ type: "spki", format: "pem" }).toString(), name: "ours.pem" };
const trust = { signer, shippedHash: null };
const open = (file: PackageFile): Promise<InstalledModel> =>
  openModelApart({ file, trust }, workerCheck(new ManualClock()));

async function signed(feature: "r_peak" | "t_max", key: KeyObject = ours.privateKey): Promise<Buffer> {
  const { files } = await unpackModel(await tinyPackage(feature), feature);
  return packModel(files, signPackage(files, key));
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

const configured = await openModelPackage(await tinyPackage("r_peak"), "mine", {
  signer: null,
  shippedHash: null,
});
const other = await signed("t_max");

class Bench {
  readonly folder: string;
  readonly told: string[] = [];
  constructor(folder: string) {
    this.folder = folder;
  }

  static async make(context: TestContext): Promise<Bench> {
    const folder = join(await temporaryFolder(context), "models");
    await mkdir(folder);
    return new Bench(folder);
  }

  /** A store whose first model is there, or missing. */
  async store(first: () => Promise<InstalledModel> = async () => configured): Promise<ModelStore> {
    const { folder, told } = this;
    const store = new ModelStore({ folder, configured: first, open, log: (line) => told.push(line) });
    assert.equal(modelNow(store.model), "loading");
    await new Promise((resolve) => {
      store.start({ onChange: resolve, onRolledBack: (text) => told.push(text) });
    });
    return store;
  }

  async deliver(bytes: Uint8Array): Promise<string> {
    await writeFile(incomingModelPath(this.folder, hashOf(bytes)), bytes);
    return hashOf(bytes);
  }
}

function nameOf(store: ModelStore): string {
  return installedModel(store.model)?.identity.name ?? "none";
}

test("a signed model is used from the next second on, kept over a restart, and the one before comes back when asked for", async (context) => {
  const bench = await Bench.make(context);
  const store = await bench.store();
  const scorer = scorerOf(store.model);
  assert.ok(scorer !== null);
  const before = scorer.packageHash;
  assert.match((await store.install(await bench.deliver(other))).text, /Model tiny-t-max .* is at work/);
  // The detector holds the scorer that it was given.
  assert.notEqual(scorer.packageHash, before);
  assert.equal(nameOf(await bench.store()), "tiny-t-max");
  assert.ok((await store.rollBack()).ok);
  assert.equal(scorer.packageHash, before);
  assert.equal(nameOf(await bench.store()), "tiny-r-peak");
  assert.ok((await store.rollBack()).ok);
  assert.equal(nameOf(store), "tiny-t-max");
  assert.deepEqual(await store.install(hashOf(other)), { ok: true, text: "This model is at work already." });
});

test("what is not sent whole, not signed by ours or for other features changes nothing", async (context) => {
  const bench = await Bench.make(context);
  const store = await bench.store();
  const unsigned = await tinyPackage("t_max");
  for (const [bytes, complaint] of [
    [unsigned, /is not signed/],
    [await signed("t_max", theirs.privateKey), /signed by nobody/],
    [other.subarray(0, 500), /no gzipped tar/],
  ] as const)
    await assert.rejects(store.install(await bench.deliver(bytes)), complaint);
  await assert.rejects(store.install("0".repeat(64)), /0000\.tar\.gz/);
  await writeFile(incomingModelPath(bench.folder, hashOf(other)), unsigned);
  await assert.rejects(store.install(hashOf(other)), /not the model that was sent/);
  assert.equal(nameOf(store), "tiny-r-peak");
  assert.equal((await store.rollBack()).ok, false);
  assert.deepEqual(await readdir(bench.folder), [], "what was refused takes no room");
});

test("the process that decides unpacks no package: a bomb, a forged and a good one are unpacked elsewhere", async (context) => {
  const bench = await Bench.make(context);
  const store = await bench.store();
  const bomb = gzipSync(Buffer.alloc(2 * packageBytesMax));
  const forged = await signed("t_max", theirs.privateKey);
  const unpacked = context.mock.method(zlib, "gunzipSync");
  syncBuiltinESMExports();
  try {
    await assert.rejects(store.install(await bench.deliver(bomb)), /no gzipped tar/);
    await assert.rejects(store.install(await bench.deliver(forged)), /signed by nobody/);
    assert.ok((await store.install(await bench.deliver(other))).ok);
    assert.equal(unpacked.mock.callCount(), 0);
    await unpackModel(other, "here");
    assert.equal(unpacked.mock.callCount(), 1, "the count sees this thread");
  } finally {
    unpacked.mock.restore();
    syncBuiltinESMExports();
  }
});

test("a package whose check does not end in time is given up", async (context) => {
  const bench = await Bench.make(context);
  const hash = await bench.deliver(other);
  const clock = new ManualClock();
  const file = { path: incomingModelPath(bench.folder, hash), hash };
  const check = workerCheck(clock)({ file, trust });
  clock.advanceMs(1_000 * modelCheckSecondsMax);
  await assert.rejects(check, { code: "package-unusable" });
});

test("a model that was checked elsewhere scores as one that was opened here", async (context) => {
  const bench = await Bench.make(context);
  const hash = await bench.deliver(other);
  const file = { path: incomingModelPath(bench.folder, hash), hash };
  const checked = await workerCheck(new ManualClock())({ file, trust });
  assert.deepEqual(checked, await checkModelPackage(other, file.path, trust));
});

test("from afar only the shipped model is taken where no key is named", async (context) => {
  const bench = await Bench.make(context);
  const hash = await bench.deliver(other);
  const file = { path: incomingModelPath(bench.folder, hash), hash };
  const check = workerCheck(new ManualClock());
  const { hash: shippedHash } = await unpackModel(other, "other");
  await assert.rejects(check({ file, trust: { signer: "none", shippedHash: null } }), {
    code: "package-untrusted",
    message: /model\.publicKeyFile/,
  });
  const { identity } = await openModelApart({ file, trust: { signer: "none", shippedHash } }, check);
  assert.equal(identity.trust, "shipped");
});

test("a model that fails is taken back by itself, once, and says so", async (context) => {
  const bench = await Bench.make(context);
  const store = await bench.store();
  store.failed("The configured one failed.");
  await store.install(await bench.deliver(other));
  store.failed("It answers nonsense.");
  await store.rollBack();
  assert.equal(nameOf(store), "tiny-r-peak");
  assert.equal(bench.told.length, 1);
  assert.match(bench.told[0]!, /tiny-t-max has failed and was taken back: tiny-r-peak is at work again/);
  assert.equal(nameOf(await bench.store()), "tiny-r-peak");
});

test("a model that the disk has lost is told, and the configured one decides", async (context) => {
  const bench = await Bench.make(context);
  await (await bench.store()).install(await bench.deliver(other));
  await rm(join(bench.folder, `${hashOf(other)}.tar.gz`));
  assert.equal(nameOf(await bench.store()), "tiny-r-peak");
  assert.match(bench.told.join(), /the configured one is back/);
});

test("a configured model that is of no use is missing, with its reason, until another has come", async (context) => {
  const bench = await Bench.make(context);
  const store = await bench.store(async () => {
    throw badInput("package-unusable", "mine.tar.gz cannot be run: train it again.");
  });
  assert.match(modelMissing(store.model)?.text ?? "", /rules decide alone\. mine\.tar\.gz cannot be run/);
  assert.match((await store.install(await bench.deliver(other))).text, /tiny-t-max .* is at work/);
  assert.equal(nameOf(store), "tiny-t-max");
  await assert.rejects(store.rollBack(), { code: "package-unusable" });
  assert.equal(nameOf(store), "tiny-t-max");
});

test("who stops while a model is checked waits for no thread, and is told nothing", async (context) => {
  const bench = await Bench.make(context);
  const path = incomingModelPath(bench.folder, await bench.deliver(other));
  const check = { file: { path, hash: null }, trust };
  const givenUp = new AbortController();
  const checked = workerCheck(new ManualClock())(check, givenUp.signal);
  givenUp.abort();
  await assert.rejects(checked, { code: "model-check-failed" });
  await assert.rejects(workerCheck(new ManualClock())(check, givenUp.signal), { code: "model-check-failed" });
});

test("a model that comes in parts is put together, a part that comes twice is taken once", async (context) => {
  const bench = await Bench.make(context);
  const inbox = new ModelInbox(bench.folder);
  const bytes = Buffer.alloc(2 * modelPartBytesMax + 100, "model");
  const sha256 = hashOf(bytes);
  const part = (index: number, changes = {}) =>
    inbox.take({
      v: 1,
      id: "command-1",
      issuedAtMicros: 0,
      ttlSeconds: 30,
      command: "model-part",
      sha256,
      index,
      count: 3,
      base64: bytes.subarray(index * modelPartBytesMax, (index + 1) * modelPartBytesMax).toString("base64"),
      ...changes,
    });
  assert.ok((await part(0)).ok);
  assert.equal((await part(2)).ok, false);
  assert.ok((await part(0)).ok);
  assert.ok((await part(1)).ok);
  assert.ok((await part(1)).ok);
  assert.equal((await part(2, { base64: "" })).ok, false);
  assert.deepEqual(await part(2), { ok: true, text: "The model is there." });
  assert.deepEqual(await readdir(bench.folder), [`incoming-${sha256}.tar.gz`]);
  // Another one takes its place; one that is damaged on its way leaves nothing.
  const hash = "a".repeat(64);
  await part(0, { sha256: hash });
  await part(1, { sha256: hash });
  assert.match((await part(2, { sha256: hash })).text, /not the model that was sent/);
  assert.deepEqual(await readdir(bench.folder), []);
});
