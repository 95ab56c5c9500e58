import type { TroubleCode } from "../alarm/trouble.ts";
import { type FaultReport, WatchedFault } from "./watched-fault.ts";

/** Jumps are counted over so many ticks, which come once a second. */
const jumpTicks = 600;

/** So many jumps in that time are a fault: one is a clock that is set, two a machine that starts and finds its time. */
const jumpsMin = 3;

/** Finds out whether the device's clock can be relied upon: each jump begins the feature histories anew. */
export class ClockWatch {
  readonly #fault: WatchedFault;
  /** Ticks since each of the last jumps, the oldest first; `jumpsMin` at most. */
  readonly #jumps: number[] = [];

  constructor(options: { readonly standing: ReadonlySet<TroubleCode>; readonly report: FaultReport }) {
    const code = "clock-jumps";
    const fault = {
      code,
      text: "The device's clock jumps again and again, and each jump begins the histories anew, so that fire is seen later: check its time server and its clock battery.",
      restoredText: "The device's clock runs evenly again.",
      raiseSeconds: 0,
      clearSeconds: jumpTicks,
      standing: options.standing.has(code),
    } as const;
    this.#fault = new WatchedFault(fault, options.report);
  }

  /** Takes in a tick, and whether time jumped with it. */
  tick(now: { readonly atMicros: number; readonly jumped: boolean }): void {
    const jumps = this.#jumps;
    for (let k = 0; k < jumps.length; k += 1) jumps[k]! += 1;
    if (now.jumped) jumps.push(0);
    while (jumps.length > jumpsMin || (jumps[0] ?? 0) >= jumpTicks) jumps.shift();
    if (jumps.length >= jumpsMin && now.jumped)
      this.#fault.watch({ atMicros: now.atMicros, sign: true, seconds: 1 });
    else if (!now.jumped) this.#fault.watch({ atMicros: now.atMicros, sign: false, seconds: 1 });
  }
}
