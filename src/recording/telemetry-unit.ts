import type { FrameTelemetry } from "#core/frames/frame-telemetry.ts";
import type { StatedUnit } from "./clip.ts";

/** What a camera says its pixels are: temperatures only with TLinear on and automatic gain control off. */
export function telemetryUnit(telemetry: FrameTelemetry): StatedUnit {
  if (telemetry.agcEnabled === true || telemetry.tLinearEnabled === false) return "counts";
  if (telemetry.tLinearEnabled === null) return "unstated";
  return telemetry.tLinearResolutionKelvin === 0.1 ? "decikelvin" : "centikelvin";
}
