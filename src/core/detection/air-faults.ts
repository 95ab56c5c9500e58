import type { TroubleCode } from "../alarm/trouble.ts";
import { type FaultReport, WatchedFault, type WatchedFaultOptions } from "./watched-fault.ts";

/** Good readings in a row that end a fault: a minute of an SCD41, so that a sick sensor does not come and go. */
const restoreReadings = 12;

const faults: Readonly<Record<AirFaultName, Omit<WatchedFaultOptions, "standing">>> = {
  silent: {
    code: "air-silent",
    text: "The air sensor sends no new readings, or too few: check its cable and power. The room's air is not watched.",
    restoredText: "The air sensor sends readings again.",
    raiseSeconds: 0,
    clearSeconds: 0,
  },
  implausible: {
    code: "air-implausible",
    text: "The air sensor's readings cannot be true.",
    restoredText: "The air sensor's readings are plausible again.",
    raiseSeconds: 1,
    clearSeconds: restoreReadings,
  },
  stuck: {
    code: "air-stuck",
    text: "The air sensor has sent the very same reading for minutes: switch it off and on, then replace it. The room's air is not watched.",
    restoredText: "The air sensor's readings move again.",
    raiseSeconds: 0,
    clearSeconds: 3,
  },
  calibration: {
    code: "air-calibration",
    text: "The air sensor has read less CO2 than there is outdoors (under 350 ppm) for an hour: recalibrate it in fresh air (emberwatch doctor scd41 --recalibrate 420).",
    restoredText: "The air sensor's CO2 is no longer below that of outdoor air.",
    raiseSeconds: 3_600,
    clearSeconds: 600,
  },
};

type AirFaultName = "silent" | "implausible" | "stuck" | "calibration";

/** The faults of an air sensor that its readings show. */
export type AirFaults = Readonly<Record<AirFaultName, WatchedFault>>;

/** The faults of an air sensor, those of `standing` standing already. */
export function airFaults(standing: ReadonlySet<TroubleCode>, report: FaultReport): AirFaults {
  const watched = (name: AirFaultName): WatchedFault =>
    new WatchedFault({ ...faults[name], standing: standing.has(faults[name].code) }, report);
  return {
    silent: watched("silent"),
    implausible: watched("implausible"),
    stuck: watched("stuck"),
    calibration: watched("calibration"),
  };
}
