import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { syntheticRows } from "#support/synthetic-rows.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { tinyScenarios } from "#support/tiny-scenarios.ts";
import { splitNames } from "./dataset-columns.ts";
import { generateDataset } from "./generate-dataset.ts";
import { leastSamples } from "./least-samples.ts";

test("with the least number every split has rows, and with a tenth of it one has none", async (context) => {
  const folder = await temporaryFolder(context);
  const wish = {
    scenarios: tinyScenarios,
    seed: 3,
    fold: 0,
    shares: { train: 0.6, validation: 0.2, test: 0.2 },
    csv: null,
    softwareVersion: "0.0.0",
  };
  const least = leastSamples(wish);
  const episodesWith = async (samples: number) => {
    const card = await generateDataset(
      { ...wish, samples, folder: join(folder, String(samples)) },
      {
        render: async (recipe) => syntheticRows(recipe),
        windowMax: 1,
        isStopped: () => false,
        onProgress: () => {},
      },
    );
    return splitNames.map((split) => card!.episodesBySplit[split] ?? 0);
  };
  assert.ok((await episodesWith(least)).every((episodes) => episodes >= 2));
  assert.ok((await episodesWith(Math.ceil(least / 10))).includes(0));
});
