import type { AirSample } from "#core/frames/air-sample.ts";
import type { Clock } from "#core/time.ts";
import { type Recalibration, Scd41Service } from "#sensors/scd41/scd41-service.ts";
import { Stopped } from "#sensors/sensirion/pauses.ts";
import type { I2cBus } from "#sensors/transport/i2c-bus.ts";

/** Targets that the service takes, in ppm. */
export const recalibrationPpm = { min: 400, max: 2_000 } as const;

/**
 * A larger correction than this is made only when the user confirms it, in ppm. Assumed: some times the drift of five
 * years (data sheet, 5 ppm and 0.5 %) and what soldering does to a new chip.
 */
export const plausibleCorrectionPpm = 150;

/** How long the sensor measures before it is recalibrated (data sheet, perform_forced_recalibration). */
export const recalibrationSeconds = 180;

/** Time between two lines where there is no terminal to count down on. */
const noteEverySeconds = 30;

/** What has to be true before a forced recalibration, for people. */
export function recalibrationConditions(targetPpm: number): readonly string[] {
  return [
    `The SCD41 is going to be told that the air around it has ${targetPpm} ppm CO2. For that to be true:`,
    "- it is in air of known CO2: outdoors, or at a wide open window, some 420 ppm; or in calibration gas;",
    "- nobody breathes at it, and nothing burns near it, for the next 3 minutes;",
    "- it has its usual supply and housing, and the temperature around it is steady.",
    "Ctrl-C stops it within the 3 minutes; then nothing is changed.",
  ];
}

/** What a recalibration is done with. */
export interface RecalibrationOptions {
  readonly i2c: I2cBus;
  readonly clock: Clock;
  readonly targetPpm: number;
  /** A correction beyond it is refused. */
  readonly largestPpm: number;
  /** Shows the countdown; an empty text takes it away. */
  readonly progress: (text: string) => void;
  /** Tells where there is no countdown. */
  readonly note: (text: string) => void;
  /** The user wants it to stop. */
  readonly stopRequested: Promise<void>;
}

/**
 * Counts 3 minutes of measuring down and recalibrates; null when the user stopped it. Throws `Failure` as
 * `Scd41Service.recalibrate` does.
 */
export async function recalibrateScd41(options: RecalibrationOptions): Promise<Recalibration | null> {
  const { i2c, clock, targetPpm, largestPpm, stopRequested } = options;
  const service = new Scd41Service({ i2c, clock });
  const countdown = new Countdown(options);
  void stopRequested.then(() => service.stop());
  try {
    const onReading = (sample: AirSample): void => countdown.take(sample);
    return await service.recalibrate({ targetPpm, largestPpm, onReading });
  } catch (error) {
    if (error instanceof Stopped) return null;
    throw error;
  } finally {
    countdown.stop();
  }
}

/** Shows how long it takes yet, and the newest reading. */
class Countdown {
  readonly #options: RecalibrationOptions;
  readonly #cancel: () => void;
  #left = recalibrationSeconds;
  #ppm = Number.NaN;

  constructor(options: RecalibrationOptions) {
    this.#options = options;
    this.#cancel = options.clock.every(1_000, () => this.#tick());
    this.#show();
  }

  take(sample: AirSample): void {
    this.#ppm = sample.co2Ppm;
    this.#show();
  }

  stop(): void {
    this.#cancel();
    this.#options.progress("");
  }

  #tick(): void {
    this.#left = Math.max(0, this.#left - 1);
    this.#show();
    if (this.#left % noteEverySeconds === 0 && this.#left > 0) this.#options.note(this.#text());
  }

  #show(): void {
    this.#options.progress(this.#text());
  }

  #text(): string {
    const reading = Number.isNaN(this.#ppm) ? "" : `, it reads ${this.#ppm} ppm`;
    return this.#left === 0 ? `Recalibrating${reading}` : `Measuring, ${this.#left} s left${reading}`;
  }
}
