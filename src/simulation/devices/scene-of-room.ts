import type { GainMode } from "#core/frames/frame-telemetry.ts";
import type { Random } from "#core/random.ts";
import { microsPerSecond } from "#core/time.ts";
import type { CameraLoops } from "./camera-loops.ts";
import { type DetectorUnit, EmulatedDetector } from "./emulated-detector.ts";
import { segmentPeriodMicros, segmentsPerCycle } from "./emulated-vospi-stream.ts";

/** Time from one unique picture of the module to the next. */
const frameMicros = segmentsPerCycle * segmentPeriodMicros;

/** Something to look at: band radiance in W·m⁻²·sr⁻¹, blurred by the lens, at times that only go forward. */
export interface RadianceSource {
  radianceAt(atMicros: number): Float32Array;
}

/** Options of `SceneOfRoom`. */
export interface SceneOfRoomOptions extends DetectorUnit {
  readonly room: RadianceSource;
  /** For the detector's noise, bad pixels and bias. */
  readonly random: Random;
  /**
   * When the noise begins to go by; pictures before are of a moment and change nothing after. Default: with the first
   * picture.
   */
  readonly startMicros?: number;
  /** When the correction before the first picture ended. Default: with the first picture. */
  readonly correctedAtMicros?: number;
  /** What runs the detector's loops over all pixels; plain TypeScript where left out. */
  readonly loops?: CameraLoops | undefined;
}

/**
 * An emulated room as an emulated Lepton's detector sees it: with the detector's noise and bad pixels; corrections are
 * the emulated Lepton's business. Give it `scene` and `onCorrection`.
 */
export class SceneOfRoom {
  /** Apparent temperatures at a time, in hundredths of a kelvin; overwritten by the next call. */
  readonly scene: (atMicros: number, gain: GainMode) => Float32Array;
  /** A flat-field correction has ended: the fixed pattern is drawn anew. */
  readonly onCorrection: () => void;
  readonly #room: RadianceSource;
  readonly #detector: EmulatedDetector;
  readonly #startMicros: number;
  #correctedAtMicros: number | null;
  #isCorrected = false;
  #lookedAtMicros: number | null = null;

  constructor(options: SceneOfRoomOptions) {
    this.#room = options.room;
    this.#detector = new EmulatedDetector(options.random, options);
    this.#startMicros = options.startMicros ?? Number.NEGATIVE_INFINITY;
    this.#correctedAtMicros = options.correctedAtMicros ?? null;
    this.scene = (atMicros, gain) => this.#look(atMicros, gain);
    this.onCorrection = () => {
      // However many there were since the last picture, the pattern in the next one is a new one.
      this.#isCorrected = this.#lookedAtMicros !== null;
    };
  }

  #look(atMicros: number, gain: GainMode): Float32Array {
    const radiance = this.#room.radianceAt(atMicros);
    if (atMicros < this.#startMicros)
      return this.#detector.see(radiance, { framesPassed: 0, secondsSinceCorrection: 0, gain });
    if (this.#isCorrected) {
      this.#detector.correct();
      // The correction has ended shortly before the first picture after it.
      this.#correctedAtMicros = atMicros;
      this.#isCorrected = false;
    }
    this.#correctedAtMicros ??= atMicros;
    const passed = this.#lookedAtMicros === null ? 1 : (atMicros - this.#lookedAtMicros) / frameMicros;
    this.#lookedAtMicros = atMicros;
    return this.#detector.see(radiance, {
      framesPassed: Math.max(1, Math.round(passed)),
      secondsSinceCorrection: Math.max(0, atMicros - this.#correctedAtMicros) / microsPerSecond,
      gain,
    });
  }
}
