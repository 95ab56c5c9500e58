import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { workerProgram } from "#core/worker-program.ts";
import type { DataCard } from "#learning/dataset/data-card.ts";
import { splitNames } from "#learning/dataset/dataset-columns.ts";
import { EpisodePool, workersMax } from "#learning/dataset/episode-pool.ts";
import { type DatasetWish, generateDataset } from "#learning/dataset/generate-dataset.ts";
import { leastSamples } from "#learning/dataset/least-samples.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";
import type { Invocation } from "../command.ts";
import { numberOption } from "../parse-arguments.ts";
import { ProgressLine } from "../progress-line.ts";
import { softwareVersion } from "../software-version.ts";
import { type StopSignal, stopSignal } from "../stop-signal.ts";
import { systemClock } from "../system-clock.ts";
import { csvWish, outFolder, splitShares } from "./dataset-options.ts";
import { progressText } from "./progress-text.ts";

const samplesDefault = 50_000;
const samplesMax = 5_000_000;
/** Episodes begun and not yet written, for each worker: enough that a long one holds nobody up. */
const episodesPerWorker = 3;

/** Renders a data set; exit code 1 when it was interrupted, however early. */
export async function runDatasetGenerate(invocation: Invocation): Promise<number> {
  const stop = stopSignal();
  try {
    return await generate(invocation, stop);
  } finally {
    stop.release();
  }
}

async function generate(invocation: Invocation, stop: StopSignal): Promise<number> {
  let stopped = false;
  let begun = false;
  void stop.requested.then(() => {
    stopped = true;
    if (begun) invocation.output.note("stopping; finished episodes are kept");
  });
  const { wish, workers } = ordersOf(invocation);
  const { samples } = wish;
  const least = leastSamples(wish);
  // Signals that came meanwhile are heard now.
  await setImmediate();
  if (stopped) {
    invocation.output.note("Interrupted before anything was rendered: nothing was written.");
    return 1;
  }
  begun = true;
  if (samples < least)
    invocation.output.note(
      `${samples} samples are too few for fires, nuisances and quiet in each of train, validation and test: --samples ${least} is the least that surely has them.`,
    );
  const program = workerProgram(new URL("./dataset-episode-worker.ts", import.meta.url));
  const pool = new EpisodePool({ workers, program });
  const progress = new ProgressLine(invocation.output, "rendering");
  const clock = systemClock;
  const startMs = clock.monotonicMs();
  try {
    const card = await generateDataset(wish, {
      render: (recipe) => pool.render(recipe),
      windowMax: workers * episodesPerWorker,
      isStopped: () => stopped,
      onProgress: ({ rows, resumedRows }) =>
        progress.show(progressText({ rows, resumedRows, samples, elapsedMs: clock.monotonicMs() - startMs })),
    });
    progress.clear();
    if (card === null) {
      invocation.output.note(
        `Interrupted. Run the same command again to go on; it is kept in ${wish.folder}.`,
      );
      return 1;
    }
    await tellDataset(invocation, card, { folder: wish.folder, namelessGroups: 0 });
    return 0;
  } finally {
    progress.clear();
    await pool.close();
  }
}

function ordersOf(invocation: Invocation): { readonly wish: DatasetWish; readonly workers: number } {
  const integer = { kind: "integer" } as const;
  const samples = numberOption(invocation, "samples", {
    ...integer,
    min: 1,
    max: samplesMax,
    default: samplesDefault,
  });
  const seed = numberOption(invocation, "seed", { ...integer, min: 0, max: 2 ** 31 - 1, default: 1 });
  const fold = numberOption(invocation, "fold", { ...integer, min: 0, max: 1_000, default: 0 });
  const workers = numberOption(invocation, "workers", {
    ...integer,
    min: 1,
    max: workersMax,
    default: Math.min(workersMax, availableParallelism()),
  });
  const wish = {
    folder: outFolder(invocation),
    scenarios: scenarioLibrary,
    samples,
    seed,
    fold,
    shares: splitShares(invocation),
    csv: csvWish(invocation),
    softwareVersion: softwareVersion(),
  };
  return { wish, workers };
}

/**
 * Says which splits are empty, and what was made: one line for people, or one JSON object. Groups that rows without a name
 * were dealt to by their content (`namelessGroups`) are no episodes, and are not counted as such.
 */
export async function tellDataset(
  invocation: Invocation,
  card: DataCard,
  { folder, namelessGroups }: { readonly folder: string; readonly namelessGroups: number },
): Promise<void> {
  const { rows, episodes, contentSha256, impossibleRows, rowsBySplit, episodesBySplit } = card;
  const empty = splitNames.filter((split) => (episodesBySplit[split] ?? 0) === 0);
  if (empty.length > 0)
    invocation.output.note(
      `No row is in ${empty.join(" or ")}: rows that belong together are never divided, and there are too few of them for every split.`,
    );
  const named = episodes - namelessGroups;
  if (invocation.switches.has("json")) {
    await invocation.output.json({
      type: "summary",
      folder,
      rows,
      episodes: named,
      impossibleRows,
      rowsBySplit,
      contentSha256,
    });
    return;
  }
  await invocation.output.line(
    `${folder}: ${rows} ${rows === 1 ? "row" : "rows"} ${groupsText(named, namelessGroups)}, ${impossibleRows} impossible; SHA-256 ${contentSha256}`,
  );
}

function groupsText(named: number, nameless: number): string {
  const episodes = `of ${named} ${named === 1 ? "episode" : "episodes"}`;
  if (nameless === 0) return episodes;
  return named === 0 ? "without groups" : `${episodes} and without groups`;
}
