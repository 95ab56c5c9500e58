import type { Clock } from "#core/time.ts";
import type { GpioLine } from "#sensors/transport/gpio-line.ts";
import type { I2cSlave } from "./emulated-i2c-bus.ts";
import type { SensirionAirSource } from "./emulated-sensirion-air.ts";
import {
  busFaultOf,
  type SensirionBusFault,
  type SensirionValueFault,
  valueFaultOf,
} from "./emulated-sensirion-fault.ts";
import { EmulatedSensirionLink, type SensirionCommand } from "./emulated-sensirion-link.ts";
import { EmulatedSensirionMeter } from "./emulated-sensirion-meter.ts";
import { serialToWords } from "./emulated-sensirion-words.ts";
import { type Sgp41Air, Sgp41Hotplate } from "./emulated-sgp41-hotplate.ts";

/** What can be wrong with an emulated SGP41, one at a time; "never-ready" leaves its measurements without an answer. */
export type Sgp41Fault =
  | SensirionBusFault
  | SensirionValueFault
  | { readonly kind: "self-test-fails"; readonly pixel: "voc" | "nox" };

/** Options of `EmulatedSgp41`. */
export interface EmulatedSgp41Options {
  readonly clock: Clock;
  readonly air: SensirionAirSource<Sgp41Air>;
  /** 48 bits; some number when absent. */
  readonly serial?: number;
}

type Mode = "idle" | "heating";

/** From supply to ready (SGP4x data sheets: at most 0.6 ms), rounded up. */
const bootMs = 1;
const measureMs = 50;
const anySerial = 0x0000_0123_4567;

/** Bits of the self-test's answer: one for each hotplate. */
const selfTestBits = { voc: 0b01, nox: 0b10 } as const;
/** What real chips answer in the bits that mean nothing. */
const selfTestPassed = 0xd400;

/**
 * A Sensirion SGP41 (raw signals of VOC and NOx) on an I2C bus. It measures when asked to and heats from then on until
 * it is told to stop; conditioning for more than 10 s damages it. A refused exchange throws `TransportFailure`.
 */
export class EmulatedSgp41 implements I2cSlave {
  readonly address = 0x59;
  readonly #options: EmulatedSgp41Options;
  readonly #link: EmulatedSensirionLink<Mode>;
  readonly #hotplate = new Sgp41Hotplate();
  readonly #meter: EmulatedSensirionMeter;
  #told = { humidityTicks: 0, temperatureTicks: 0 };
  #fault: Sgp41Fault | null = null;

  constructor(options: EmulatedSgp41Options) {
    this.#options = options;
    this.#meter = new EmulatedSensirionMeter({
      measure: (atMs) =>
        this.#hotplate.read(options.air(this.#link.wallMicros(atMs)), { told: this.#told, atMs }),
    });
    this.#link = new EmulatedSensirionLink<Mode>({
      clock: options.clock,
      name: "SGP41 (0x59)",
      commands: this.#commands(),
      bootMs,
      mode: () => (this.#hotplate.heating ? "heating" : "idle"),
      onSupply: () => this.#hotplate.switchOff(),
    });
  }

  /** The switch of its supply: low takes it away. */
  get powerLine(): GpioLine {
    return this.#link.powerLine;
  }

  get stretchMs(): number {
    return this.#link.stretchMs;
  }

  /** True when it has been conditioned for longer than it stands. */
  get damaged(): boolean {
    this.#link.settle();
    return this.#hotplate.damaged;
  }

  transfer(write: Uint8Array, readBytes: number): Uint8Array {
    return this.#link.transfer(write, readBytes);
  }

  /** Breaks it in one way, or mends it. */
  setFault(fault: Sgp41Fault | null): void {
    this.#link.settle();
    this.#fault = fault;
    this.#meter.setFault(valueFaultOf(fault), this.#options.clock.monotonicMs());
    this.#link.setFault(busFaultOf(fault));
  }

  #commands(): readonly SensirionCommand<Mode>[] {
    const both: readonly Mode[] = ["idle", "heating"];
    return [
      {
        code: 0x2612,
        argumentWords: 2,
        executionMs: measureMs,
        modes: both,
        answer: (words, atMs) => this.#answer(words, { purpose: "conditioning", atMs }),
      },
      {
        code: 0x2619,
        argumentWords: 2,
        executionMs: measureMs,
        modes: both,
        answer: (words, atMs) => this.#answer(words, { purpose: "measuring", atMs }),
      },
      { code: 0x280e, argumentWords: 0, executionMs: 320, modes: ["idle"], answer: () => [this.#selfTest()] },
      { code: 0x3615, argumentWords: 0, executionMs: 1, modes: both, act: () => this.#hotplate.switchOff() },
      {
        code: 0x3682,
        argumentWords: 0,
        executionMs: 1,
        modes: both,
        answer: () => serialToWords(this.#options.serial ?? anySerial),
      },
    ];
  }

  #answer(
    [humidityTicks, temperatureTicks]: readonly number[],
    { purpose, atMs }: { readonly purpose: "conditioning" | "measuring"; readonly atMs: number },
  ): readonly number[] | null {
    this.#told = { humidityTicks: humidityTicks!, temperatureTicks: temperatureTicks! };
    this.#hotplate.heat(purpose, atMs);
    this.#meter.put(this.#meter.measure(atMs));
    const reading = this.#meter.take(atMs);
    return purpose === "conditioning" ? (reading?.slice(0, 1) ?? null) : reading;
  }

  #selfTest(): number {
    if (this.#fault?.kind === "self-test-fails") return selfTestPassed | selfTestBits[this.#fault.pixel];
    return this.#hotplate.damaged ? selfTestPassed | selfTestBits.nox : selfTestPassed;
  }
}
