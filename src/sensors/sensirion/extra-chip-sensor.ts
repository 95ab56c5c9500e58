import type { TroubleCode } from "#core/alarm/trouble.ts";
import { assert } from "#core/failure.ts";
import type { AirChannel } from "#core/frames/channel-sample.ts";
import type { Clock } from "#core/time.ts";
import type { ExtraSensor, ExtraSensorListener } from "../extra-sensor.ts";
import type { GpioLine } from "../transport/gpio-line.ts";
import type { I2cBus } from "../transport/i2c-bus.ts";
import {
  type LoopCounters,
  MeasurementLoop,
  type MeasuringDevice,
  type SupplyUse,
} from "./measurement-loop.ts";
import { Pauses } from "./pauses.ts";
import { type ChipCounters, SensirionChip } from "./sensirion-chip.ts";
import { WireHealth } from "./wire-health.ts";

/** What every extra sensor needs. The bus and the line belong to the caller. */
export interface ExtraChipOptions {
  readonly i2c: I2cBus;
  readonly clock: Clock;
  /** Switches the chip's supply, high = on; null when it cannot be switched. */
  readonly power: GpioLine | null;
  /** Whether it may be cut off: see `MeasurementLoopOptions`. */
  readonly supply?: SupplyUse | undefined;
}

/** What a device of an extra sensor is given to work with. */
export interface ExtraChipTools {
  readonly chip: SensirionChip;
  readonly clock: Clock;
  /** Publishes one measurement, a value for each channel in their order; NaN for unknown. */
  publish(values: readonly number[]): void;
  /** States what the chip says of itself: a sentence for each thing wrong with it, none when it is well. */
  diagnose(sentences: readonly string[]): void;
}

/** What is particular to one kind of chip. */
export interface ExtraChipKind {
  /** Name in messages, for example "sps30". */
  readonly name: string;
  /** For sentences, for example "The particle sensor (SPS30)". */
  readonly title: string;
  readonly address: number;
  readonly channels: readonly AirChannel[];
  readonly periodSeconds: number;
  /** No measurement for so long: the ladder is climbed. */
  readonly silenceMs: number;
  /** The one code under which its faults are told. */
  readonly faultCode: TroubleCode;
  readonly makeDevice: (tools: ExtraChipTools) => MeasuringDevice;
}

/** Words of a fault's text that the wire takes. */
const textCharactersMax = 500;

/**
 * What all extra Sensirion sensors have in common: the loop, the wire's health, channels with names and units, and one
 * named fault that says all that is wrong.
 */
export class ExtraChipSensor implements ExtraSensor {
  readonly name: string;
  readonly channels: readonly AirChannel[];
  readonly periodSeconds: number;
  readonly #kind: ExtraChipKind;
  readonly #clock: Clock;
  readonly #chip: SensirionChip;
  readonly #loop: MeasurementLoop;
  /** What is wrong, by what found it out. */
  readonly #conditions = new Map<string, string>();
  /** Null until something was told: a fault from before a restart ends with the first word that all is well. */
  #told: string | null = null;
  #listener: ExtraSensorListener | null = null;

  constructor(kind: ExtraChipKind, { i2c, clock, power, supply }: ExtraChipOptions) {
    this.name = kind.name;
    this.channels = kind.channels;
    this.periodSeconds = kind.periodSeconds;
    this.#kind = kind;
    this.#clock = clock;
    const pauses = new Pauses(clock);
    const health = new WireHealth(clock.monotonicMs(), (condition, state) =>
      this.#set(condition, state === "came" ? wireText(kind.title, condition) : null),
    );
    this.#chip = new SensirionChip({
      i2c,
      address: kind.address,
      name: kind.name.toUpperCase(),
      pauses,
      onOutcome: (outcome) => health.note(outcome, clock.monotonicMs()),
    });
    this.#loop = new MeasurementLoop({
      clock,
      pauses,
      device: kind.makeDevice(this.#tools()),
      power,
      supply,
      silenceMs: kind.silenceMs,
      stuckMs: null,
      onStall: (stall) => this.#stalled(stall),
      onFailure: (text) => this.#listener?.onTrouble(text),
    });
  }

  /** Begins to bring the chip up, and resolves at once: a chip that is not there is a fault, told when it is sure. */
  async start(listener: ExtraSensorListener): Promise<void> {
    assert(this.#listener === null, "a sensor is started once");
    this.#listener = listener;
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** What has happened on the wire and on the ladder. */
  get counters(): ChipCounters & LoopCounters {
    return { ...this.#chip.counters, ...this.#loop.counters };
  }

  #tools(): ExtraChipTools {
    return {
      chip: this.#chip,
      clock: this.#clock,
      publish: (values) => this.#publish(values),
      diagnose: (sentences) => this.#set("chip", sentences.length === 0 ? null : sentences.join(" ")),
    };
  }

  #publish(values: readonly number[]): void {
    const sampledAtMicros = this.#clock.nowMicros();
    this.#set("silent", null);
    this.#listener?.onChannels(
      this.channels.map(({ name, unit }, index) => ({
        sensor: this.name,
        channel: name,
        value: values[index] ?? Number.NaN,
        unit,
        sampledAtMicros,
      })),
    );
  }

  #stalled(stall: "unreadable" | "silent" | "stuck"): void {
    // What cannot be read is told by the wire's health.
    if (stall === "silent")
      this.#set("silent", `${this.#kind.title} answers but measures nothing: it is started again.`);
    else this.#listener?.onTrouble(`${this.#kind.title} cannot be read; it is started again.`);
  }

  #set(source: string, text: string | null): void {
    if (text === null) this.#conditions.delete(source);
    else this.#conditions.set(source, text);
    const all = [...this.#conditions.values()].join(" ").slice(0, textCharactersMax);
    if (all === this.#told) return;
    this.#told = all;
    const active = all !== "";
    const { faultCode, title } = this.#kind;
    this.#listener?.onFault({
      code: faultCode,
      active,
      text: active ? all : `${title} is in order again.`,
    });
  }
}

function wireText(title: string, condition: "not-answering" | "wrong-checksums"): string {
  return condition === "not-answering"
    ? `${title} does not answer: check its wires and its supply.`
    : `${title} sends damaged data, which is thrown away: shorten its cable and check its connectors.`;
}
