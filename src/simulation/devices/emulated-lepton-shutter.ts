import type { FfcState } from "#core/frames/frame-telemetry.ts";

/** Period of the detector: 26.5 Hz, four segments of 9.434 ms. */
export const detectorPeriodMs = 37.736;

/** Frames of a correction besides the averaged ones, so that 8 of them make the nominal 23 frames (0.87 s). */
const ffcOverheadFrames = 15;

/** Below and above these camera temperatures the shutter is not moved (Lepton 3.5 data sheet: −10 to 80 °C). */
export const shutterLockoutKelvin = { below: 263.15, above: 353.15 } as const;

/** Most state changes followed in one go; more time than that has never passed between two looks. */
const changesMax = 1_000_000;

/** When corrections are made. */
export interface ShutterPolicy {
  readonly mode: "manual" | "automatic" | "external";
  readonly periodMs: number;
  /** Change of the camera's temperature that asks for a correction, in kelvin. */
  readonly deltaKelvin: number;
  /** Announced for so many frames of the detector. */
  readonly imminentFrames: number;
  /** So many frames of the shutter are averaged. */
  readonly averagedFrames: number;
}

/** Options of `EmulatedShutter`. */
export interface ShutterOptions {
  readonly policy: () => ShutterPolicy;
  readonly fpaKelvinAt: (uptimeMs: number) => number;
  /** While this says so, a correction in progress does not end. */
  readonly isStuck: () => boolean;
}

/**
 * The flat-field correction: when it is announced, how long the shutter is closed, and when the next one is due
 * (Lepton engineering data sheet: at start-up, every 3 min, and when the camera's temperature has changed by 1.5 K).
 */
export class EmulatedShutter {
  readonly #options: ShutterOptions;
  #phase: "idle" | "imminent" | "in-progress" = "idle";
  #phaseEndsMs = 0;
  #completed = 0;
  #lastEndedMs = 0;
  #lastFpaKelvin = 0;
  #automaticSinceMs = 0;
  #wasAutomatic = false;

  constructor(options: ShutterOptions) {
    this.#options = options;
  }

  /** Corrections completed since boot. */
  get completed(): number {
    return this.#completed;
  }

  /** Uptime at the end of the last one, in milliseconds; 0 before the first. */
  get lastEndedMs(): number {
    return this.#lastEndedMs;
  }

  /** What telemetry says about the correction. */
  get state(): FfcState {
    if (this.#phase !== "idle") return this.#phase;
    return this.#completed === 0 ? "never" : "complete";
  }

  /** As after power-on: no correction has been made. */
  reset(): void {
    this.#phase = "idle";
    this.#phaseEndsMs = 0;
    this.#completed = 0;
    this.#lastEndedMs = 0;
    this.#lastFpaKelvin = 0;
    this.#automaticSinceMs = 0;
    this.#wasAutomatic = false;
  }

  /** Begins a correction now, without announcement; false when the temperature forbids it. */
  run(uptimeMs: number): boolean {
    this.advance(uptimeMs);
    if (this.isLockedOut(uptimeMs)) return false;
    if (this.#phase !== "in-progress") this.#begin(uptimeMs);
    return true;
  }

  /** Whether the camera is too cold or too hot for its shutter. */
  isLockedOut(uptimeMs: number): boolean {
    const kelvin = this.#options.fpaKelvinAt(uptimeMs);
    return kelvin < shutterLockoutKelvin.below || kelvin > shutterLockoutKelvin.above;
  }

  /** Whether a correction is due that nobody makes by himself: the host's cue in manual and external mode. */
  isDesired(uptimeMs: number): boolean {
    const { mode, periodMs } = this.#options.policy();
    if (mode === "automatic" && !this.isLockedOut(uptimeMs)) return false;
    return this.#completed === 0 || uptimeMs >= this.#lastEndedMs + periodMs || this.#hasDrifted(uptimeMs);
  }

  /** Follows what has happened up to this uptime. */
  advance(uptimeMs: number): void {
    for (let changes = 0; changes < changesMax; changes += 1) if (!this.#change(uptimeMs)) return;
  }

  #change(uptimeMs: number): boolean {
    const policy = this.#options.policy();
    this.#noteMode(policy, uptimeMs);
    if (this.#phase === "idle") return this.#announce(policy, uptimeMs);
    if (uptimeMs < this.#phaseEndsMs) return false;
    if (this.#phase === "imminent") {
      this.#begin(this.#phaseEndsMs);
      return true;
    }
    if (this.#options.isStuck()) {
      this.#phaseEndsMs = uptimeMs;
      return false;
    }
    this.#phase = "idle";
    this.#completed += 1;
    this.#lastEndedMs = this.#phaseEndsMs;
    this.#lastFpaKelvin = this.#options.fpaKelvinAt(this.#phaseEndsMs);
    return true;
  }

  #noteMode({ mode }: ShutterPolicy, uptimeMs: number): void {
    const isAutomatic = mode === "automatic";
    if (isAutomatic && !this.#wasAutomatic) this.#automaticSinceMs = uptimeMs;
    if (!isAutomatic && this.#phase === "imminent") this.#phase = "idle";
    this.#wasAutomatic = isAutomatic;
  }

  #announce(policy: ShutterPolicy, uptimeMs: number): boolean {
    if (policy.mode !== "automatic" || this.isLockedOut(uptimeMs) || this.#completed === 0) return false;
    const noticeMs = policy.imminentFrames * detectorPeriodMs;
    const dueMs = Math.max(this.#lastEndedMs + policy.periodMs - noticeMs, this.#automaticSinceMs);
    if (uptimeMs >= dueMs) return this.#warn(dueMs + noticeMs);
    return this.#hasDrifted(uptimeMs) && this.#warn(uptimeMs + noticeMs);
  }

  #warn(untilMs: number): true {
    this.#phase = "imminent";
    this.#phaseEndsMs = untilMs;
    return true;
  }

  #begin(atMs: number): void {
    const { averagedFrames } = this.#options.policy();
    this.#phase = "in-progress";
    this.#phaseEndsMs = atMs + (ffcOverheadFrames + averagedFrames) * detectorPeriodMs;
  }

  #hasDrifted(uptimeMs: number): boolean {
    if (this.#completed === 0) return false;
    const change = Math.abs(this.#options.fpaKelvinAt(uptimeMs) - this.#lastFpaKelvin);
    return change > this.#options.policy().deltaKelvin;
  }
}
