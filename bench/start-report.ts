import { PackedDevice, type StartedDevice } from "./packed-device.ts";
import { processFigures } from "./process-figures.ts";

/** The promise of a device: milliseconds from the start of its process until it decides. */
export const readyMsMax = 2_000;

interface Start {
  readonly readyMs: number;
  readonly judgedMs: number;
  /** Of the alarm process, until the hub had the first judged second. */
  readonly cpuSeconds: number;
}

/**
 * Starts the device's package so many times, one after the other, prints how soon it decided and judged, and returns
 * whether each start kept the promise.
 */
export async function reportStart(starts: number): Promise<boolean> {
  console.log(
    `\n${starts} starts of the device's package, each with data of its own: an emulated Lepton and SCD41 and the hub in other processes`,
  );
  console.log(`  ${["start", "ready ms", "judged ms", "CPU s"].map((cell) => cell.padStart(11)).join("")}`);
  const done: Start[] = [];
  const around = await PackedDevice.open();
  try {
    for (let start = 1; start <= starts; start += 1) {
      const device = await around.start();
      done.push(figuresOf(device));
      printStart(start, done.at(-1)!);
      await device.stop();
    }
  } finally {
    await around.close();
  }
  return verdict(done);
}

function figuresOf({ readyMs, judgedMs, pids }: StartedDevice): Start {
  return { readyMs, judgedMs, cpuSeconds: processFigures(pids.alarm).cpuSeconds };
}

function printStart(start: number, { readyMs, judgedMs, cpuSeconds }: Start): void {
  const cells = [String(start), readyMs.toFixed(0), judgedMs.toFixed(0), cpuSeconds.toFixed(2)];
  console.log(`  ${cells.map((cell) => cell.padStart(11)).join("")}`);
}

function verdict(starts: readonly Start[]): boolean {
  const [first, ...further] = starts;
  const worst = Math.max(...starts.map(({ readyMs }) => readyMs));
  console.log(
    `\n  ready: it decides, and systemd is told READY=1. judged: the hub has the first judged second.`,
  );
  console.log(`  the first start, with nothing compiled yet: ready after ${first!.readyMs.toFixed(0)} ms`);
  if (further.length > 0) {
    const [ready, judged] = (["readyMs", "judgedMs"] as const).map((key) =>
      median(further.map((start) => start[key])),
    );
    console.log(
      `  the others: ready after ${ready!.toFixed(0)} ms, judged after ${judged!.toFixed(0)} ms (medians)`,
    );
  }
  return tellReady(worst, "each start ready");
}

/** Prints whether a start kept the promise, and returns it. */
export function tellReady(readyMs: number, what: string): boolean {
  const kept = readyMs < readyMsMax;
  const told = `${what} in under ${readyMsMax / 1_000} s (${(readyMs / 1_000).toFixed(2)} s)`;
  console.log(`  ${kept ? "kept  " : "BROKEN"}  ${told}`);
  return kept;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
