import { appendFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command, Invocation } from "#cli/command.ts";
import { commandHelp } from "#cli/help.ts";
import { Output } from "#cli/output.ts";
import { numberOption, parseArguments } from "#cli/parse-arguments.ts";
import { readMeasuredColumn } from "#cli/simulate/measured-column.ts";
import { badInput, Failure } from "#core/failure.ts";
import { measuredSecondsMax, quietSeconds } from "#simulation/measured/render-measured.ts";
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
async function main(invocation: Invocation): Promise<number> {
  const settings = settingsOf(invocation);
  const recordings = realRecordingsFolder();
  if (recordings === null) {
    console.log("skipped: the measured fires are absent. Set EMBERWATCH_RECORDINGS to their folder.");
    return 0;
  }
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

/** The options, taken apart and checked as the program's own commands check theirs. */
const measuredFiresCommand: Command = {
  name: "measured-fires",
  summary: "Runs every measured fire through simulate measured and replay.",
  usage: "[options]",
  options: {
    out: { value: "DIR", help: "where outcomes are kept (default dist/measured-fires)" },
    seconds: { value: "N", help: "length of each recording (default 400)" },
    distance: { value: "METRES", help: "from the camera to the fire (default 6)" },
    seed: { value: "N", help: "default 1" },
  },
  examples: [],
  notes: "",
  run: main,
};

function settingsOf(invocation: Invocation): Settings {
  if (invocation.positionals.length > 0)
    throw badInput("usage", `measured-fires does not know what to do with "${invocation.positionals[0]}".`);
  const integer = { kind: "integer" } as const;
  return {
    folder: invocation.values["out"] ?? "dist/measured-fires",
    seconds: numberOption(invocation, "seconds", {
      ...integer,
      min: 1,
      max: measuredSecondsMax,
      default: 400,
    }),
    distance: numberOption(invocation, "distance", { kind: "any", min: 1, max: 40, default: 6 }),
    seed: numberOption(invocation, "seed", { ...integer, min: 0, max: 2 ** 31 - 1, default: 1 }),
  };
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

/** As the program does it: what somebody gave wrong is one sentence, and no stack trace. */
async function runProgram(): Promise<number> {
  const output = new Output(process.stdout, process.stderr);
  try {
    const invocation = parseArguments(measuredFiresCommand, process.argv.slice(2), output);
    if (invocation !== null) return await measuredFiresCommand.run(invocation);
    output.note(commandHelp(measuredFiresCommand));
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    output.note(`measured-fires: ${error.message}`);
    return error.side === "input" ? 2 : 1;
  }
}

process.exitCode = await runProgram();
