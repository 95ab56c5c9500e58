import type { AirSample } from "#core/frames/air-sample.ts";
import type { Clock } from "#core/time.ts";
import type { LadderStep, MeasuringDevice } from "../sensirion/measurement-loop.ts";
import type { SensirionChip } from "../sensirion/sensirion-chip.ts";
import { scd41Commands as commands } from "./scd41-commands.ts";
import { askWord, configureScd41 } from "./scd41-configuration.ts";
import { identifyScd41, type Scd41Identity } from "./scd41-identity.ts";
import type { Scd41Settings } from "./scd41-settings.ts";
import { isDataReady, toAirSample } from "./scd41-values.ts";

/** EEPROM lasts 2,000 writes at least: a chip that forgets what it was told to keep is not told for ever. */
const persistsMax = 3;

/** What an Scd41Device tells. */
export interface Scd41DeviceListener {
  onSample(sample: AirSample): void;
  onIdentity(identity: Scd41Identity): void;
  /** What was found and done about automatic self-calibration: told at every start. */
  onSelfCalibration(state: "on" | "off"): void;
  /** The chip does not keep a setting. */
  onRefused(setting: string): void;
}

/** What an Scd41Device needs. */
export interface Scd41DeviceOptions {
  readonly chip: SensirionChip;
  readonly clock: Clock;
  readonly settings: Scd41Settings;
  readonly listener: Scd41DeviceListener;
}

/** The SCD41 as the measurement loop sees it: how it is brought up, asked and left. */
export class Scd41Device implements MeasuringDevice {
  readonly #options: Scd41DeviceOptions;
  #pressureTold = false;
  #lastWords: readonly number[] = [];
  #nextShotMs = 0;
  #discardNext = false;
  #counters = { readings: 0, emptyReadings: 0, repeatedReadings: 0, persists: 0 };

  constructor(options: Scd41DeviceOptions) {
    this.#options = options;
  }

  /** Readings, those without a CO2 value, those equal to the one before, and writes to the EEPROM. */
  get counters(): Readonly<Record<"readings" | "emptyReadings" | "repeatedReadings" | "persists", number>> {
    return { ...this.#counters };
  }

  async bringUp(step: LadderStep): Promise<void> {
    const { chip, clock, settings, listener } = this.#options;
    chip.forgetMode();
    await chip.send(commands.wakeUp);
    await chip.send(commands.stopPeriodicMeasurement);
    if (step === "reset") await chip.send(commands.reinit);
    listener.onIdentity(await identifyScd41(chip));
    await this.#configure();
    this.#pressureTold = false;
    await this.#tellPressure();
    // After power-up, reset or wake-up the first single shot is to be discarded (data sheet, single shot).
    this.#discardNext = settings.mode === "single-shot";
    this.#nextShotMs = clock.monotonicMs();
    if (settings.mode === "periodic") await chip.send(commands.startPeriodicMeasurement);
    if (settings.mode === "low-power-periodic") await chip.send(commands.startLowPowerPeriodicMeasurement);
  }

  async poll(): Promise<"new" | "repeat" | "nothing"> {
    const { chip, settings } = this.#options;
    await this.#tellPressure();
    if (settings.mode === "single-shot" && !(await this.#shoot())) return "nothing";
    if (!isDataReady(await askWord(chip, commands.getDataReadyStatus))) return "nothing";
    return this.#take(await chip.send(commands.readMeasurement));
  }

  async leave(): Promise<void> {
    await this.#options.chip.sendLast(commands.stopPeriodicMeasurement);
  }

  async #configure(): Promise<void> {
    const { chip, settings, listener } = this.#options;
    const { selfCalibration, changed, refused } = await configureScd41(chip, settings);
    if (selfCalibration !== "was-off") listener.onSelfCalibration("on");
    for (const name of refused) listener.onRefused(name);
    if (changed && this.#counters.persists < persistsMax) {
      this.#counters.persists += 1;
      await chip.send(commands.persistSettings);
    }
    // A CO2 sensor that calibrates itself is better than none: it measures, and the fault stands.
    if (selfCalibration !== "stays-on") listener.onSelfCalibration("off");
  }

  async #tellPressure(): Promise<void> {
    const { chip, settings } = this.#options;
    if (this.#pressureTold || settings.ambientPressureHpa === null) return;
    await chip.send(commands.setAmbientPressure, [Math.round(settings.ambientPressureHpa)]);
    this.#pressureTold = true;
  }

  /** Takes a single shot when one is due; whether there is something to look for. */
  async #shoot(): Promise<boolean> {
    const { chip, clock, settings } = this.#options;
    if (clock.monotonicMs() < this.#nextShotMs) return false;
    const periodMs = settings.singleShotSeconds * 1_000;
    this.#nextShotMs = Math.max(this.#nextShotMs + periodMs, clock.monotonicMs());
    await chip.send(commands.measureSingleShot);
    return true;
  }

  #take(words: readonly number[]): "new" | "repeat" | "nothing" {
    if (this.#discardNext) {
      this.#discardNext = false;
      this.#nextShotMs = this.#options.clock.monotonicMs();
      return "nothing";
    }
    const sample = toAirSample(words, this.#options.clock.nowMicros());
    const isRepeat = words.every((word, index) => word === this.#lastWords[index]);
    this.#lastWords = words;
    this.#counters.readings += 1;
    if (isRepeat) this.#counters.repeatedReadings += 1;
    if (Number.isNaN(sample.co2Ppm)) this.#counters.emptyReadings += 1;
    this.#options.listener.onSample(sample);
    return isRepeat ? "repeat" : "new";
  }
}
