import { celsiusOfCentikelvin, pixelCentikelvinMax } from "../features/centikelvin.ts";
import type { GainMode } from "../frames/frame-telemetry.ts";

/**
 * Where a picture's readings end in °C: what stands there is "at least that hot". In high gain users report 181.35 °C (the
 * data sheet promises 140 °C and is silent about the rest), and 180 °C are taken; in low gain the 16 bits of a pixel end.
 */
export const readingEndCelsius: Readonly<Record<GainMode, number>> = {
  high: 180,
  low: celsiusOfCentikelvin(pixelCentikelvinMax),
};

/**
 * The hottest peak in °C that a hot zone may accept in a gain: 30 K below the end of the readings, so that severe heat over
 * the ceiling can still be seen.
 */
export const acceptedCelsiusMax: Readonly<Record<GainMode, number>> = { high: 150, low: 350 };
