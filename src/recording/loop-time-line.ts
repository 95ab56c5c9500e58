import { assert } from "#core/failure.ts";
import { floorToSecondMicros, microsPerSecond } from "#core/time.ts";
import type { RecordingEntry } from "./recording-entry.ts";
import { shiftEntry } from "./shift-entry.ts";

/** How long to go on. */
export interface LoopOptions {
  /** Stops before the first entry later than this many seconds after the first. */
  readonly seconds: number;
}

/**
 * Plays a time line again and again, each pass shifted in time so that time only goes forward. A pass begins a whole
 * number of seconds after the one before, so that seconds close at the same entries in each pass.
 */
export async function* loopTimeLine(
  open: () => AsyncIterable<RecordingEntry>,
  options: LoopOptions,
): AsyncIterable<RecordingEntry> {
  let startMicros: number | null = null;
  for (let offsetMicros = 0; ; ) {
    let firstMicros: number | null = null;
    let lastMicros = 0;
    for await (const entry of open()) {
      startMicros ??= entry.atMicros;
      firstMicros ??= entry.atMicros;
      lastMicros = Math.max(lastMicros, entry.atMicros);
      const shifted = shiftEntry(entry, { offsetMicros });
      if (shifted.atMicros - startMicros > options.seconds * microsPerSecond) return;
      yield shifted;
    }
    if (firstMicros === null) return;
    const passMicros = floorToSecondMicros(lastMicros - firstMicros) + microsPerSecond;
    assert(passMicros > 0, "each pass takes time");
    offsetMicros += passMicros;
  }
}
