import { join } from "node:path";
import { replayRecordings } from "#cli/replay-recordings.ts";
import { type Composite, composite } from "#cli/simulate/composite.ts";
import { episodeOrigin } from "#cli/simulate/episode-origin.ts";
import { simulatedTimeLine } from "#cli/simulate/simulated-time-line.ts";
import { textTable } from "#cli/text-table.ts";
import type { SecondScorer } from "#core/detection/second-scorer.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { openRecording } from "#recording/open-recording.ts";
import type { Recording } from "#recording/recording.ts";
import { Episode } from "#simulation/scenario/episode.ts";
import { renderEpisode } from "#simulation/scenario/render-episode.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";
import { realRecordingsFolder } from "#support/real-recordings.ts";
import { chosenModel } from "./chosen-model.ts";

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
const columns = [
  "scenario",
  "kind",
  "hot process",
  "seconds",
  "real, rules",
  "real, model",
  "rendered, model",
];

/** What the detector said of one scenario over real pictures and in a room of its own. */
interface Row {
  readonly cells: readonly string[];
  readonly isFire: boolean;
  readonly verdicts: readonly Verdict[];
}

/** What was said of one performance, in words, and whether it is as it should be. */
interface Verdict {
  readonly words: string;
  readonly isRight: boolean;
}

async function main(): Promise<number> {
  const folder = realRecordingsFolder();
  if (folder === null) {
    console.log("skipped: the real recordings are absent. Set EMBERWATCH_RECORDINGS to their folder.");
    return 0;
  }
  const model = await chosenModel("composites");
  if (model === null) return 2;
  const scenarios = families.flatMap(
    (family) => scenarioLibrary.find((scenario) => scenario.family === family) ?? [],
  );
  const path = join(folder, clip.folder, clip.file);
  console.log(`Drawn over ${clip.file}, seed ${seed}:`);
  const rows: Row[] = [];
  for (const scenario of scenarios) {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${scenario.name}`);
    rows.push(await performed(scenario, { path, scorer: model.scorer }));
  }
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  for (const line of textTable([columns, ...rows.map(({ cells }) => cells)])) console.log(line);
  for (const [kind, isFire] of [
    ["fires", true],
    ["others", false],
  ] as const) {
    const own = rows.filter((row) => row.isFire === isFire);
    const right = [0, 1, 2].map((k) => own.filter(({ verdicts }) => verdicts[k]!.isRight).length);
    console.log(
      `${kind} as they should be, of ${own.length}: over real pictures ${right[0]} by the rules alone and ${right[1]} with the model, in rooms of their own ${right[2]} with the model; without knowledge of the site.`,
    );
  }
  return 0;
}

/** Lets the detector look at a scenario over a real clip, by rules alone and with the model, and purely rendered. */
async function performed(
  scenario: Scenario,
  by: { readonly path: string; readonly scorer: SecondScorer | null },
): Promise<Row> {
  const recording = await openRecording(by.path);
  // As short as the scenario may be: this is a look, not a statistic.
  const orders = { scenario, seed, flameRenderer: "billow", seconds: scenario.shortestSeconds } as const;
  // An episode goes forward only: each look at it needs one of its own.
  const over = (): Promise<Composite> => composite({ ...orders, recording, startMicros });
  const own = new Episode({ ...orders, fire: "as-staged" });
  const ownLine = {
    startMicros,
    origin: episodeOrigin(own, { kind: "simulated", seed, details: {} }),
    entries: () => renderEpisode(own, { startMicros }),
  };
  const verdicts = [
    await verdictOf(await over(), null),
    await verdictOf(await over(), by.scorer),
    await verdictOf({ episode: own, line: ownLine }, by.scorer),
  ];
  return {
    cells: [
      scenario.name,
      scenario.kind,
      scenario.isHotProcess ? "yes" : "no",
      String(own.seconds),
      ...verdicts.map(({ words }) => words),
    ],
    isFire: scenario.kind === "fire",
    verdicts,
  };
}

async function verdictOf({ episode, line }: Composite, scorer: SecondScorer | null): Promise<Verdict> {
  const played: Recording = {
    path: episode.scenario.name,
    format: "mcap",
    width: leptonWidth,
    height: leptonHeight,
    unit: "centikelvin",
    hasAir: true,
    hasTicks: true,
    entries: () => simulatedTimeLine({ ...line, onSecond: () => {} }),
  };
  const sink = { onEvent: () => {}, onSecond: () => {}, onProgress: () => {} };
  const found = await replayRecordings(
    { recordings: [played], loopSeconds: null, badPixels: "find", scorer },
    sink,
  );
  return verdictOn({
    litAtSeconds: episode.scenario.kind === "fire" ? episode.igniteAtSeconds : null,
    prealarm: found.firstPrealarmAtSeconds,
    alarm: found.firstAlarmAtSeconds,
  });
}

/** Says it as it is: a fire that raises nothing is missed, and anything raised without or before a fire is false. */
function verdictOn(found: {
  readonly litAtSeconds: number | null;
  readonly prealarm: number | null;
  readonly alarm: number | null;
}): Verdict {
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

process.exitCode = await main();
