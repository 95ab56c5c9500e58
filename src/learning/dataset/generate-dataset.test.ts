import assert from "node:assert/strict";
import { appendFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { Failure } from "#core/failure.ts";
import { syntheticRows } from "#support/synthetic-rows.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { tinyDatasetProgram } from "#support/tiny-dataset-program.ts";
import { tinyScenarios } from "#support/tiny-scenarios.ts";
import { EpisodePool } from "./episode-pool.ts";
import type { EpisodeRecipe } from "./episode-rows.ts";
import { type DatasetWish, type DatasetWork, generateDataset } from "./generate-dataset.ts";

function wishFor(folder: string, samples = 400): DatasetWish {
  return {
    folder,
    scenarios: tinyScenarios,
    samples,
    seed: 3,
    fold: 0,
    shares: { train: 0.6, validation: 0.2, test: 0.2 },
    csv: { target: "flaming", features: "whole-picture" },
    softwareVersion: "0.0.0",
  };
}

const work: DatasetWork = {
  render: async (recipe) => syntheticRows(recipe),
  windowMax: 4,
  isStopped: () => false,
  onProgress: () => {},
};

async function contentOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(folder)).sort();
  const bytes = await Promise.all(names.map((name) => readFile(join(folder, name), "base64")));
  return new Map(names.map((name, i) => [name, bytes[i]!]));
}

test("gives the same bytes in this thread, with one worker and with two", async (context) => {
  const folder = await temporaryFolder(context);
  const whole = join(folder, "here");
  await generateDataset(wishFor(whole), work);
  for (const workers of [1, 2]) {
    const pool = new EpisodePool({ workers, program: tinyDatasetProgram });
    context.after(() => pool.close());
    const path = join(folder, `by-${workers}`);
    await generateDataset(wishFor(path), { ...work, render: (recipe) => pool.render(recipe) });
    assert.deepEqual(await contentOf(path), await contentOf(whole));
  }
});

test("the card names scenarios without an episode, classes that are rare in a split, and what validation misses", async (context) => {
  const folder = await temporaryFolder(context);
  const small = await generateDataset(wishFor(join(folder, "small"), 40), work);
  assert.ok(small !== null);
  const gaps = small.knownGaps.join("\n");
  const absent = tinyScenarios.filter(({ name }) =>
    small.scenarios.every(({ scenario }) => scenario !== name),
  );
  assert.ok(absent.length > 0);
  for (const { name } of absent) assert.match(gaps, new RegExp(`scenarios for the .* no episode: .*${name}`));
  assert.match(
    gaps,
    /Fewer than 600 rows or 10 episodes in the test split.*: none \(\d+ rows, \d+ episodes\)/,
  );
  assert.match(gaps, /first minutes come too early.*35 %.*layer/);
  const text = await readFile(join(folder, "small", "data-card.md"), "utf8");
  for (const gap of small.knownGaps) assert.ok(text.includes(`- ${gap}`));
  const large = await generateDataset(wishFor(join(folder, "large"), 4000), work);
  assert.doesNotMatch(large!.knownGaps.join("\n"), /no episode:/);
});

test("goes on after an interruption without rendering finished episodes again", async (context) => {
  const folder = await temporaryFolder(context);
  const path = join(folder, "interrupted");
  let asked = 0;
  const isStopped = () => {
    asked += 1;
    return asked > 10;
  };
  assert.equal(await generateDataset(wishFor(path), { ...work, isStopped }), null);
  assert.deepEqual(await readdir(path), [".partial"]);
  // A killed writer leaves half a record.
  await appendFile(join(path, ".partial", "episodes.bin"), Buffer.from("EWEP half a record"));
  const rendered: number[] = [];
  const render = async (recipe: EpisodeRecipe) => {
    rendered.push(recipe.episode);
    return syntheticRows(recipe);
  };
  await generateDataset(wishFor(path), { ...work, render });
  assert.equal(rendered[0], 11);
  const whole = join(folder, "whole");
  await generateDataset(wishFor(whole), work);
  assert.deepEqual(await contentOf(path), await contentOf(whole));
});

test("never overwrites a data set, another folder, or the rest of another plan", async (context) => {
  const folder = await temporaryFolder(context);
  const done = join(folder, "done");
  await generateDataset(wishFor(done), work);
  await assert.rejects(generateDataset(wishFor(done), work), /holds a data set already/);
  const stopped = join(folder, "stopped");
  await generateDataset(wishFor(stopped), { ...work, isStopped: () => true });
  await assert.rejects(generateDataset(wishFor(stopped, 500), work), /other options/);
  await writeFile(join(folder, "note.txt"), "mine");
  await assert.rejects(generateDataset(wishFor(folder), work), /is not empty/);
});

test("a smaller data set is the beginning of a larger one, and pairs are whole", async (context) => {
  const folder = await temporaryFolder(context);
  const seen: EpisodeRecipe[][] = [];
  for (const samples of [100, 300]) {
    const own: EpisodeRecipe[] = [];
    seen.push(own);
    const render = async (recipe: EpisodeRecipe) => {
      own.push(recipe);
      return syntheticRows(recipe);
    };
    const card = await generateDataset(wishFor(join(folder, `of-${samples}`), samples), { ...work, render });
    assert.ok(card !== null && card.rows >= samples);
    const last = own[card.episodes - 1];
    assert.notEqual(own[card.episodes]?.pair, last?.pair, "the next episode belongs to another pair");
  }
  assert.deepEqual(seen[1]?.slice(0, seen[0]?.length), seen[0]);
});

test("refuses rows that cannot have been measured, and keeps what is finished", async (context) => {
  const folder = await temporaryFolder(context);
  const path = join(folder, "impossible");
  const render = async (recipe: EpisodeRecipe) => syntheticRows(recipe, "impossible");
  await assert.rejects(generateDataset(wishFor(path), { ...work, render }), (error) => {
    assert.ok(error instanceof Failure);
    assert.match(error.message, /rows are impossible: t_mean is above t_max \(\d+\)/);
    return true;
  });
  assert.deepEqual(await readdir(path), [".partial"]);
});

test("a thread that dies fails the run with the episode's name", async (context) => {
  const pool = new EpisodePool({ workers: 1, program: tinyDatasetProgram });
  context.after(() => pool.close());
  const recipe = { episode: 7, scenario: "breaks", room: "red-room", seed: 5 } as EpisodeRecipe;
  await assert.rejects(pool.render(recipe), /Episode 7 \(breaks in red-room, seed 5\) .*the thread broke/);
  await assert.rejects(pool.render(recipe), /Episode 7/, "nobody is left to take it");
});

test("writes SageMaker's CSV: the target first, then 18 features, absent ones empty", async (context) => {
  const folder = await temporaryFolder(context);
  const path = join(folder, "csv");
  const card = await generateDataset(wishFor(path), work);
  const lines = gunzipSync(await readFile(join(path, "train.csv.gz")))
    .toString()
    .trim()
    .split("\n");
  const flaming = card?.rowsBySplit.train?.["flaming"];
  assert.equal(lines.length, card?.files.find(({ name }) => name === "train.csv.gz")?.rows);
  assert.ok(lines.every((line) => line.split(",").length === 19));
  assert.equal(lines.filter((line) => line.startsWith("1,")).length, flaming);
  assert.match(lines[0]!, /^0,.*,500,,0$/);
});
