import { join } from "node:path";
import { replayRecordings } from "#cli/replay-recordings.ts";
import { composite } from "#cli/simulate/composite.ts";
import { simulatedTimeLine } from "#cli/simulate/simulated-time-line.ts";
import { textTable } from "#cli/text-table.ts";
import { openRecording } from "#recording/open-recording.ts";
import type { Recording } from "#recording/recording.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";
import { realRecordingsFolder } from "#support/real-recordings.ts";

/**
 * Real pictures that are temperatures: the only ones something rendered in degrees can be drawn over. The other clip of
 * this kind has four pictures, too few to be played over and over.
 */
const clip = { folder: "lepton35-y16-liflabuc", file: "thermal_20260512_151542.raw.y16.gz" };

/** Families to draw over them, one scenario of each: what burns fast and slowly, and what only looks like it. */
const families: readonly string[] = [
  "wastebasket",
  "wood-crib",
  "heptane",
  "grease-pan",
  "smouldering-wood",
  "lithium-ion",
  "people",
  "sun",
  "kettle",
  "hot-cup",
  "gas-stove",
  "welding",
];

const startMicros = 1_767_225_600_000_000;
const seed = 1;
const columns = ["scenario", "kind", "hot process", "lit", "seconds", "prealarm", "alarm", "verdict"];

/** What became of one composite. */
interface Row {
  readonly cells: readonly string[];
  readonly isRight: boolean;
}

async function main(): Promise<number> {
  const folder = realRecordingsFolder();
  if (folder === null) {
    console.log("skipped: the real recordings are absent. Set EMBERWATCH_RECORDINGS to their folder.");
    return 0;
  }
  const scenarios = families.flatMap(
    (family) => scenarioLibrary.find((scenario) => scenario.family === family) ?? [],
  );
  const path = join(folder, clip.folder, clip.file);
  console.log(`Drawn over ${clip.file}, seed ${seed}:`);
  const rows: Row[] = [];
  for (const scenario of scenarios) {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${scenario.name}`);
    rows.push(await replayOver(scenario, path));
  }
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  for (const line of textTable([columns, ...rows.map(({ cells }) => cells)])) console.log(line);
  const right = rows.filter(({ isRight }) => isRight).length;
  console.log(
    `${right} of ${rows.length} as it should be, by the rules alone and without knowledge of the site.`,
  );
  return 0;
}

/** Draws a scenario over a real clip, as often as it lasts, and lets the detector look at it. */
async function replayOver(scenario: Scenario, path: string): Promise<Row> {
  const recording = await openRecording(path);
  const { episode, line } = await composite({
    recording,
    scenario,
    seed,
    flameRenderer: "billow",
    // As short as the scenario may be: this is a look, not a statistic.
    seconds: scenario.shortestSeconds,
    startMicros,
  });
  const composed: Recording = {
    ...recording,
    hasAir: true,
    hasTicks: true,
    entries: () => simulatedTimeLine({ ...line, onSecond: () => {} }),
  };
  const sink = { onEvent: () => {}, onSecond: () => {}, onProgress: () => {} };
  const options = { recordings: [composed], loopSeconds: null, badPixels: "find", scorer: null } as const;
  const { firstPrealarmAtSeconds, firstAlarmAtSeconds } = await replayRecordings(options, sink);
  const litAtSeconds = scenario.kind === "fire" ? episode.igniteAtSeconds : null;
  const verdict = verdictOn({ litAtSeconds, prealarm: firstPrealarmAtSeconds, alarm: firstAlarmAtSeconds });
  return {
    cells: [
      scenario.name,
      scenario.kind,
      scenario.isHotProcess ? "yes" : "no",
      when(litAtSeconds),
      String(episode.seconds),
      when(firstPrealarmAtSeconds),
      when(firstAlarmAtSeconds),
      verdict.words,
    ],
    isRight: verdict.isRight,
  };
}

/** Says it as it is: a fire that raises nothing is missed, and anything raised without or before a fire is false. */
function verdictOn(found: {
  readonly litAtSeconds: number | null;
  readonly prealarm: number | null;
  readonly alarm: number | null;
}): { readonly words: string; readonly isRight: boolean } {
  const { litAtSeconds, prealarm, alarm } = found;
  if (alarm !== null && (litAtSeconds === null || alarm < litAtSeconds))
    return { words: "false alarm", isRight: false };
  if (prealarm !== null && (litAtSeconds === null || prealarm < litAtSeconds))
    return { words: "false prealarm", isRight: false };
  if (litAtSeconds === null) return { words: "quiet", isRight: true };
  if (alarm !== null) return { words: `found after ${(alarm - litAtSeconds).toFixed(0)} s`, isRight: true };
  return prealarm === null
    ? { words: "not found", isRight: false }
    : { words: `prealarm only, after ${(prealarm - litAtSeconds).toFixed(0)} s`, isRight: false };
}

function when(seconds: number | null): string {
  return seconds === null ? "–" : `${seconds.toFixed(0)} s`;
}

process.exitCode = await main();
