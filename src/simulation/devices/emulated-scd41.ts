import type { Clock } from "#core/time.ts";
import type { GpioLine } from "#sensors/transport/gpio-line.ts";
import type { I2cSlave } from "./emulated-i2c-bus.ts";
import { type Scd41Variant, scd41Commands } from "./emulated-scd41-commands.ts";
import { Scd41Core, type Scd41Mode } from "./emulated-scd41-core.ts";
import type { Scd41Fault } from "./emulated-scd41-fault.ts";
import type { Scd41Settings } from "./emulated-scd41-settings.ts";
import type { SensirionAirSource } from "./emulated-sensirion-air.ts";
import { busFaultOf } from "./emulated-sensirion-fault.ts";
import { EmulatedSensirionLink } from "./emulated-sensirion-link.ts";

/** Options of `EmulatedScd41`. */
export interface EmulatedScd41Options {
  readonly clock: Clock;
  readonly air: SensirionAirSource;
  /** 48 bits; the example of the data sheet when absent. */
  readonly serial?: number;
  /** "scd41" when absent. */
  readonly variant?: Scd41Variant;
  /** From supply to ready: 1000 ms by the older data sheets (when absent), 30 ms by that of 2023. */
  readonly bootMs?: 30 | 1000;
}

const dataSheetSerial = 0xf896_9f07_3bbe;

/**
 * A Sensirion SCD41 on an I2C bus, to the byte: every command of its data sheet with its execution time, checksums
 * both ways, what it refuses while it measures, settings in RAM and in EEPROM, self-calibration, and its faults. It
 * has had its supply for long when it is made. A refused exchange throws `TransportFailure`.
 */
export class EmulatedScd41 implements I2cSlave {
  readonly address = 0x62;
  readonly #clock: Clock;
  readonly #core: Scd41Core;
  readonly #link: EmulatedSensirionLink<Scd41Mode>;

  constructor(options: EmulatedScd41Options) {
    this.#clock = options.clock;
    this.#core = new Scd41Core((atMs) => options.air(this.#link.wallMicros(atMs)));
    this.#link = new EmulatedSensirionLink<Scd41Mode>({
      clock: options.clock,
      name: "SCD41 (0x62)",
      commands: scd41Commands(this.#core, {
        serial: options.serial ?? dataSheetSerial,
        variant: options.variant ?? "scd41",
      }),
      bootMs: options.bootMs ?? 1000,
      mode: () => this.#core.mode,
      onSupply: () => this.#core.restart(),
    });
  }

  /** The switch of its supply: low takes it away. */
  get powerLine(): GpioLine {
    return this.#link.powerLine;
  }

  /** What it is doing, for tests and displays. */
  get mode(): Scd41Mode {
    this.#link.settle();
    return this.#core.mode;
  }

  /** The settings it works with, for tests and displays. */
  get settings(): Scd41Settings {
    this.#link.settle();
    return this.#core.settings;
  }

  /** How often its EEPROM has been written; the real one stands at least 2000 times. */
  get eepromWrites(): number {
    this.#link.settle();
    return this.#core.saves;
  }

  get stretchMs(): number {
    return this.#link.stretchMs;
  }

  transfer(write: Uint8Array, readBytes: number): Uint8Array {
    return this.#link.transfer(write, readBytes);
  }

  /** Breaks it in one way, or mends it. */
  setFault(fault: Scd41Fault | null): void {
    this.#link.settle();
    this.#core.setFault(fault, this.#clock.monotonicMs());
    this.#link.setFault(busFaultOf(fault));
  }
}
