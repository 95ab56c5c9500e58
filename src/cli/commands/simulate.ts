import { badInput } from "#core/failure.ts";
import { openRecording } from "#recording/open-recording.ts";
import { demoScenarios } from "#simulation/demo/demo-scenarios.ts";
import { Episode } from "#simulation/scenario/episode.ts";
import { renderEpisode } from "#simulation/scenario/render-episode.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";
import type { Command, Invocation, OptionSpec } from "../command.ts";
import { findScenario } from "../find-scenario.ts";
import { choiceOption, numberOption } from "../parse-arguments.ts";
import { ProgressLine } from "../progress-line.ts";
import { makeCameraLoops, makeLens } from "../rendering-kernels.ts";
import { saveRecording } from "../save-recording.ts";
import { composite } from "../simulate/composite.ts";
import { episodeOrigin } from "../simulate/episode-origin.ts";
import { renderThroughDevices } from "../simulate/render-through-devices.ts";
import { type SimulatedTimeLine, simulatedTimeLine } from "../simulate/simulated-time-line.ts";
import { measuredExamples, measuredHelp, measuredOptions, measuredSimulation } from "./simulate-measured.ts";

/** Rendered clips begin at this moment (2026-01-01T00:00:00Z), so that one seed gives one file, byte for byte. */
const clipStartMicros = 1_767_225_600_000_000;
const clipSecondsMax = 86_400;

/** All that can be named: clips of the demo's rooms and the library. */
const simulated: readonly Scenario[] = [...demoScenarios, ...scenarioLibrary];

/** Options that only scenarios know. */
const scenarioOptions = ["room", "renderer", "scenario", "gain"] as const;
const scenarioSwitches = ["unlit", "through-devices"] as const;

/** Options of every kind of simulation. */
const commonOptions: Readonly<Record<string, OptionSpec>> = {
  out: { value: "FILE", help: "the recording to write; an existing file is never overwritten" },
  seed: { value: "N", help: "one seed gives one file, byte for byte (default 1)" },
  seconds: { value: "N", help: "length, instead of the scenario's own" },
};

/** Renders a scenario into a recording. */
export const simulateCommand: Command = {
  name: "simulate",
  summary: "Renders a scenario, with a fire or with something that only looks like one, into a recording.",
  usage:
    "SCENARIO | composite CLIP --scenario NAME | measured --hrr FILE:COLUMN …, --out FILE.mcap [options]",
  options: {
    ...commonOptions,
    room: { value: "NAME", help: "one of the scenario's rooms, instead of one drawn by the seed" },
    unlit: { value: null, help: "the same without the fire: its twin" },
    renderer: { value: "plume|billow", help: "which way flames are drawn (default plume)" },
    gain: {
      value: "high|automatic",
      help: "how the camera's gain is set, instead of as the drawn unit has it (one in ten automatic)",
    },
    scenario: { value: "NAME", help: "composite: what is drawn over the real pictures of CLIP" },
    "through-devices": {
      value: null,
      help: "by emulated Lepton and SCD41 and the real drivers, packet by packet: slower",
    },
    ...measuredOptions,
  },
  examples: [
    "emberwatch simulate workshop-fire --seed 7 --out fire.mcap",
    "emberwatch simulate quiet-room --seed 3 --out quiet.mcap",
    "emberwatch simulate composite clip.y16 --scenario quiet-room --out composite.mcap",
    ...measuredExamples,
  ],
  topics: {
    measured: measuredHelp({
      ...commonOptions,
      seconds: { value: "N", help: "length, instead of until the measurement ends" },
    }),
  },
  notes: [
    "Clips of the demo's rooms:",
    ...demoScenarios.map((one) => `  ${one.name.padEnd(24)}${one.title}`),
    "",
    "emberwatch scenarios lists the scenarios of the library, in which everything varies by the seed.",
  ].join("\n"),
  async run(invocation) {
    const [name, extra] = invocation.positionals;
    if (name === "composite") return simulateComposite(invocation);
    if (name === "measured") return simulateMeasured(invocation);
    const foreign = Object.keys(measuredOptions).find((option) => invocation.values[option] !== undefined);
    if (foreign !== undefined) throw badInput("usage", `--${foreign} is for simulate measured.`);
    if (extra !== undefined) throw badInput("usage", `"${extra}" is one word too many: name one scenario.`);
    if (name === undefined)
      throw badInput(
        "usage",
        "Name one scenario, as in emberwatch simulate quiet-room: emberwatch scenarios lists them, and emberwatch simulate --help the demo's.",
      );
    return simulateScenario(invocation, findScenario(name, simulated));
  },
};

/** What every kind of simulation is told. */
interface Orders {
  readonly out: string;
  readonly seed: number;
  readonly seconds: number | null;
}

function ordersOf(invocation: Invocation): Orders {
  const { out } = invocation.values;
  if (out === undefined) throw badInput("usage", "Name the recording to write with --out FILE.mcap.");
  const integer = { kind: "integer" } as const;
  return {
    out,
    seed: numberOption(invocation, "seed", { ...integer, min: 0, max: 2 ** 31 - 1, default: 1 }),
    seconds: numberOption(invocation, "seconds", { ...integer, min: 1, max: clipSecondsMax, default: null }),
  };
}

