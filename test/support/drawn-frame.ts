import type { FrameTelemetry } from "#core/frames/frame-telemetry.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";

/** Temperature in °C at a place of the picture; places are pixels from the top left, fractions allowed. */
export type Scene = (x: number, y: number) => number;

/** What to draw. */
export interface DrawnFrameOptions {
  readonly width?: number;
  readonly height?: number;
  readonly atMicros?: number;
  readonly frameCounter?: number;
  readonly telemetry?: Partial<FrameTelemetry>;
}

/** Centikelvin of a scene, rounded and held within 16 bits as a camera does. */
export function drawPixels(scene: Scene, size: { width: number; height: number }): Uint16Array {
  const pixels = new Uint16Array(size.width * size.height);
  for (let y = 0; y < size.height; y += 1)
    for (let x = 0; x < size.width; x += 1)
      pixels[y * size.width + x] = Math.min(Math.max(Math.round(100 * scene(x, y) + 27_315), 0), 65_535);
  return pixels;
}

/** A frame of a scene as a camera would send it; 160×120 at time 0 unless said otherwise. */
export function drawFrame(scene: Scene, options: DrawnFrameOptions = {}): ThermalFrame {
  const { width = 160, height = 120, atMicros = 0, frameCounter = 0, telemetry } = options;
  return {
    width,
    height,
    capturedAtMicros: atMicros,
    frameCounter,
    unit: "centikelvin",
    pixels: drawPixels(scene, { width, height }),
    telemetry: telemetry === undefined ? null : { ...silentTelemetry, ...telemetry },
  };
}

/**
 * A point source as the lens shows it: a Gaussian of `blurPixels` integrated over each pixel, `peakKelvin` in all when
 * it fell on one pixel alone.
 */
export function blurredPoint(point: { x: number; y: number; peakKelvin: number; blurPixels: number }): Scene {
  const share = (distance: number) => {
    const scale = point.blurPixels * Math.SQRT2;
    return (erf((distance + 0.5) / scale) - erf((distance - 0.5) / scale)) / 2;
  };
  return (x, y) => point.peakKelvin * share(x - point.x) * share(y - point.y);
}

const silentTelemetry: FrameTelemetry = {
  uptimeMs: null,
  ffcState: null,
  ffcDesired: null,
  lastFfcUptimeMs: null,
  agcEnabled: null,
  shutterLockout: null,
  overTemperature: null,
  fpaTemperatureKelvin: null,
  fpaTemperatureAtLastFfcKelvin: null,
  housingTemperatureKelvin: null,
  effectiveGain: null,
  tLinearEnabled: null,
  tLinearResolutionKelvin: null,
  serialNumber: null,
  words: null,
};

/** Abramowitz and Stegun 7.1.26, to 1.5e-7. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - series * Math.exp(-x * x));
}
