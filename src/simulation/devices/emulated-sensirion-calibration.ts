/** How a CO2 cell calibrates itself. */
export interface SelfCalibrationSettings {
  /** 0 or 1. */
  readonly selfCalibration: number;
  readonly selfCalibrationTargetPpm: number;
  readonly selfCalibrationInitialHours: number;
  readonly selfCalibrationStandardHours: number;
}

/** Self-calibration needs so long a run without a break (SCD4x data sheet). */
const uninterruptedHours = 4;
const msPerHour = 3_600_000;

/** Forced recalibration needs so long a run at the target (SCD4x data sheet). */
const forcedAfterMs = 180_000;

/** Answer of a forced recalibration that was refused. */
const forcedFailed = 0xffff;
/** The answer is the correction plus this. */
const forcedZero = 0x8000;

/**
 * What an SCD4x cell believes its zero to be, and the two ways in which that changes. The correction lies in memory of its
 * own that survives every restart but not a factory reset.
 *
 * Sensirion does not publish its self-calibration. This one does what the data sheet promises of it: after an initial
 * period of running, and then after every standard period, it takes the lowest reading of that period for the target.
 */
export class SensirionCalibration {
  #correctionPpm = 0;
  #calibratedBefore = false;
  #runMs = 0;
  #periodMs = 0;
  #lowestPpm = Number.POSITIVE_INFINITY;
  #lastPpm = Number.NaN;

  /** Added to what the cell measures. */
  get correctionPpm(): number {
    return this.#correctionPpm;
  }

  /** A measuring run begins. */
  beginRun(): void {
    this.#runMs = 0;
    this.#lastPpm = Number.NaN;
  }

  /** Supply gone or memory reloaded: what was gathered since the last calibration is lost, the correction is not. */
  restart(): void {
    this.beginRun();
    this.#beginPeriod();
  }

  /** Factory reset: corrections and history are erased. */
  erase(): void {
    this.restart();
    this.#correctionPpm = 0;
    this.#calibratedBefore = false;
  }

  /** Takes note of a reported reading, so many milliseconds after the one before. */
  observe(
    reading: { readonly ppm: number; readonly passedMs: number },
    settings: SelfCalibrationSettings,
  ): void {
    this.#runMs += reading.passedMs;
    this.#lastPpm = reading.ppm;
    if (settings.selfCalibration === 0) {
      this.#beginPeriod();
      return;
    }
    this.#periodMs += reading.passedMs;
    this.#lowestPpm = Math.min(this.#lowestPpm, reading.ppm);
    const due = this.#calibratedBefore
      ? Math.max(uninterruptedHours, settings.selfCalibrationStandardHours)
      : settings.selfCalibrationInitialHours;
    if (this.#periodMs < due * msPerHour) return;
    if (due > 0 && this.#runMs < uninterruptedHours * msPerHour) return;
    this.#correctionPpm += settings.selfCalibrationTargetPpm - this.#lowestPpm;
    this.#calibratedBefore = true;
    this.#beginPeriod();
  }

  /** Forced recalibration to this target: the word the chip answers. */
  force(targetPpm: number): number {
    if (this.#runMs < forcedAfterMs || Number.isNaN(this.#lastPpm)) return forcedFailed;
    const correction = Math.round(targetPpm - this.#lastPpm);
    if (correction < -forcedZero || correction >= forcedZero - 1) return forcedFailed;
    this.#correctionPpm += correction;
    this.#beginPeriod();
    // A second call without running again has no reading of the corrected cell to go by.
    this.beginRun();
    return correction + forcedZero;
  }

  #beginPeriod(): void {
    this.#periodMs = 0;
    this.#lowestPpm = Number.POSITIVE_INFINITY;
  }
}
