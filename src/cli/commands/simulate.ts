import { badInput } from "#core/failure.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { secondsBetween } from "#core/time.ts";
import { mergeTimeLines } from "#recording/merge-time-lines.ts";
import type { Recording } from "#recording/recording.ts";
import type { RecordingEntry } from "#recording/recording-entry.ts";
import { type ClipOptions, renderClip } from "#simulation/clip-renderer.ts";
import type { Command, Invocation } from "../command.ts";
import { numberOption } from "../parse-arguments.ts";
import { ProgressLine } from "../progress-line.ts";
import { saveRecording } from "../save-recording.ts";

/** A scenario that can be rendered. */
interface Scenario {
  readonly name: string;
  readonly kind: ClipOptions["kind"];
  readonly seconds: number;
  readonly igniteAtSeconds: number | null;
  readonly extinguishAtSeconds: number | null;
  readonly summary: string;
}

const scenarios: readonly Scenario[] = [
  {
    name: "quiet-office",
    kind: "occupied",
    seconds: 60,
    igniteAtSeconds: null,
    extinguishAtSeconds: null,
    summary: "two people come, sit and move; a hot drink, a radiator; nothing burns",
  },
  {
    name: "workshop-fire",
    kind: "workshop",
    seconds: 60,
    igniteAtSeconds: 20,
    extinguishAtSeconds: null,
    summary: "a waste basket is lit after 20 s",
  },
  {
    name: "workshop-fire-put-out",
    kind: "workshop",
    seconds: 90,
    igniteAtSeconds: 20,
    extinguishAtSeconds: 50,
    summary: "the same, and put out after 50 s: what it heated cools slowly",
  },
];

/** Rendered clips begin at this moment (2026-01-01T00:00:00Z), so that one seed gives one file, byte for byte. */
const clipStartMicros = 1_767_225_600_000_000;
const clipSecondsMax = 86_400;

/** Renders a scenario into a recording. */
export const simulateCommand: Command = {
  name: "simulate",
  summary: "Renders a simulated room, quiet or with a small fire, into a recording.",
  usage: "SCENARIO --out FILE.mcap [options]",
  options: {
    out: { value: "FILE", help: "the recording to write; an existing file is never overwritten" },
    seed: { value: "N", help: "one seed gives one file, byte for byte (default 1)" },
    seconds: { value: "N", help: "length, instead of the scenario's own" },
  },
  examples: ["emberwatch simulate workshop-fire --seed 7 --out fire.mcap"],
  notes: ["Scenarios:", ...scenarios.map((one) => `  ${one.name.padEnd(24)}${one.summary}`)].join("\n"),
  async run(invocation) {
    const scenario = scenarioOf(invocation);
    const out = invocation.values["out"];
    if (out === undefined) throw badInput("usage", "Name the recording to write with --out FILE.mcap.");
    const integer = { kind: "integer" } as const;
    const seconds = numberOption(invocation, "seconds", {
      ...integer,
      min: 1,
      max: clipSecondsMax,
      default: scenario.seconds,
    });
    const seed = numberOption(invocation, "seed", { ...integer, min: 0, max: 2 ** 31 - 1, default: 1 });
    const clip = { ...scenario, seconds, seed, startMicros: clipStartMicros };
    const progress = new ProgressLine(invocation.output, "rendering");
    await saveRecording({
      path: out,
      overwrite: "refuse",
      entries: () => renderedTimeLine(clip, (second) => progress.show(`${second} of ${seconds} s`)),
    });
    progress.clear();
    await invocation.output.line(`${out}: ${seconds} s of ${scenario.name}, seed ${seed}`);
    return 0;
  },
};

function scenarioOf(invocation: Invocation): Scenario {
  const [name, extra] = invocation.positionals;
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined || extra !== undefined) {
    const names = scenarios.map((candidate) => candidate.name).join(", ");
    throw badInput("usage", `Name one scenario: ${names}.`);
  }
  return scenario;
}

async function* renderedTimeLine(
  clip: ClipOptions,
  onSecond: (second: number) => void,
): AsyncIterable<RecordingEntry> {
  for await (const entry of mergeTimeLines([renderedRecording(clip)])) {
    if (entry.kind === "tick") onSecond(Math.floor(secondsBetween(clip.startMicros, entry.atMicros)));
    yield entry;
  }
}

/** The rendered clip in the shape of a recording, so that it gets the same ticks as any other. */
function renderedRecording(clip: ClipOptions): Recording {
  return {
    path: "rendered",
    format: "mcap",
    width: leptonWidth,
    height: leptonHeight,
    unit: "centikelvin",
    hasAir: true,
    hasTicks: false,
    async *entries() {
      yield* renderClip(clip);
    },
  };
}
