import { assert } from "#core/failure.ts";
import type { GainMode } from "#core/frames/frame-telemetry.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { CameraLoops } from "./camera-loops.ts";
import { cci, type LeptonSettings } from "./emulated-lepton-settings.ts";
import { PlainCameraLoops } from "./plain-camera-loops.ts";

/**
 * What the camera looks at: the apparent temperature of each of 160·120 pixels at a moment, in hundredths of a kelvin,
 * row by row, in a gain. Asked for with increasing times. Values may exceed 65,535 (382.2 °C): only low gain shows them.
 */
export type LeptonScene = (atMicros: number, gain: GainMode) => ArrayLike<number>;

/** Pixels of a picture. */
export const leptonPixels = leptonWidth * leptonHeight;

/** Where the readings stop, in hundredths of a kelvin. */
export interface LeptonCeilings {
  readonly high: number;
  readonly low: number;
}

/**
 * High gain: 181.35 °C, as users report (the data sheet promises 140 °C and is silent about the rest); low gain:
 * 450 °C, the data sheet's typical value.
 */
export const leptonCeilings: LeptonCeilings = { high: 45_450, low: 72_315 };

/** A pixel that sees the camera's own temperature (Lepton engineering data sheet: about 4096 of 16,384). */
const countsAtOwnTemperature = 4_096;
/** Counts per hundredth of a kelvin without TLinear. Assumed: the data sheet gives no responsivity for 3.5. */
const countsPerCentikelvin = { high: 0.36, low: 0.09 } as const;
const countsMax = 16_383;
const agcMax = 255;

/** Readings are off by so much after a change of gain until the shutter has been seen. Assumed. */
const uncorrectedOffsetCentikelvin = 400;

/** What a picture depends on besides scene and settings. */
export interface ImagerState {
  readonly gain: GainMode;
  /** The gain has changed and no flat-field correction has been made since. */
  readonly isUncorrected: boolean;
  /** The shutter is before the detector. */
  readonly isShutterClosed: boolean;
  readonly housingCentikelvin: number;
}

/** Mean, extremes and count of a part of the picture. */
export interface RegionStatistics {
  readonly mean: number;
  readonly max: number;
  readonly min: number;
  readonly count: number;
}

/** Turns what the camera looks at into the words of its pixels, as gain, TLinear and AGC have it. */
export class EmulatedImager {
  /** The newest picture, as it is sent. */
  readonly words: Uint16Array;
  /** What is before the detector, also beyond the ceiling. */
  readonly #seen: Float32Array;
  readonly #loops: CameraLoops;
  readonly #scene: LeptonScene;
  readonly #settings: LeptonSettings;
  readonly #ceilings: LeptonCeilings;
  readonly #isRadiometric: boolean;
  #mean = 0;

  constructor(options: {
    readonly scene: LeptonScene;
    readonly settings: LeptonSettings;
    readonly ceilings: LeptonCeilings;
    readonly isRadiometric: boolean;
    /** Plain TypeScript where left out. */
    readonly loops?: CameraLoops | undefined;
  }) {
    this.#loops = options.loops ?? new PlainCameraLoops();
    this.words = this.#loops.words;
    this.#seen = this.#loops.seen;
    this.#scene = options.scene;
    this.#settings = options.settings;
    this.#ceilings = options.ceilings;
    this.#isRadiometric = options.isRadiometric;
  }

  /** Whether pixels are temperatures. */
  get isLinear(): boolean {
    const settings = this.#settings;
    return (
      this.#isRadiometric &&
      settings.number(cci.radiometryEnable) === 1 &&
      settings.number(cci.tLinearEnable) === 1
    );
  }

  /** Mean of the newest picture's words. */
  get mean(): number {
    return this.#mean;
  }

  /** Hundredths of a kelvin in one count of a temperature: 1 or 10. */
  centikelvinPerCount(gain: GainMode): 1 | 10 {
    const settings = this.#settings;
    if (settings.number(cci.tLinearAutoResolution) === 1) return gain === "high" ? 1 : 10;
    return settings.number(cci.tLinearResolution) === 1 ? 1 : 10;
  }

