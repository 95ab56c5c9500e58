import { setTimeout as sleep } from "node:timers/promises";
import { PackedDevice } from "./packed-device.ts";
import { type ProcessFigures, processFigures } from "./process-figures.ts";

/** Time between two looks at the processes. */
const sampleEveryMs = 5_000;

/** What both processes of a device took at one moment. */
export interface SoakSample {
  /** Minutes since the first judged second. */
  readonly minutes: number;
  readonly alarm: ProcessFigures;
  readonly link: ProcessFigures;
  readonly framesPerSecond: number;
}

/** How a device started and what it took. */
export interface Soak {
  /** Milliseconds from the start of the process until it decided. */
  readonly readyMs: number;
  readonly samples: readonly SoakSample[];
}

/**
 * Runs the device's package as it is installed (`PackedDevice`). `onSample` is told each time it looked. Throws where one
 * of the processes ends.
 */
export async function soak(minutes: number, onSample: (sample: SoakSample) => void): Promise<Soak> {
  const around = await PackedDevice.open();
  try {
    const { readyMs, pids, framesPerSecond } = await around.start();
    const startMs = performance.now();
    const samples: SoakSample[] = [];
    while (performance.now() - startMs < minutes * 60_000) {
      await sleep(sampleEveryMs);
      around.check();
      const sample = {
        minutes: (performance.now() - startMs) / 60_000,
        alarm: processFigures(pids.alarm),
        link: processFigures(pids.link),
        framesPerSecond: await framesPerSecond(),
      };
      samples.push(sample);
      onSample(sample);
    }
    return { readyMs, samples };
  } finally {
    await around.close();
  }
}
