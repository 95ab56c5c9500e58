import type { TroubleCode } from "../alarm/trouble.ts";
import { type FaultReport, WatchedFault, type WatchedFaultOptions } from "./watched-fault.ts";

/** Seconds without a new frame after which a camera that has worked is silent. */
export const cameraSilentSeconds = 3;

/** Seconds a camera is given for its first frame: start of the module, first FFC, a driver that synchronises. */
export const cameraStartSeconds = 10;

const faults: Readonly<Record<CameraFaultName, Omit<WatchedFaultOptions, "standing">>> = {
  silent: {
    code: "camera-silent",
    text: "The thermal camera sends no new pictures: check its cable and power, then restart the device. The room is not watched by heat.",
    restoredText: "The thermal camera sends new pictures again.",
    raiseSeconds: cameraSilentSeconds,
    clearSeconds: 2,
  },
  frozen: {
    code: "camera-frozen",
    text: "The thermal camera sends the same picture again and again: restart it. The room is not watched by heat.",
    restoredText: "The thermal camera's picture moves again.",
    raiseSeconds: 3,
    clearSeconds: 2,
  },
  notRadiometric: {
    code: "camera-not-radiometric",
    text: "The thermal camera sends raw counts instead of temperatures: switch TLinear on, or give a calibration. The room is not watched by heat.",
    restoredText: "The thermal camera sends temperatures.",
    raiseSeconds: 0,
    clearSeconds: 2,
  },
  overTemperature: {
    code: "camera-over-temperature",
    text: "The thermal camera is too hot (about 80 °C) and will switch itself off: cool it or move it, and look at the room.",
    restoredText: "The thermal camera's own temperature is in order again.",
    raiseSeconds: 0,
    clearSeconds: 5,
  },
  shutterLockout: {
    code: "camera-shutter-lockout",
    text: "The thermal camera is too cold or too hot to calibrate itself, so its temperatures drift: bring it to between -10 and 80 °C.",
    restoredText: "The thermal camera can calibrate itself again.",
    raiseSeconds: 2,
    clearSeconds: 5,
  },
  saturated: {
    code: "camera-saturated",
    text: "At least half of the picture is at the end of the camera's range: look at the room at once; if nothing burns, keep the sun or the hot object out of the picture.",
    restoredText: "The picture is within the camera's range again.",
    raiseSeconds: 3,
    clearSeconds: 3,
  },
  badPixels: {
    code: "camera-bad-pixels",
    text: "Too many of the camera's pixels are bad: replace the camera.",
    restoredText: "The number of bad pixels is in order.",
    raiseSeconds: 0,
    clearSeconds: 0,
  },
  ffcOverdue: {
    code: "camera-ffc-overdue",
    text: "The thermal camera has not calibrated itself for 9 minutes or more, so its temperatures drift: set its FFC mode to automatic; if it is, its shutter is stuck and it must be replaced.",
    restoredText: "The thermal camera has calibrated itself.",
    raiseSeconds: 5,
    clearSeconds: 2,
  },
  slow: {
    code: "camera-slow",
    text: "The thermal camera sends far fewer pictures than it should: check its cable and the machine's load. Flames are seen later.",
    restoredText: "The thermal camera sends as many pictures as it should.",
    raiseSeconds: 10,
    clearSeconds: 10,
  },
  masked: {
    code: "camera-masked",
    text: "Masks cover the whole picture: nothing in the room is watched but heat of 140 °C or more. Make the masks smaller.",
    restoredText: "Part of the picture is watched again.",
    raiseSeconds: 3,
    clearSeconds: 3,
  },
  framesRejected: {
    code: "frames-rejected",
    text: "Too many pictures of the thermal camera cannot be used.",
    restoredText: "The thermal camera's pictures can be used again.",
    raiseSeconds: 0,
    clearSeconds: 0,
  },
};

type CameraFaultName =
  | "silent"
  | "frozen"
  | "notRadiometric"
  | "overTemperature"
  | "shutterLockout"
  | "saturated"
  | "badPixels"
  | "ffcOverdue"
  | "slow"
  | "masked"
  | "framesRejected";

/** The faults of a thermal camera. */
export type CameraFaults = Readonly<Record<CameraFaultName, WatchedFault>>;

/** The faults of a thermal camera, those of `standing` standing already. */
export function cameraFaults(standing: ReadonlySet<TroubleCode>, report: FaultReport): CameraFaults {
  const watched = (name: CameraFaultName): WatchedFault =>
    new WatchedFault({ ...faults[name], standing: standing.has(faults[name].code) }, report);
  return {
    silent: watched("silent"),
    frozen: watched("frozen"),
    notRadiometric: watched("notRadiometric"),
    overTemperature: watched("overTemperature"),
    shutterLockout: watched("shutterLockout"),
    saturated: watched("saturated"),
    badPixels: watched("badPixels"),
    ffcOverdue: watched("ffcOverdue"),
    slow: watched("slow"),
    masked: watched("masked"),
    framesRejected: watched("framesRejected"),
  };
}
