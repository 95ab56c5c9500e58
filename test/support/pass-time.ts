import { passSimulatedTime } from "#cli/simulate/pass-simulated-time.ts";
import type { ManualClock } from "./manual-clock.ts";

/** Lets time pass timer by timer, and what waits for each timer go on before the next: for drivers that await. */
export async function passTime(clock: ManualClock, ms: number): Promise<void> {
  await passSimulatedTime(clock, ms);
}
