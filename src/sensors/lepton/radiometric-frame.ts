import type { FrameTelemetry } from "#core/frames/frame-telemetry.ts";
import { parseLeptonTelemetry, telemetryFrameCounter } from "#core/frames/lepton-telemetry.ts";
import { leptonHeight, leptonWidth, type PixelUnit, type ThermalFrame } from "#core/frames/thermal-frame.ts";

/** Hundredths of a kelvin in the coarser of the two resolutions of TLinear. */
const centikelvinPerTenth = 10;

/** Largest value of a pixel: 382.2 °C in hundredths of a kelvin. Hotter pixels stay at it. */
const pixelMax = 65_535;

/** A picture with the telemetry that came with it. */
export interface LeptonPicture {
  /** 160 · 120 values; they are converted in place. */
  readonly pixels: Uint16Array;
  /** Rows A, B and C, 240 words. */
  readonly telemetryWords: Uint16Array;
  /** Whole microseconds since the Unix epoch. */
  readonly arrivedAtMicros: number;
}

/**
 * Makes a picture of one with telemetry. What its pixels mean is taken from its own telemetry, never from what was set:
 * temperatures only with TLinear on and gain control off. Pixels in tenths of a kelvin become hundredths.
 */
export function radiometricFrame({ pixels, telemetryWords, arrivedAtMicros }: LeptonPicture): ThermalFrame {
  const telemetry = parseLeptonTelemetry(telemetryWords);
  const unit = pixelUnit(telemetry);
  if (unit === "centikelvin" && telemetry.tLinearResolutionKelvin === 0.1) refine(pixels);
  return {
    width: leptonWidth,
    height: leptonHeight,
    capturedAtMicros: arrivedAtMicros,
    frameCounter: telemetryFrameCounter(telemetryWords),
    unit,
    pixels,
    telemetry,
  };
}

function pixelUnit({ tLinearEnabled, agcEnabled }: FrameTelemetry): PixelUnit {
  return tLinearEnabled === true && agcEnabled === false ? "centikelvin" : "raw-counts";
}

function refine(pixels: Uint16Array): void {
  for (let i = 0; i < pixels.length; i += 1) {
    pixels[i] = Math.min(pixels[i]! * centikelvinPerTenth, pixelMax);
  }
}