  /** Takes the picture of this moment. */
  take(atMicros: number, state: ImagerState): void {
    this.#look(atMicros, state);
    if (this.#settings.number(cci.agcEnable) === 1) this.#stretch(state);
    else if (this.isLinear) this.#linear(state);
    else this.#counts(state);
  }

  /** The gain that the module would like by what it sees (data sheet: shares of the gain region beyond thresholds). */
  suitableGain(gain: GainMode): GainMode {
    const [left = 0, top = 0, right = 0, bottom = 0, shareDown = 0, shareUp = 0, ...thresholds] =
      this.#settings.words(cci.gainModeObject);
    const [celsiusDown = 0, celsiusUp = 0, kelvinDown = 0, kelvinUp = 0] = thresholds;
    const down = this.isLinear ? kelvinDown * 100 : celsiusDown * 100 + 27_315;
    const up = this.isLinear ? kelvinUp * 100 : celsiusUp * 100 + 27_315;
    const ceiling = this.#ceilings[gain];
    let hot = 0;
    let cool = 0;
    let count = 0;
    const seen = this.#seen;
    for (let y = top; y <= bottom; y += 1) {
      for (let x = left; x <= right; x += 1) {
        let value = seen[y * leptonWidth + x] ?? 0;
        // Written out: Math.min is many times slower here.
        if (value > ceiling) value = ceiling;
        count += 1;
        if (value > down) hot += 1;
        if (value < up) cool += 1;
      }
    }
    if (gain === "high") return 100 * hot > shareDown * count ? "low" : "high";
    return 100 * cool > shareUp * count ? "high" : "low";
  }

  /** Statistics of the newest picture's words in a rectangle, both corners inside. */
  statistics(area: { left: number; top: number; right: number; bottom: number }): RegionStatistics {
    let sum = 0;
    let max = 0;
    let min = 0xffff;
    let count = 0;
    for (let y = area.top; y <= area.bottom; y += 1) {
      for (let x = area.left; x <= area.right; x += 1) {
        const word = this.words[y * leptonWidth + x] ?? 0;
        sum += word;
        count += 1;
        if (word > max) max = word;
        if (word < min) min = word;
      }
    }
    return count === 0
      ? { mean: 0, max: 0, min: 0, count }
      : { mean: Math.round(sum / count), max, min, count };
  }

  #look(atMicros: number, state: ImagerState): void {
    const seen = this.#seen;
    if (state.isShutterClosed) {
      seen.fill(state.housingCentikelvin);
      return;
    }
    const scene = this.#scene(atMicros, state.gain);
    assert(scene.length === leptonPixels, "a scene has 160·120 pixels");
    seen.set(scene);
    if (!state.isUncorrected) return;
    for (let i = 0; i < leptonPixels; i += 1) seen[i] = seen[i]! + uncorrectedOffsetCentikelvin;
  }

  /** Cuts off what is beyond the ceiling. */
  #limit({ gain }: ImagerState): void {
    const seen = this.#seen;
    const ceiling = this.#ceilings[gain];
    for (let i = 0; i < leptonPixels; i += 1) if (seen[i]! > ceiling) seen[i] = ceiling;
  }

  #keepMean(): void {
    let sum = 0;
    for (let i = 0; i < leptonPixels; i += 1) sum += this.words[i]!;
    this.#mean = Math.round(sum / leptonPixels);
  }

  #linear(state: ImagerState): void {
    const centikelvinPerCount = this.centikelvinPerCount(state.gain);
    const ceiling = this.#ceilings[state.gain];
    const most = Math.min(0xffff, (ceiling / centikelvinPerCount + 0.5) | 0);
    this.#mean = Math.round(this.#loops.writeWords({ centikelvinPerCount, most }) / leptonPixels);
  }

  #counts(state: ImagerState): void {
    this.#limit(state);
    const { gain, housingCentikelvin } = state;
    const { words } = this;
    const seen = this.#seen;
    const scale = countsPerCentikelvin[gain];
    for (let i = 0; i < leptonPixels; i += 1) {
      const word = Math.round(countsAtOwnTemperature + scale * (seen[i]! - housingCentikelvin));
      words[i] = Math.max(0, Math.min(countsMax, word));
    }
    this.#keepMean();
  }

  /** AGC as a plain stretch between the coldest and the hottest pixel; the module's own equalises the histogram. */
  #stretch(state: ImagerState): void {
    this.#limit(state);
    const seen = this.#seen;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < leptonPixels; i += 1) {
      const value = seen[i]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    const scale = high > low ? agcMax / (high - low) : 0;
    for (let i = 0; i < leptonPixels; i += 1) this.words[i] = Math.round((seen[i]! - low) * scale);
    this.#keepMean();
  }
}
