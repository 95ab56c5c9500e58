import { appendFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readMeasuredColumn } from "#cli/simulate/measured-column.ts";
import { quietSeconds } from "#simulation/measured/render-measured.ts";
import { runCommand } from "#support/command-run.ts";
import { realRecordingsFolder } from "#support/real-recordings.ts";
import { heatAlarmCelsius, type MeasuredFire, measuredFires } from "./measured-fire-list.ts";

/** How every fire is rendered. */
interface Settings {
  readonly folder: string;
  /** Length of each recording, quiet minute included. */
  readonly seconds: number;
  readonly distance: number;
  readonly seed: number;
}

/** What a recording is made of: CO2 alone, or pictures and air. */
type Part = "air" | "pictures";

/** What became of one recording of one fire; seconds since ignition. */
interface Outcome {
  readonly name: string;
  readonly part: Part;
  readonly settings: string;
  readonly prealarm: number | null;
  readonly alarm: number | null;
}

const oxygenInAirPercent = 20.95;

/**
 * Runs every measured fire through `simulate measured` and `replay` and prints a table of times since ignition. Goes on
 * where it was stopped: what is done stands in OUT/outcomes.jsonl.
 */
async function main(): Promise<number> {
  const recordings = realRecordingsFolder();
  if (recordings === null) {
    console.log("skipped: the measured fires are absent. Set EMBERWATCH_RECORDINGS to their folder.");
    return 0;
  }
  const settings = settingsOf(process.argv.slice(2));
  await mkdir(settings.folder, { recursive: true });
  const done = await outcomesSoFar(settings);
  const fires = await measuredFires(recordings);
  const wanted = fires.flatMap((fire) => partsOf(fire).map((part) => ({ fire, part })));
  for (const [i, { fire, part }] of wanted.entries()) {
    if (done.has(keyOf(fire.name, part))) continue;
    const begunMs = performance.now();
    const outcome = await run(fire, part, settings);
    await appendFile(join(settings.folder, "outcomes.jsonl"), `${JSON.stringify(outcome)}\n`);
    done.set(keyOf(fire.name, part), outcome);
    const seconds = ((performance.now() - begunMs) / 1000).toFixed(0);
    process.stderr.write(`${i + 1} of ${wanted.length}: ${fire.name}, ${part}, ${seconds} s\n`);
  }
  await printTable(fires, done);
  return 0;
}

/** CO2 is tried alone, for its times can be claimed; pictures where a heat release makes some. */
function partsOf(fire: MeasuredFire): readonly Part[] {
  return [
    ...(fire.co2 === null ? [] : ["air" as const]),
    ...(fire.hrr === null ? [] : ["pictures" as const]),
  ];
}

function keyOf(name: string, part: Part): string {
  return `${name}/${part}`;
}

function settingsOf(args: readonly string[]): Settings {
  const { values } = parseArgs({
    args: [...args],
    options: {
      out: { type: "string", default: "dist/measured-fires" },
      seconds: { type: "string", default: "400" },
      distance: { type: "string", default: "6" },
      seed: { type: "string", default: "1" },
    },
  });
  const { out: folder, seconds, distance, seed } = values;
  return { folder, seconds: Number(seconds), distance: Number(distance), seed: Number(seed) };
}

function settingsText({ seconds, distance, seed }: Settings): string {
  return `--seconds ${seconds} --distance ${distance} --seed ${seed}`;
}

async function outcomesSoFar(settings: Settings): Promise<Map<string, Outcome>> {
  const text = await readFile(join(settings.folder, "outcomes.jsonl"), "utf8").catch(() => "");
  const outcomes = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Outcome);
  const mine = outcomes.filter((outcome) => outcome.settings === settingsText(settings));
  return new Map(mine.map((outcome) => [keyOf(outcome.name, outcome.part), outcome]));
}

/** Most fires alarm within this: only the others are rendered at full length, which begins with the same pictures. */
const firstSeconds = 150;

