import { setImmediate } from "node:timers/promises";
import type { SimulatedClock } from "#core/simulated-clock.ts";

/** Lets time pass timer by timer, and what waits for each timer go on before the next: for drivers that await. */
export async function passSimulatedTime(clock: SimulatedClock, ms: number): Promise<void> {
  const endMs = clock.monotonicMs() + ms;
  for (;;) {
    await setImmediate();
    const nextMs = clock.msToNextTimer;
    const leftMs = endMs - clock.monotonicMs();
    if (nextMs === null || nextMs > leftMs) {
      clock.advanceMs(Math.max(0, leftMs));
      await setImmediate();
      return;
    }
    clock.advanceMs(nextMs);
  }
}
