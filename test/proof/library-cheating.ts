import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { datasetFaults } from "#learning/dataset/dataset-faults.ts";
import { describeDataset } from "#learning/dataset/describe-dataset.ts";
import { generateDataset } from "#learning/dataset/generate-dataset.ts";
import { openDataset } from "#learning/dataset/open-dataset.ts";
import { renderRows } from "#learning/dataset/render-rows.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";

/** The library with episodes of less than a minute: many of them, so that there is something to resample. */
const scenarios = scenarioLibrary.map((one) => ({ ...one, shortestSeconds: 24, longestSeconds: 48 }));
const samples = 4_500;

/** Renders many short episodes of the real library and asks whether a model could cheat on them: `npm run cheating`. */
async function main(): Promise<number> {
  const scratch = await mkdtemp(join(tmpdir(), "emberwatch-cheating-"));
  try {
    const folder = join(scratch, "set");
    await generateDataset(
      {
        folder,
        scenarios,
        samples,
        seed: 1,
        fold: 0,
        shares: { train: 0.6, validation: 0.2, test: 0.2 },
        csv: null,
        softwareVersion: "0.0.0",
      },
      {
        render: async (recipe) => renderRows(recipe, { scenarios }),
        windowMax: 1,
        isStopped: () => false,
        onProgress: () => {},
      },
    );
    const dataset = await openDataset(folder);
    const description = await describeDataset(dataset, { framesMax: 0, render: null, onProgress: () => {} });
    for (const { question, sees, auc, low, high, groups, verdict } of description.cheating?.scores ?? [])
      process.stdout.write(
        `${question} (${sees}): AUC ${auc.toFixed(3)}, 99 % ${low.toFixed(3)} to ${high.toFixed(3)}, ${groups} groups: ${verdict}\n`,
      );
    const { impossibleRows, leaks, waysToCheat, notAsked } = datasetFaults(description);
    process.stdout.write(
      `${dataset.card.rows} rows of ${dataset.card.episodes} episodes: ${impossibleRows} impossible rows, ${leaks} leaks, ` +
        `${waysToCheat} ways to cheat, ${notAsked} questions with too few episodes\n`,
    );
    return impossibleRows + leaks + waysToCheat + notAsked === 0 ? 0 : 1;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

process.exitCode = await main();
