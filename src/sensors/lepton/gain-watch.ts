import type { FrameTelemetry, GainMode } from "#core/frames/frame-telemetry.ts";

/** After a change of gain a camera in automatic mode is given this long to begin the correction by itself. */
export const correctionByItselfMs = 2_000;

/** Pictures are held back at most this long; a fire must not wait for a shutter that does not work. */
export const gainHoldMaxMs = 8_000;

/**
 * What a picture is after a change of gain. `steady`: nothing to do. `held`: the offset of the new range is not known
 * before a flat-field correction. `correct`: the same, and the correction has to be started now. `uncorrected`: none
 * came about in time; told once, then pictures count as they are.
 */
export type GainVerdict = "steady" | "held" | "correct" | "uncorrected";

interface Change {
  readonly atMs: number;
  readonly lastFfcUptimeMs: number | null;
  asked: boolean;
}

/**
 * Watches the measuring range. After each change the camera needs a flat-field correction (Lepton engineering data
 * sheet, gain modes); until it is done, temperatures are off by an unknown amount.
 */
export class GainWatch {
  readonly #ffcMode: "auto" | "manual";
  #gain: GainMode | null = null;
  #lastFfcUptimeMs: number | null = null;
  #change: Change | null = null;
  #changes = 0;

  constructor({ ffcMode }: { readonly ffcMode: "auto" | "manual" }) {
    this.#ffcMode = ffcMode;
  }

  /** Changes of the measuring range so far. */
  get changes(): number {
    return this.#changes;
  }

  /** Forgets the range: the camera has been restarted and has corrected itself. */
  reset(): void {
    this.#gain = null;
    this.#change = null;
  }

  /** Judges a picture by its telemetry; times are of the same clock that never jumps. */
  judge(telemetry: FrameTelemetry, nowMs: number): GainVerdict {
    const { effectiveGain, lastFfcUptimeMs } = telemetry;
    if (effectiveGain !== null) {
      if (this.#gain !== null && effectiveGain !== this.#gain) {
        this.#changes += 1;
        // A correction that ended between the picture before and this one was the one for this change.
        this.#change = { atMs: nowMs, lastFfcUptimeMs: this.#lastFfcUptimeMs, asked: false };
      }
      this.#gain = effectiveGain;
    }
    this.#lastFfcUptimeMs = lastFfcUptimeMs;
    return this.#change === null ? "steady" : this.#judgeChange(this.#change, telemetry, nowMs);
  }

  #judgeChange(change: Change, telemetry: FrameTelemetry, nowMs: number): GainVerdict {
    const { ffcState, lastFfcUptimeMs, shutterLockout } = telemetry;
    const isCorrecting = ffcState === "in-progress" || ffcState === "imminent";
    if (!isCorrecting && lastFfcUptimeMs !== change.lastFfcUptimeMs) {
      this.#change = null;
      return "steady";
    }
    const passedMs = nowMs - change.atMs;
    if (shutterLockout === true || passedMs >= gainHoldMaxMs) {
      this.#change = null;
      return "uncorrected";
    }
    const patienceMs = this.#ffcMode === "manual" ? 0 : correctionByItselfMs;
    if (change.asked || isCorrecting || passedMs < patienceMs) return "held";
    change.asked = true;
    return "correct";
  }
}
