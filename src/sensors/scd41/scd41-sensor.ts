import { assert } from "#core/failure.ts";
import type { Clock } from "#core/time.ts";
import type { AirSensor, AirSensorListener } from "../air-sensor.ts";
import { type LoopCounters, MeasurementLoop, type Stall } from "../sensirion/measurement-loop.ts";
import { Pauses } from "../sensirion/pauses.ts";
import { type ChipCounters, SensirionChip } from "../sensirion/sensirion-chip.ts";
import { WireHealth } from "../sensirion/wire-health.ts";
import type { GpioLine } from "../transport/gpio-line.ts";
import type { I2cBus } from "../transport/i2c-bus.ts";
import { scd41Address } from "./scd41-commands.ts";
import { Scd41Device } from "./scd41-device.ts";
import { type Scd41FaultName, scd41Faults } from "./scd41-faults.ts";
import type { Scd41Identity } from "./scd41-identity.ts";
import { checkScd41Settings, type Scd41Settings, scd41PeriodSeconds } from "./scd41-settings.ts";
import { measuresLikeScd41 } from "./scd41-values.ts";

/** A reading that is later than its period and this is missing, and the ladder is climbed. */
const lateMs = 3_000;

/** So many readings of the very same three words are no measurement: noise alone changes almost every one. */
const stuckReadings = 60;

const stallTexts: Readonly<Record<Stall, string>> = {
  unreadable: "The air sensor (SCD41) cannot be read; it is started again.",
  silent: "The air sensor (SCD41) gives no readings; it is started again.",
  stuck: "The air sensor (SCD41) has given the very same reading for minutes; it is started again.",
};

/** What a Scd41Sensor needs. The bus and the line belong to the caller. */
export interface Scd41SensorOptions {
  readonly i2c: I2cBus;
  readonly clock: Clock;
  /** Switches the chip's supply, high = on; null when it cannot be switched. */
  readonly power: GpioLine | null;
  readonly settings: Scd41Settings;
}

/** What has happened since the start. */
export interface Scd41Counters extends ChipCounters, LoopCounters {
  readonly readings: number;
  /** Readings without a CO2 value. */
  readonly emptyReadings: number;
  /** Readings equal to the one before to the last bit. */
  readonly repeatedReadings: number;
  /** Writes to the chip's EEPROM. */
  readonly persists: number;
}

/**
 * The driver of a Sensirion SCD41 (CO2, temperature, humidity). It starts whether or not the chip is there, goes on
 * trying for ever, switches automatic self-calibration off and reads that back at every start of the measurement, and
 * tells what is wrong by name. Silence and stuck values are named by the detector (`air-silent`, `air-stuck`); the
 * driver does something about them.
 */
export class Scd41Sensor implements AirSensor {
  readonly periodSeconds: number;
  readonly #settings: Scd41Settings;
  readonly #chip: SensirionChip;
  readonly #device: Scd41Device;
  readonly #loop: MeasurementLoop;
  /** What has been told; a fault from before a restart ends with the first word that it is not there. */
  readonly #told = new Map<Scd41FaultName, "came" | "went">();
  #listener: AirSensorListener | null = null;
  /** What the bus said of itself at the last command; null when it is the chip that does not answer. */
  #busFailure: string | null = null;
  #identity: Scd41Identity | null = null;

  /** Throws badInput "scd41-setting" when a setting is outside what the chip takes. */
  constructor(options: Scd41SensorOptions) {
    const { i2c, clock, power, settings } = options;
    checkScd41Settings(settings);
    this.#settings = settings;
    this.periodSeconds = scd41PeriodSeconds(settings);
    const pauses = new Pauses(clock);
    const health = new WireHealth(clock.monotonicMs(), (condition, state) => this.#tell(condition, state));
    this.#chip = new SensirionChip({
      i2c,
      address: scd41Address,
      name: "SCD41",
      pauses,
      onOutcome: (outcome, busFailure) => {
        this.#busFailure = busFailure;
        health.note(outcome, clock.monotonicMs());
      },
    });
    this.#device = this.#makeDevice(clock);
    this.#loop = new MeasurementLoop({
      clock,
      pauses,
      device: this.#device,
      power,
      silenceMs: this.periodSeconds * 1_000 + lateMs,
      stuckMs: stuckReadings * this.periodSeconds * 1_000,
      onStall: (stall) => this.#listener?.onTrouble(stallTexts[stall]),
      onFailure: (text) => this.#listener?.onTrouble(text),
    });
  }

  /** Begins to bring the chip up, and resolves at once: a chip that is not there is a fault, told when it is sure. */
  async start(listener: AirSensorListener): Promise<void> {
    assert(this.#listener === null, "an SCD41 is started once");
    this.#listener = listener;
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** Who the chip is; null until it has told. */
  get identity(): Scd41Identity | null {
    return this.#identity;
  }

  /** What has happened since the start. */
  get counters(): Scd41Counters {
    return { ...this.#chip.counters, ...this.#loop.counters, ...this.#device.counters };
  }

  #makeDevice(clock: Clock): Scd41Device {
    return new Scd41Device({
      chip: this.#chip,
      clock,
      settings: this.#settings,
      listener: {
        onSample: (sample) => this.#listener?.onSample(sample),
        onIdentity: (identity) => this.#identify(identity),
        onSelfCalibration: (state) => this.#tell("self-calibration", state === "on" ? "came" : "went"),
        onRefused: (name) =>
          this.#listener?.onTrouble(`The air sensor (SCD41) does not keep its ${name}: replace it.`),
      },
    });
  }

  #identify(identity: Scd41Identity): void {
    this.#identity = identity;
    this.#tell("wrong-sensor", measuresLikeScd41(identity.variant) ? "went" : "came");
  }

  #tell(name: Scd41FaultName, state: "came" | "went"): void {
    const active = state === "came";
    if (this.#told.get(name) === state) return;
    this.#told.set(name, state);
    const { code, text: usualText, restoredText } = scd41Faults[name];
    const isBusFault = name === "not-answering" && this.#busFailure !== null;
    const text = isBusFault
      ? `The air sensor (SCD41) cannot be asked, so the room's air is not watched: ${this.#busFailure}`
      : usualText;
    this.#listener?.onFault?.({ code, active, text: active ? text : restoredText });
  }
}
