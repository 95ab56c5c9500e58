import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { unpackModel } from "#model-package/unpack-model.ts";
import { physicsVersion } from "#simulation/physics-version.ts";
import { sweepPackage } from "#support/promised-rises.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import {
  type DefaultModelManifest,
  defaultModelFaults,
  manifestName,
  modelName,
  otherDataText,
  sha256Of,
} from "../scripts/default-model.ts";

const delivered = join(import.meta.dirname, "../models");
test("the delivered model is the file that its manifest names, and small enough to send", async () => {
  assert.deepEqual(await defaultModelFaults(delivered), []);
});

test("no head of the delivered model says less when it gets hotter, heats faster or CO2 rises faster", async () => {
  const read = await unpackModel(await readFile(join(delivered, modelName)), modelName);
  const { falls, risenMost } = sweepPackage(read, { rows: 60, random: new Random(4) });
  assert.deepEqual(falls.slice(0, 5), []);
  // The sweeps reach where the answer changes.
  assert.ok(
    Object.values(risenMost).some((rise) => rise > 0.05),
    JSON.stringify(risenMost),
  );
});

test("a model that was changed, or stands without its manifest, is told of", async (context) => {
  const folder = await temporaryFolder(context);
  assert.equal(await defaultModelFaults(folder), null);
  const bytes = Buffer.from("a model");
  await writeFile(join(folder, modelName), bytes);
  assert.deepEqual(await defaultModelFaults(folder), [`${modelName} stands without ${manifestName}.`]);
  const manifest: DefaultModelManifest = {
    format: "emberwatch-default-model/1",
    sha256: sha256Of(bytes),
    bytes: bytes.length,
    packageHash: "0",
    seed: 1,
    samples: 50_000,
    dataSha256: sha256Of(Buffer.from("data")),
    physicsVersion: "4",
    softwareVersion: "0.1.0",
    isSigned: false,
    command: "npm run model:default",
  };
  await writeFile(join(folder, manifestName), JSON.stringify(manifest));
  assert.deepEqual(await defaultModelFaults(folder), []);
  await writeFile(join(folder, modelName), "another model");
  assert.match((await defaultModelFaults(folder))!.join(), /is not the file/);
  await writeFile(join(folder, manifestName), JSON.stringify({ ...manifest, sha256: "short" }));
  await assert.rejects(defaultModelFaults(folder));
});

test("a data set of another size, seed or version of the physics is not taken for the one that is asked for", () => {
  const wish = { seed: 1, samples: 50_000 };
  const card = { origin: "simulation", seed: 1, physicsVersion, rows: 50_090 } as const;
  assert.equal(otherDataText(card, wish), null);
  for (const other of [
    { rows: 20_000 },
    { rows: 49_999 },
    { rows: 60_000 },
    { seed: 2 },
    { physicsVersion: "1" },
  ])
    assert.match(otherDataText({ ...card, ...other }, wish) ?? "", /rows, seed/);
});
