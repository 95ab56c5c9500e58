import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { tinyScenarios } from "#support/tiny-scenarios.ts";
import { EpisodePool } from "./episode-pool.ts";
import { type DatasetWish, type DatasetWork, generateDataset } from "./generate-dataset.ts";
import { renderRows } from "./render-rows.ts";

const shares = { train: 0.6, validation: 0.2, test: 0.2 };

function wishFor(folder: string): DatasetWish {
  return {
    folder,
    library: tinyScenarios,
    samples: 90,
    seed: 3,
    fold: 0,
    shares,
    csv: { target: "flaming", features: "whole-picture" },
    softwareVersion: "0.0.0",
  };
}

const inThisThread: DatasetWork = {
  render: async (recipe) => renderRows(recipe, tinyScenarios),
  windowMax: 2,
  isStopped: () => false,
  onProgress: () => {},
};

test("gives the same bytes with one worker, with two, and after an interruption", async (context) => {
  const folder = await temporaryFolder(context);
  const program = new URL("../../../test/support/tiny-dataset-worker.ts", import.meta.url);
  const hashes: (string | undefined)[] = [];
  for (const workers of [1, 2]) {
    const pool = new EpisodePool({ workers, program });
    context.after(() => pool.close());
    const work = { ...inThisThread, render: pool.render.bind(pool), windowMax: 3 };
    const card = await generateDataset(wishFor(join(folder, `by-${workers}`)), work);
    await pool.close();
    hashes.push(card?.contentSha256);
  }
  const interrupted = join(folder, "interrupted");
  let asked = 0;
  const isStopped = () => {
    asked += 1;
    return asked > 3;
  };
  assert.equal(await generateDataset(wishFor(interrupted), { ...inThisThread, isStopped }), null);
  assert.deepEqual(await readdir(interrupted), [".partial"]);
  let rendered = 0;
  const render: DatasetWork["render"] = (recipe) => {
    rendered += 1;
    return inThisThread.render(recipe);
  };
  const card = await generateDataset(wishFor(interrupted), { ...inThisThread, render });
  hashes.push(card?.contentSha256);
  assert.match(String(hashes[0]), /^[0-9a-f]{64}$/);
  assert.deepEqual(new Set(hashes).size, 1);
  assert.ok(card !== null && rendered < card.episodes + 2, "finished episodes were not rendered again");
  assert.equal(card.impossibleRows, 0);
  const csv = await Promise.all([1, 2].map((n) => readFile(join(folder, `by-${n}`, "test.csv.gz"))));
  assert.deepEqual(csv[0], csv[1]);
});
