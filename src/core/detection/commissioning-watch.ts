import type { TroubleCode } from "../alarm/trouble.ts";
import type { FeatureSecond } from "../features/feature-second.ts";
import { type FaultReport, WatchedFault } from "./watched-fault.ts";

/** Seconds of pictures without the heat that end the fault: a flame hides behind its own smoke for a few. */
const cooledSeconds = 30;

const text = "Something was hot when the device learnt the room, so that heat there raises no alarm.";

/** How a CommissioningWatch is made. */
export interface CommissioningWatchOptions {
  readonly standing: ReadonlySet<TroubleCode>;
  readonly report: FaultReport;
  /** "confirmed": the room was learnt before a restart, so that its heat was told then. */
  readonly heat: "new" | "confirmed";
}

/**
 * Tells that the room was learnt with something hot in it. Nothing can say from the picture whether that is a stove or a
 * fire that was there first, so a person has to: the fault stands until the heat is gone or somebody resets.
 */
export class CommissioningWatch {
  readonly #fault: WatchedFault;
  #heat: "new" | "confirmed";

  constructor(options: CommissioningWatchOptions) {
    const code = "hot-at-commissioning";
    const fault = {
      code,
      text,
      restoredText: "What was hot when the device learnt the room has been confirmed or has cooled.",
      raiseSeconds: 0,
      clearSeconds: cooledSeconds,
      standing: options.standing.has(code),
    } as const;
    this.#fault = new WatchedFault(fault, options.report);
    this.#heat = options.heat;
  }

  /** Takes in a closed second. */
  closeSecond({ atMicros, validFrames, commissionedHot }: FeatureSecond): void {
    if (validFrames === 0) return;
    if (commissionedHot === null) {
      this.#fault.watch({ atMicros, sign: false, seconds: 1 });
      return;
    }
    if (this.#heat === "confirmed") return;
    const { x, y, celsius, pixels } = commissionedHot;
    const where = `at column ${x}, row ${y} (${celsius.toFixed(0)} °C, ${pixels} hot pixels in all)`;
    this.#fault.watch({
      atMicros,
      sign: true,
      seconds: 1,
      text: `${text.slice(0, -1)}: look ${where}. If it belongs there, reset to confirm it; if it burns, call for help at once.`,
    });
  }

  /** A person has looked, and the heat belongs there. */
  confirm(atMicros: number): void {
    if (!this.#fault.active) return;
    this.#heat = "confirmed";
    this.#fault.clear(atMicros);
  }
}
