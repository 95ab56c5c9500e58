import type { FrameTelemetry } from "#core/frames/frame-telemetry.ts";
import { leptonHeight, leptonWidth, type ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { Random } from "#core/random.ts";
import { EmulatedDetector } from "./emulated-detector.ts";
import { type FlatFieldMoment, ffcPeriodSeconds, flatFieldAt } from "./flat-field-schedule.ts";

/** Where TLinear counts stop in high gain, as users report (181.35 °C); it looks like a valid number. */
export const highGainCeilingCounts = 45_450;

/** The camera was switched on this long before the scene begins; drawn by lot, so that two rooms do not correct together. */
const shortestUptimeSeconds = 6;
const longestUptimeSeconds = ffcPeriodSeconds - 20;
const startUpCorrectionSeconds = 1.2;
/** The detector's own temperature: warms up after power-on and then stays. */
const coldFpaKelvin = 298;
const fpaWarmingKelvin = 7;
const fpaWarmingSeconds = 600;
const housingBelowFpaKelvin = 1.5;

/** What the module gets to see: fills a picture with band radiance in W·m⁻²·sr⁻¹, already blurred by the lens. */
export type SceneRenderer = () => Float32Array;

/**
 * The emulated camera module: turns radiance into the counts and telemetry of a Lepton 3.5 in high gain with TLinear at
 * 0.01 K, with its noise, bad pixels, ceiling, flat-field corrections and the frozen pictures during them.
 */
export class ThermalModule {
  readonly #detector: EmulatedDetector;
  readonly #serialNumber: string;
  readonly #uptimeAtStartSeconds: number;
  #frozen: Uint16Array | null = null;
  #corrections: number;
  #frameCounter: number;

  constructor(random: Random) {
    this.#detector = new EmulatedDetector(random);
    this.#serialNumber = `emulated-${random.integer(1_000_000)}`;
    this.#uptimeAtStartSeconds = random.between(shortestUptimeSeconds, longestUptimeSeconds);
    this.#frameCounter = Math.floor(this.#uptimeAtStartSeconds * 8.7);
    this.#corrections = flatFieldAt(this.#uptimeAtStartSeconds, startUpCorrectionSeconds).completed;
  }

  /** Takes one picture, `seconds` after the scene began; the scene is not looked at while the shutter is closed. */
  take(at: {
    readonly capturedAtMicros: number;
    readonly seconds: number;
    readonly scene: SceneRenderer;
  }): ThermalFrame {
    const uptime = this.#uptimeAtStartSeconds + at.seconds;
    const shutter = flatFieldAt(uptime, startUpCorrectionSeconds);
    if (shutter.completed !== this.#corrections) this.#detector.correct();
    this.#corrections = shutter.completed;
    const pixels = this.#pixels(at.scene, { shutter, uptime });
    this.#frameCounter += 1;
    return {
      width: leptonWidth,
      height: leptonHeight,
      capturedAtMicros: at.capturedAtMicros,
      frameCounter: this.#frameCounter,
      unit: "centikelvin",
      pixels,
      telemetry: this.#telemetry(uptime, shutter),
    };
  }

  #pixels(scene: SceneRenderer, at: { shutter: FlatFieldMoment; uptime: number }): Uint16Array {
    // Frozen before the first picture only when the scene begins inside a correction.
    if (at.shutter.state !== "in-progress" || this.#frozen === null) this.#frozen = this.#counts(scene(), at);
    return this.#frozen.slice();
  }

  #counts(radiance: Float32Array, at: { shutter: FlatFieldMoment; uptime: number }): Uint16Array {
    const seen = this.#detector.see(radiance, {
      framesPassed: 1,
      secondsSinceCorrection: Math.max(0, at.uptime - at.shutter.lastEndedAtSeconds),
      gain: "high",
    });
    const counts = new Uint16Array(seen.length);
    for (let i = 0; i < counts.length; i += 1)
      counts[i] = Math.min(highGainCeilingCounts, Math.max(0, seen[i]! + 0.5));
    return counts;
  }

  #telemetry(uptimeSeconds: number, shutter: FlatFieldMoment): FrameTelemetry {
    const fpa = fpaKelvin(uptimeSeconds);
    return {
      uptimeMs: Math.round(uptimeSeconds * 1000),
      ffcState: shutter.state,
      ffcDesired: shutter.state === "imminent",
      lastFfcUptimeMs: Math.round(shutter.lastEndedAtSeconds * 1000),
      agcEnabled: false,
      shutterLockout: false,
      overTemperature: false,
      fpaTemperatureKelvin: fpa,
      fpaTemperatureAtLastFfcKelvin: fpaKelvin(shutter.lastEndedAtSeconds),
      housingTemperatureKelvin: Math.round((fpa - housingBelowFpaKelvin) * 100) / 100,
      effectiveGain: "high",
      tLinearEnabled: true,
      tLinearResolutionKelvin: 0.01,
      serialNumber: this.#serialNumber,
      words: null,
    };
  }
}

/** In steps of 0.01 K, as the telemetry word has it. */
function fpaKelvin(uptimeSeconds: number): number {
  const kelvin = coldFpaKelvin + fpaWarmingKelvin * (1 - Math.exp(-uptimeSeconds / fpaWarmingSeconds));
  return Math.round(kelvin * 100) / 100;
}
