import type { Clock } from "#core/time.ts";
import type { GpioLine } from "#sensors/transport/gpio-line.ts";
import type { I2cSlave } from "./emulated-i2c-bus.ts";
import type { SensirionAir, SensirionAirSource } from "./emulated-sensirion-air.ts";
import {
  busFaultOf,
  type SensirionBusFault,
  type SensirionValueFault,
  valueFaultOf,
} from "./emulated-sensirion-fault.ts";
import { EmulatedSensirionLink, type SensirionCommand } from "./emulated-sensirion-link.ts";
import { EmulatedSensirionMeter } from "./emulated-sensirion-meter.ts";
import { textToWords, toSignedWord } from "./emulated-sensirion-words.ts";

/** What an SFA30 measures. */
export interface Sfa30Air extends SensirionAir {
  readonly formaldehydePpb: number;
}

/** What can be wrong with an emulated SFA30, one at a time. */
export type Sfa30Fault = SensirionBusFault | SensirionValueFault;

/** Options of `EmulatedSfa30`. */
export interface EmulatedSfa30Options {
  readonly clock: Clock;
  readonly air: SensirionAirSource<Sfa30Air>;
  /** Device marking: at most 32 ASCII characters; some text when absent. */
  readonly marking?: string;
}

type Mode = "idle" | "measuring";

/** From supply to ready; taken as long as the reset. */
const bootMs = 1_000;
const intervalMs = 500;
const markingWords = 16;
const anyMarking = "0A1B2C3D4E5F6071";
const formaldehydeMaxPpb = 1_000;

/**
 * A Sensirion SFA30 (formaldehyde) on an I2C bus. It has no error reply on this bus: stopping what does not run and
 * reading what is not there are not acknowledged. A refused exchange throws `TransportFailure`.
 */
export class EmulatedSfa30 implements I2cSlave {
  readonly address = 0x5d;
  readonly #options: EmulatedSfa30Options;
  readonly #link: EmulatedSensirionLink<Mode>;
  readonly #meter: EmulatedSensirionMeter;

  constructor(options: EmulatedSfa30Options) {
    this.#options = options;
    this.#meter = new EmulatedSensirionMeter({
      measure: (atMs) => sfa30Words(options.air(this.#link.wallMicros(atMs))),
    });
    this.#link = new EmulatedSensirionLink<Mode>({
      clock: options.clock,
      name: "SFA30 (0x5D)",
      commands: this.#commands(),
      bootMs,
      mode: () => (this.#meter.running ? "measuring" : "idle"),
      onSupply: () => this.#meter.forget(),
    });
  }

  /** The switch of its supply: low takes it away. */
  get powerLine(): GpioLine {
    return this.#link.powerLine;
  }

  get stretchMs(): number {
    return this.#link.stretchMs;
  }

  transfer(write: Uint8Array, readBytes: number): Uint8Array {
    return this.#link.transfer(write, readBytes);
  }

  /** Breaks it in one way, or mends it. */
  setFault(fault: Sfa30Fault | null): void {
    this.#link.settle();
    this.#meter.setFault(valueFaultOf(fault), this.#options.clock.monotonicMs());
    this.#link.setFault(busFaultOf(fault));
  }

  #commands(): readonly SensirionCommand<Mode>[] {
    const both: readonly Mode[] = ["idle", "measuring"];
    return [
      {
        code: 0x0006,
        argumentWords: 0,
        executionMs: 1,
        modes: ["idle"],
        act: (_, startedAtMs) => this.#meter.start({ startedAtMs, firstMs: intervalMs, intervalMs }),
      },
      {
        code: 0x0104,
        argumentWords: 0,
        executionMs: 50,
        modes: ["measuring"],
        act: (_, atMs) => this.#meter.stop(atMs),
      },
      {
        code: 0x0327,
        argumentWords: 0,
        executionMs: 5,
        modes: ["measuring"],
        answer: (_, atMs) => this.#meter.newest(atMs),
      },
      {
        code: 0xd060,
        argumentWords: 0,
        executionMs: 2,
        modes: both,
        answer: () => textToWords(this.#options.marking ?? anyMarking, markingWords),
      },
      { code: 0xd304, argumentWords: 0, executionMs: 1_000, modes: both, act: () => this.#meter.forget() },
    ];
  }
}

/** Formaldehyde in fifths of a ppb, humidity in hundredths of a percent, temperature in two-hundredths of a kelvin. */
function sfa30Words(air: Sfa30Air): readonly number[] {
  const ppb = Math.min(formaldehydeMaxPpb, Math.max(0, air.formaldehydePpb));
  return [
    toSignedWord(5 * ppb),
    toSignedWord(100 * air.humidityPercent),
    toSignedWord(200 * air.temperatureCelsius),
  ];
}
