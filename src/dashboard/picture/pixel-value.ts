import { severeCelsius } from "#core/features/centikelvin.ts";
import type { GainMode } from "#core/frames/frame-telemetry.ts";
import type { LiveFrame } from "#wire/live-frame-codec.ts";

/** Celsius of a centikelvin pixel is value / 100 − 273.15. */
const zeroCelsiusCentikelvin = 27_315;
/** The largest value a pixel can carry: the true temperature is this or more. */
const pixelMax = 65_535;

/** Temperature of a centikelvin pixel in °C. */
export function celsiusOfPixel(centikelvin: number): number {
  return (centikelvin - zeroCelsiusCentikelvin) / 100;
}

/** The centikelvin pixel value of a temperature, not rounded. */
export function pixelOfCelsius(celsius: number): number {
  return celsius * 100 + zeroCelsiusCentikelvin;
}

/** End of the range in which a temperature is measured, in °C; above it the true one is this or more. */
export function rangeEndCelsius(gain: GainMode | undefined): number {
  // As on the device, a source that does not say is taken for high gain.
  return gain === "low" ? Number.POSITIVE_INFINITY : severeCelsius;
}

/** A temperature in words: "23.4 °C", or "≥ 140 °C" beyond what the camera can measure in its gain. */
export function celsiusText(celsius: number, gain: GainMode | undefined): string {
  const end = rangeEndCelsius(gain);
  return celsius >= end ? `≥ ${end} °C` : `${celsius.toFixed(1)} °C`;
}

/**
 * A pixel in words: "23.4 °C", "≥ 140 °C" beyond the range of high gain, "≥ 382.2 °C" at the ceiling of low gain,
 * "2,871 counts" where the camera gives no temperatures.
 */
export function pixelText(pixel: number, camera: Pick<LiveFrame, "unit" | "gain">): string {
  if (camera.unit === "raw-counts") return `${Math.round(pixel).toLocaleString("en")} counts`;
  const text = celsiusText(celsiusOfPixel(pixel), camera.gain);
  return pixel >= pixelMax && camera.gain === "low" ? `≥ ${text}` : text;
}
