import type { ManualClock } from "./manual-clock.ts";

/** Lets simulated time pass in small steps, with a turn for what was promised after each. */
export async function passMs(clock: ManualClock, ms: number): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += 10) {
    clock.advanceMs(10);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
