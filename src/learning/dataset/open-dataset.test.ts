import assert from "node:assert/strict";
import { readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { syntheticRows } from "#support/synthetic-rows.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { tinyScenarios } from "#support/tiny-scenarios.ts";
import { episodeNumberNames, episodeWordNames, numberColumnNames, splitNames } from "./dataset-columns.ts";
import type { EpisodeRows } from "./episode-rows.ts";
import { generateDataset } from "./generate-dataset.ts";
import { openDataset } from "./open-dataset.ts";

async function madeDataset(folder: string, samples: number): Promise<readonly EpisodeRows[]> {
  const episodes: EpisodeRows[] = [];
  const render = async (recipe: Parameters<typeof syntheticRows>[0]) => {
    const rows = syntheticRows(recipe);
    episodes.push(rows);
    return rows;
  };
  const card = await generateDataset(
    {
      folder,
      scenarios: tinyScenarios,
      samples,
      seed: 2 ** 31 - 5,
      fold: 0,
      shares: { train: 0.6, validation: 0.2, test: 0.2 },
      csv: null,
      softwareVersion: "0.0.0",
    },
    { render, windowMax: 1, isStopped: () => false, onProgress: () => {} },
  );
  return episodes.slice(0, card?.episodes);
}

test("gives back every number, word and label that was written, over several row groups", async (context) => {
  const folder = join(await temporaryFolder(context), "set");
  const episodes = await madeDataset(folder, 14_500);
  const dataset = await openDataset(folder);
  const table = await dataset.read({
    splits: splitNames,
    numbers: [...numberColumnNames, ...episodeNumberNames],
    words: episodeWordNames,
  });
  assert.equal(table.rows, dataset.card.rows);
  let at = 0;
  for (const split of splitNames)
    for (const episode of episodes.filter(({ words }) => words.split === split))
      for (let row = 0; row < episode.rows; row += 1, at += 1) {
        if (row % 5 !== 0) continue;
        for (const [k, name] of numberColumnNames.entries())
          assert.ok(
            Object.is(table.numbers.get(name)![at], episode.numbersByRow[row * numberColumnNames.length + k]),
            name,
          );
        for (const name of episodeNumberNames)
          assert.ok(Object.is(table.numbers.get(name)![at], episode.numbers[name]), name);
        for (const name of episodeWordNames) {
          const column = table.words.get(name)!;
          assert.equal(column.names[column.codes[at]!], episode.words[name]);
        }
        assert.equal(table.labels[at], episode.labels[row]);
        assert.equal(table.groups[at], episode.numbers.episode);
        assert.equal(splitNames[table.splits[at]!], split);
      }
  assert.equal(at, table.rows);
});

test("reads one split alone, and refuses unknown columns", async (context) => {
  const folder = join(await temporaryFolder(context), "set");
  await madeDataset(folder, 200);
  const dataset = await openDataset(folder);
  const table = await dataset.read({ splits: ["test"], numbers: ["t_max"] });
  assert.ok(table.rows > 0 && table.rows < dataset.card.rows);
  assert.ok(table.splits.every((split) => split === splitNames.indexOf("test")));
  await assert.rejects(dataset.read({ splits: ["test"], numbers: ["t_maximum"] }), /no column "t_maximum"/);
});

test("refuses a folder without a card, and files that are not as the card says", async (context) => {
  const folder = await temporaryFolder(context);
  await assert.rejects(openDataset(folder), /holds no finished data set/);
  const path = join(folder, "set");
  await madeDataset(path, 200);
  const dataset = await openDataset(path);
  await truncate(join(path, "test.parquet"), 500);
  await assert.rejects(dataset.read({ splits: ["test"], numbers: [] }), /is not as the data card says/);
  const card = await readFile(join(path, "data-card.json"), "utf8");
  await writeFile(join(path, "data-card.json"), card.replace("emberwatch-dataset", "something"));
  await assert.rejects(openDataset(path), /is no data card that can be read \(format/);
});
