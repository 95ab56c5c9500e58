import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { randomForest } from "#learning/trainers/random-forest.ts";
import { madeTable } from "#support/made-table.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";

const trainers = resolve(import.meta.dirname, "../../src/learning/trainers");

test("a forest in a bundle finds its workers beside it, as scripts/build.ts lays them out", async (context) => {
  const folder = await temporaryFolder(context);
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  await build({
    entryPoints: {
      command: join(trainers, "random-forest.ts"),
      "forest-worker": join(trainers, "forest-worker.ts"),
    },
    outdir: folder,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "silent",
  });
  const bundled = (await import(pathToFileURL(join(folder, "command.js")).href)) as {
    readonly randomForest: typeof randomForest;
  };
  const table = madeTable({ rows: 200, seed: 1 });
  const options = {
    hyperparameters: { ...randomForest.defaults, trees: 4 },
    seed: 1,
    validation: null,
    workers: 2,
    kernels: null,
    onProgress: null,
    signal: null,
  };
  const expected = await randomForest.fit(table, { ...options, workers: 1 });
  assert.deepEqual(await bundled.randomForest.fit(table, options), expected);
});
