import { Random } from "#core/random.ts";
import { SimulatedClock } from "#core/simulated-clock.ts";
import { SimulatedLogDisk } from "#simulation/machine/simulated-event-log.ts";
import type { KillsResult } from "./event-log-kills.ts";

/** Cuts the power of a simulated disk at random moments while a log on it appends, and counts as `killAppenders` does. */
export async function cutPowerOfAppenders(options: {
  readonly cuts: number;
  readonly seed: number;
}): Promise<KillsResult> {
  const clock = new SimulatedClock(0);
  const random = new Random(options.seed);
  const disk = new SimulatedLogDisk({ clock, random, entriesMax: 1_000_000 });
  const appended = new Set<number>();
  const removed = new Set<number>();
  const there = new Set<number>();
  let twice = 0;
  for (let cut = 0; cut < options.cuts; cut += 1) {
    const log = disk.open();
    for (let n = cut * 1_000; n < cut * 1_000 + random.integer(30); n += 1) {
      const entry = { id: `entry-${n}`, class: "alarm", body: "{}" } as const;
      const append = log.append(entry).then((sequence) => {
        appended.add(n);
        if (n % 3 === 0) return log.remove([sequence]).then(() => void removed.add(n));
        return undefined;
      });
      append.catch(() => undefined);
    }
    for (let turn = random.integer(40); turn > 0; turn -= 1) {
      clock.advanceMs(10);
      await new Promise((resolve) => setImmediate(resolve));
    }
    disk.cutPower();
  }
  const read = disk.open().read({ after: 0, max: 1_000_000 });
  clock.advanceMs(100);
  for (const { id } of await read) {
    const n = Number(id.slice("entry-".length));
    if (there.has(n)) twice += 1;
    there.add(n);
  }
  return {
    kills: options.cuts,
    appended: appended.size,
    lost: [...appended].filter((n) => !there.has(n) && n % 3 !== 0).length,
    cameBack: [...removed].filter((n) => there.has(n)).length,
    twice,
  };
}
