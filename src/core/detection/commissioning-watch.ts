import type { TroubleCode } from "../alarm/trouble.ts";
import { commissionedHotCelsius } from "../features/commissioned-heat.ts";
import { regionFeatureNames } from "../features/feature-schema.ts";
import type { CommissionedHeat, FeatureSecond, RegionObservation } from "../features/feature-second.ts";
import { type FaultReport, WatchedFault } from "./watched-fault.ts";

/** Seconds of pictures without the heat that end the fault: a flame hides behind its own smoke for a few. */
const cooledSeconds = 30;

/** It counts as cooled this far below the temperature it was told for. */
const cooledKelvin = 10;

const peakFeature = regionFeatureNames.indexOf("r_peak");

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
  /** "told": the fault follows the heat. */
  #heat: "new" | "told" | "confirmed";

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
    this.#heat = fault.standing ? "told" : options.heat;
  }

  /** Takes in a closed second. */
  closeSecond(second: FeatureSecond): void {
    const { atMicros, validFrames, commissionedHot } = second;
    if (validFrames === 0 || this.#heat === "confirmed") return;
    const isHot = commissionedHot !== null && (this.#heat === "new" || isStillHot(second, commissionedHot));
    if (commissionedHot !== null) this.#heat = "told";
    this.#fault.watch({
      atMicros,
      sign: isHot,
      seconds: 1,
      ...(commissionedHot === null ? {} : { text: textOf(commissionedHot) }),
    });
  }

  /** A person has looked, and the heat belongs there. */
  confirm(atMicros: number): void {
    if (!this.#fault.active) return;
    this.#heat = "confirmed";
    this.#fault.clear(atMicros);
  }
}

function textOf({ x, y, celsius, pixels }: CommissionedHeat): string {
  const where = `at column ${x}, row ${y} (${celsius.toFixed(0)} °C, ${pixels} hot pixels in all)`;
  return `${text.slice(0, -1)}: look ${where}. If it belongs there, reset to confirm it; if it burns, call for help at once.`;
}

/** What commissioning found so hot is above every background, so that it is a region for as long as it is hot. */
function isStillHot(second: FeatureSecond, heat: CommissionedHeat): boolean {
  const isHeat = (region: RegionObservation): boolean => {
    const { left, right, top, bottom } = region.box;
    const isThere = heat.x >= left && heat.x <= right && heat.y >= top && heat.y <= bottom;
    const wasHot = region.commissionedCelsius >= commissionedHotCelsius;
    return (isThere || wasHot) && region.features[peakFeature]! >= commissionedHotCelsius - cooledKelvin;
  };
  return second.tracked.some(isHeat) || second.severeMasked.some(isHeat);
}
