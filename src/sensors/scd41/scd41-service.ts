import { badInput, machineFault } from "#core/failure.ts";
import type { AirSample } from "#core/frames/air-sample.ts";
import type { Clock } from "#core/time.ts";
import { Pauses } from "../sensirion/pauses.ts";
import { SensirionChip } from "../sensirion/sensirion-chip.ts";
import type { I2cBus } from "../transport/i2c-bus.ts";
import { scd41Commands as commands, scd41Address } from "./scd41-commands.ts";
import { askWord } from "./scd41-configuration.ts";
import { isDataReady, recalibrationCorrectionPpm, toAirSample } from "./scd41-values.ts";

/** Targets that make sense: fresh air is 400 to 450 ppm, calibration gases reach 2,000. */
const targetPpm = { min: 400, max: 2_000 } as const;

/** The chip must have measured the target air for 3 min before (data sheet, perform_forced_recalibration). */
const measureMs = 180_000;

/** The last minute must be this steady, or the chip is not in the air of the target: noise alone is ±10 ppm. */
const steadyReadings = 12;
const steadySpreadPpm = 60;

const pollMs = 1_000;
/** A reading comes every 5 s; without one for so long the chip does not measure. */
const readingMs = 12_000;

/** What the service of an SCD41 needs: nobody else may use the chip meanwhile. */
export interface Scd41ServiceOptions {
  readonly i2c: I2cBus;
  readonly clock: Clock;
}

/** Result of a forced recalibration. */
export interface Recalibration {
  /** By how much readings have changed. */
  readonly correctionPpm: number;
  /** Mean of the last minute before it. */
  readonly beforePpm: number;
}

/** The forced recalibration of an SCD41 that is not measuring for a device. */
export class Scd41Service {
  readonly #clock: Clock;
  readonly #pauses: Pauses;
  readonly #chip: SensirionChip;

  constructor({ i2c, clock }: Scd41ServiceOptions) {
    this.#clock = clock;
    this.#pauses = new Pauses(clock);
    this.#chip = new SensirionChip({
      i2c,
      address: scd41Address,
      name: "SCD41",
      pauses: this.#pauses,
      onOutcome: () => undefined,
    });
  }

  /** Ends what is running: it throws `Stopped`. */
  stop(): void {
    this.#pauses.stop();
  }

  /**
   * Forced recalibration to air of known CO2: measures for 3 min, demands that the last minute was steady, stops, and
   * tells the chip what the air is. The chip is not reset afterwards, because sources disagree whether the correction
   * would survive that. `onReading` is told each reading and how much of the time is over.
   *
   * Throws badInput "recalibration-target" and "recalibration-large", machineFault "recalibration-unsteady",
   * "recalibration-failed" and "scd41-silent".
   */
  async recalibrate(options: {
    readonly targetPpm: number;
    /** A correction beyond it is not made; Infinity allows any. */
    readonly largestPpm: number;
    readonly onReading: (sample: AirSample, share: number) => void;
  }): Promise<Recalibration> {
    const { targetPpm: target, largestPpm, onReading } = options;
    if (!Number.isInteger(target) || target < targetPpm.min || target > targetPpm.max)
      throw badInput(
        "recalibration-target",
        `${target} ppm is no CO2 to calibrate to: give a whole number from ${targetPpm.min} to ${targetPpm.max}; fresh air outdoors has about 420.`,
      );
    await this.#quiet();
    const readings = await this.#measure(onReading);
    await this.#chip.send(commands.stopPeriodicMeasurement);
    const beforePpm = steadyMean(readings);
    if (Math.abs(target - beforePpm) > largestPpm) throw tooLarge({ target, beforePpm, largestPpm });
    const [word] = await this.#chip.send(commands.performForcedRecalibration, [target]);
    const correctionPpm = recalibrationCorrectionPpm(word!);
    if (correctionPpm === null)
      throw machineFault(
        "recalibration-failed",
        "The SCD41 refused the recalibration: leave it in the air of known CO2 for 3 minutes and try again.",
      );
    return { correctionPpm, beforePpm };
  }

  async #quiet(): Promise<void> {
    this.#chip.forgetMode();
    await this.#chip.send(commands.wakeUp);
    await this.#chip.send(commands.stopPeriodicMeasurement);
  }

  /** Readings of 3 min, oldest first. */
  async #measure(onReading: (sample: AirSample, share: number) => void): Promise<readonly number[]> {
    const startMs = this.#clock.monotonicMs();
    const ppm: number[] = [];
    let lastMs = startMs;
    await this.#chip.send(commands.startPeriodicMeasurement);
    for (;;) {
      await this.#pauses.wait(pollMs);
      const nowMs = this.#clock.monotonicMs();
      if (isDataReady(await askWord(this.#chip, commands.getDataReadyStatus))) {
        const words = await this.#chip.send(commands.readMeasurement);
        const sample = toAirSample(words, this.#clock.nowMicros());
        ppm.push(sample.co2Ppm);
        lastMs = nowMs;
        onReading(sample, Math.min(1, (nowMs - startMs) / measureMs));
      }
      if (nowMs - lastMs > readingMs)
        throw machineFault("scd41-silent", "The SCD41 answers but gives no readings: switch it off and on.");
      if (nowMs - startMs >= measureMs) return ppm;
    }
  }
}

function tooLarge(of: { readonly target: number; readonly beforePpm: number; readonly largestPpm: number }) {
  const shiftPpm = Math.round(of.target - of.beforePpm);
  return badInput(
    "recalibration-large",
    `The SCD41 reads ${of.beforePpm.toFixed(0)} ppm where there are said to be ${of.target}: all its readings would be shifted by ${shiftPpm} ppm, more than the ${of.largestPpm} ppm that drift explains, so nothing was changed. Make sure that the air is what you say, or confirm it with --large-correction.`,
  );
}

function steadyMean(readings: readonly number[]): number {
  const last = readings.slice(-steadyReadings);
  const spread = Math.max(...last) - Math.min(...last);
  // A NaN, a reading without CO2, fails the comparison as well.
  if (!(last.length === steadyReadings && spread <= steadySpreadPpm))
    throw machineFault(
      "recalibration-unsteady",
      `The CO2 moved by ${spread} ppm within the last minute (at most ${steadySpreadPpm} is steady): put the sensor into still air of known CO2, keep away from it, and try again.`,
    );
  return last.reduce((sum, value) => sum + value, 0) / last.length;
}