async function run(fire: MeasuredFire, part: Part, settings: Settings): Promise<Outcome> {
  const named = { name: fire.name, part, settings: settingsText(settings) };
  if (part === "air")
    return { ...named, ...(await replayed({ ...fire, hrr: null, ceiling: null }, settings)) };
  const early = await replayed(fire, { ...settings, seconds: Math.min(firstSeconds, settings.seconds) });
  return { ...named, ...(early.alarm === null ? await replayed(fire, settings) : early) };
}

/** Renders a fire as a recording, replays it, and removes it; seconds since ignition. */
async function replayed(
  fire: MeasuredFire,
  settings: Settings,
): Promise<Pick<Outcome, "prealarm" | "alarm">> {
  const stem = join(settings.folder, fire.name.replaceAll(" ", "-"));
  const [out, derived] = [`${stem}.mcap`, `${stem}-co2.csv`];
  await rm(out, { force: true });
  await rm(`${out}.partial`, { force: true });
  const named = (option: string, column: MeasuredFire["hrr"]) =>
    column === null ? [] : [option, `${column.path}:${column.column}`];
  const rendered = await runCommand(
    ...["simulate", "measured", ...named("--hrr", fire.hrr), ...named("--ceiling", fire.ceiling)],
    ...(await co2Arguments(fire, derived)),
    ...["--ignition", String(fire.ignitionSeconds), "--distance", String(settings.distance)],
    ...["--seed", String(settings.seed), "--seconds", String(settings.seconds), "--out", out],
  );
  if (rendered.exitCode !== 0) throw new Error(`${fire.name}: ${rendered.notes}`);
  const replay = await runCommand("replay", out, "--json");
  if (replay.exitCode !== 0) throw new Error(`${fire.name}: ${replay.notes}`);
  const summary = JSON.parse(replay.results.trimEnd().split("\n").at(-1) ?? "") as Record<
    string,
    number | null
  >;
  await rm(out, { force: true });
  await rm(derived, { force: true });
  const sinceIgnition = (at: number | null | undefined) =>
    at === null || at === undefined ? null : at - quietSeconds;
  return {
    prealarm: sinceIgnition(summary["firstPrealarmAt"]),
    alarm: sinceIgnition(summary["firstAlarmAt"]),
  };
}

async function co2Arguments(fire: MeasuredFire, derivedPath: string): Promise<readonly string[]> {
  if (fire.co2 === null) return [];
  const { column, from } = fire.co2;
  if (from === "co2-rise") return ["--co2", `${column.path}:${column.column}:vol% rise`];
  const oxygen = await readMeasuredColumn(column);
  let text = "Time,CO2 derived from oxygen\n";
  for (let second = Math.ceil(oxygen.beginSeconds); second <= oxygen.endSeconds; second += 1)
    text += `${second},${(from * (oxygenInAirPercent - oxygen.at(second))).toFixed(4)}\n`;
  await writeFile(derivedPath, text);
  return ["--co2", `${derivedPath}:CO2 derived from oxygen:vol% rise`];
}

async function ceilingPassed(fire: MeasuredFire): Promise<number | null> {
  if (fire.ceiling === null) return null;
  const series = await readMeasuredColumn(fire.ceiling);
  const at = series.firstReaches(heatAlarmCelsius, fire.ignitionSeconds);
  return at === null ? null : at - fire.ignitionSeconds;
}

async function printTable(
  fires: readonly MeasuredFire[],
  outcomes: ReadonlyMap<string, Outcome>,
): Promise<void> {
  const when = (seconds: number | null | undefined) =>
    seconds === undefined ? "" : seconds === null ? "–" : `${seconds.toFixed(0)} s`;
  console.log(
    `| fire | CO2 | prealarm by CO2 alone | with pictures: prealarm | alarm | ceiling at ${heatAlarmCelsius} °C |`,
  );
  console.log("|---|---|---|---|---|---|");
  for (const fire of fires) {
    const air = outcomes.get(keyOf(fire.name, "air"));
    const pictures = outcomes.get(keyOf(fire.name, "pictures"));
    const ceiling = fire.ceiling === null ? undefined : await ceilingPassed(fire);
    const cells = [air?.prealarm, pictures?.prealarm, pictures?.alarm, ceiling].map(when);
    console.log(`| ${[fire.name, fire.co2Source, ...cells].join(" | ")} |`);
  }
}

process.exitCode = await main();