async function simulateScenario(invocation: Invocation, scenario: Scenario): Promise<number> {
  const { out, seed, seconds } = ordersOf(invocation);
  if (invocation.values["scenario"] !== undefined) throw badInput("usage", "--scenario is for composite.");
  const throughDevices = invocation.switches.has("through-devices");
  const fire = invocation.switches.has("unlit") ? "unlit" : "as-staged";
  const episode = new Episode({
    scenario: inRoom(scenario, invocation.values["room"]),
    seed,
    fire,
    flameRenderer: choiceOption(invocation, "renderer", ["plume", "billow"]) ?? "plume",
    ...(seconds === null ? {} : { seconds }),
    makeLens,
  });
  const path = throughDevices ? "emulated devices and drivers" : "fast";
  const gainMode = choiceOption(invocation, "gain", ["high", "automatic"]) ?? episode.variation.gainMode;
  const at = { startMicros: clipStartMicros, gainMode, loops: makeCameraLoops };
  await save(invocation, {
    out,
    seconds: episode.seconds,
    line: {
      startMicros: clipStartMicros,
      origin: episodeOrigin(episode, { kind: "simulated", seed, details: { fire, path, gainMode } }),
      entries: () =>
        throughDevices
          ? renderThroughDevices(episode, { ...at, onTrouble: (text) => invocation.output.note(text) })
          : renderEpisode(episode, at),
    },
  });
  const lit = scenario.kind === "fire" && fire === "as-staged";
  const ignition = lit ? `, fire from ${episode.igniteAtSeconds.toFixed(1)} s` : "";
  await invocation.output.line(
    `${out}: ${episode.seconds} s of ${scenario.name} in ${episode.staged.name}, seed ${seed}${ignition}`,
  );
  return 0;
}

async function simulateMeasured(invocation: Invocation): Promise<number> {
  const foreign =
    scenarioOptions.find((name) => invocation.values[name] !== undefined) ??
    scenarioSwitches.find((name) => invocation.switches.has(name));
  if (foreign !== undefined) throw badInput("usage", `--${foreign} does not go with simulate measured.`);
  const { out, seed, seconds } = ordersOf(invocation);
  const options = { startMicros: clipStartMicros, seed, seconds };
  const simulation = await measuredSimulation(invocation, options);
  await save(invocation, { out, seconds: simulation.seconds, line: simulation.line });
  await invocation.output.line(`${out}: ${simulation.seconds} s of a measured fire, seed ${seed}`);
  for (const note of simulation.notes) await invocation.output.line(`  ${note}`);
  return 0;
}

async function simulateComposite(invocation: Invocation): Promise<number> {
  const { out, seed, seconds } = ordersOf(invocation);
  const [, path, extra] = invocation.positionals;
  const { scenario: name, room } = invocation.values;
  if (path === undefined || extra !== undefined || name === undefined) {
    throw badInput("usage", "Name one recording and what to draw over it: composite CLIP --scenario NAME.");
  }
  const foreign = scenarioSwitches.find((one) => invocation.switches.has(one));
  if (foreign !== undefined) throw badInput("usage", `--${foreign} does not go with composite.`);
  if (invocation.values["gain"] !== undefined)
    throw badInput("usage", "--gain does not go with composite: its pictures are real.");
  const { episode, line } = await composite({
    recording: await openRecording(path),
    scenario: inRoom(findScenario(name, scenarioLibrary), room),
    seed,
    flameRenderer: choiceOption(invocation, "renderer", ["plume", "billow"]) ?? "plume",
    seconds,
    startMicros: clipStartMicros,
  });
  await save(invocation, { out, seconds: episode.seconds, line });
  await invocation.output.line(`${out}: ${episode.seconds} s of ${name} over ${path}, seed ${seed}`);
  return 0;
}

/** The scenario in one of its rooms only; in any of them without a name. */
function inRoom(scenario: Scenario, name: string | undefined): Scenario {
  if (name === undefined) return scenario;
  const rooms = scenario.rooms.filter((room) => room.name === name);
  if (rooms.length > 0) return { ...scenario, rooms };
  const names = scenario.rooms.map((room) => room.name).join(", ");
  throw badInput("usage", `${scenario.name} takes place in ${names}, not in "${name}".`);
}

async function save(
  invocation: Invocation,
  what: {
    readonly out: string;
    readonly seconds: number;
    readonly line: Omit<SimulatedTimeLine, "onSecond">;
  },
): Promise<void> {
  const progress = new ProgressLine(invocation.output, "rendering");
  const onSecond = (second: number) => progress.show(`${second} of ${what.seconds} s`);
  try {
    await saveRecording({
      path: what.out,
      overwrite: "refuse",
      entries: () => simulatedTimeLine({ ...what.line, onSecond }),
    });
  } finally {
    progress.clear();
  }
}
