import { assert, badInput } from "../failure.ts";
import { secondsBetween } from "../time.ts";
import { regionDefinition } from "./region-definition.ts";
import type { BackgroundSnapshot } from "./region-tracker.ts";

/**
 * What each pixel looks like without a fire. Commissioning takes the lowest second median of the first valid seconds,
 * so that people walking through leave no trace, and accepts nothing above 60 °C, so that a fire burning at start-up
 * stays a region. From then on the background follows the second median: upwards at no more than 1.2 K/min and never
 * above commissioned + 20 K, downwards with a time constant of 30 s.
 */
export class BackgroundModel {
  readonly #width: number;
  readonly #height: number;
  readonly #background: Float32Array;
  readonly #commissioned: Float32Array;
  /** What the background never rises above, from `#accept`. */
  readonly #ceiling: Float32Array;
  #secondsToCommission: number = regionDefinition.commissioningSeconds;
  #unknownPixels: number;
  #lastAtMicros: number | null = null;
  #revision = 0;

  /** Throws a Failure `background-size` when the snapshot is of another picture size. */
  constructor(
    size: { readonly width: number; readonly height: number },
    snapshot: BackgroundSnapshot | null,
  ) {
    this.#width = size.width;
    this.#height = size.height;
    const pixels = size.width * size.height;
    this.#background = new Float32Array(pixels).fill(Number.NaN);
    this.#commissioned = new Float32Array(pixels).fill(Number.NaN);
    this.#ceiling = new Float32Array(pixels).fill(Number.NaN);
    this.#unknownPixels = pixels;
    if (snapshot !== null) this.#restore(snapshot);
  }

  /** Background of each pixel in °C; NaN before the first second. Changes in place. */
  get background(): Float32Array {
    return this.#background;
  }

  /** What commissioning found at each pixel in °C, however hot; NaN before the first second. Changes in place. */
  get commissioned(): Float32Array {
    return this.#commissioned;
  }

  /** True once commissioning is complete. */
  get complete(): boolean {
    return this.#secondsToCommission === 0;
  }

  /** Another number whenever the commissioned picture has changed. */
  get revision(): number {
    return this.#revision;
  }

  /** Learns from a second's median picture what is not known yet; called before the second is looked at. */
  commission(median: Float32Array): void {
    const commissioning = this.#secondsToCommission > 0;
    if (!commissioning && this.#unknownPixels === 0) return;
    let unknown = 0;
    for (let p = 0; p < median.length; p += 1) {
      const now = median[p]!;
      const known = this.#commissioned[p]!;
      const isUnknown = Number.isNaN(known);
      if (isUnknown ? !Number.isNaN(now) : commissioning && now < known) {
        this.#accept(p, now);
        this.#background[p] = Math.min(now, regionDefinition.acceptedCelsiusMax);
      } else if (isUnknown) unknown += 1;
    }
    this.#unknownPixels = unknown;
  }

  /** Moves towards the second's median picture; called once a valid second, after it was looked at. */
  follow(atMicros: number, median: Float32Array): void {
    const seconds = this.#stepSeconds(atMicros);
    this.#lastAtMicros = atMicros;
    if (this.#secondsToCommission > 0) {
      this.#secondsToCommission -= 1;
      return;
    }
    const rise = regionDefinition.followKelvinPerSecond * seconds;
    const fallShare = 1 - Math.exp(-seconds / regionDefinition.fallTimeConstantSeconds);
    const background = this.#background;
    const ceiling = this.#ceiling;
    for (let p = 0; p < median.length; p += 1) {
      const now = median[p]!;
      const before = background[p]!;
      // A NaN fails both comparisons and teaches nothing.
      if (now > before) {
        let next = before + rise;
        if (next > now) next = now;
        if (next > ceiling[p]!) next = ceiling[p]!;
        background[p] = next;
      } else if (now < before) background[p] = before + fallShare * (now - before);
    }
  }

  /**
   * After an FFC: the background moves by its step. Once it is complete the commissioned picture
   * does not: each FFC takes back the camera's drift since the last one, which the background has followed and the
   * commissioned picture has not, so that its steps would add up for ever.
   */
  shift(deltaKelvin: number): void {
    assert(Number.isFinite(deltaKelvin), "an FFC shifts the background by a finite number of kelvin");
    const commissioning = this.#secondsToCommission > 0;
    for (let p = 0; p < this.#background.length; p += 1) {
      if (commissioning) this.#accept(p, this.#commissioned[p]! + deltaKelvin);
      this.#background[p] = Math.min(this.#background[p]! + deltaKelvin, this.#ceiling[p]!);
    }
  }

  /** A copy to save; null until commissioning is complete, so that a restart before that commissions afresh. */
  snapshot(): BackgroundSnapshot | null {
    if (this.#secondsToCommission > 0) return null;
    return {
      width: this.#width,
      height: this.#height,
      background: this.#background.slice(),
      commissioned: this.#commissioned.slice(),
    };
  }

  #accept(pixel: number, celsius: number): void {
    this.#revision += 1;
    this.#commissioned[pixel] = celsius;
    this.#ceiling[pixel] =
      Math.min(celsius, regionDefinition.acceptedCelsiusMax) + regionDefinition.followCeilingKelvin;
  }

  #stepSeconds(atMicros: number): number {
    if (this.#lastAtMicros === null) return 1;
    const seconds = secondsBetween(this.#lastAtMicros, atMicros);
    return Math.min(Math.max(seconds, 0), regionDefinition.followStepSecondsMax);
  }

  /** A saved pixel that is no number is learnt afresh; a saved background above its ceiling blinds no pixel. */
  #restore(snapshot: BackgroundSnapshot): void {
    const pixels = this.#background.length;
    if (
      snapshot.width !== this.#width ||
      snapshot.height !== this.#height ||
      snapshot.background.length !== pixels ||
      snapshot.commissioned.length !== pixels
    )
      throw badInput(
        "background-size",
        `The saved background is ${snapshot.width}×${snapshot.height} pixels, the camera gives ${this.#width}×${this.#height}: remove the saved background so that it is learnt afresh.`,
      );
    this.#secondsToCommission = 0;
    for (let p = 0; p < pixels; p += 1) {
      const commissioned = snapshot.commissioned[p]!;
      const background = snapshot.background[p]!;
      if (!Number.isFinite(commissioned) || !Number.isFinite(background)) continue;
      this.#accept(p, commissioned);
      this.#background[p] = Math.min(background, this.#ceiling[p]!);
      this.#unknownPixels -= 1;
    }
  }
}
