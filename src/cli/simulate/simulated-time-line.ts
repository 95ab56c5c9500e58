import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { secondsBetween } from "#core/time.ts";
import { mergeTimeLines } from "#recording/merge-time-lines.ts";
import type { RecordedOrigin } from "#recording/recorded-origin.ts";
import type { Recording } from "#recording/recording.ts";
import type { RecordingEntry } from "#recording/recording-entry.ts";
import type { EpisodeEntry } from "#simulation/scenario/render-episode.ts";

/** What a simulation gives to be recorded. */
export interface SimulatedTimeLine {
  readonly startMicros: number;
  readonly origin: RecordedOrigin;
  /** `absent` where only air readings are simulated; they are present by default. */
  readonly pictures?: "present" | "absent";
  readonly entries: () => Iterable<EpisodeEntry> | AsyncIterable<EpisodeEntry>;
  /** Called once a second of simulated time. */
  readonly onSecond: (second: number) => void;
}

/**
 * A simulation as a recording's time line: first what made it, then pictures and readings with the ticks that any other
 * recording gets, and the truth at its time. Ticks follow pictures and readings alone, so that the truth changes nothing
 * in what a detector sees.
 */
export async function* simulatedTimeLine(line: SimulatedTimeLine): AsyncGenerator<RecordingEntry> {
  const { startMicros } = line;
  const truths: RecordingEntry[] = [];
  yield { kind: "origin", atMicros: startMicros, origin: line.origin };
  for await (const entry of mergeTimeLines([sensorsOf(line, truths)])) {
    yield* truths.splice(0);
    if (entry.kind === "tick") line.onSecond(Math.floor(secondsBetween(startMicros, entry.atMicros)));
    yield entry;
  }
  yield* truths.splice(0);
}

/** Pictures and readings in the shape of a recording; the truth is put aside until the next of them. */
function sensorsOf(line: SimulatedTimeLine, truths: RecordingEntry[]): Recording {
  return {
    path: line.origin.scenario,
    format: "mcap",
    ...(line.pictures === "absent"
      ? { width: null, height: null, unit: null }
      : ({ width: leptonWidth, height: leptonHeight, unit: "centikelvin" } as const)),
    hasAir: true,
    hasTicks: false,
    async *entries() {
      for await (const entry of line.entries()) {
        if (entry.kind === "truth") truths.push(entry);
        else yield entry;
      }
    },
  };
}
