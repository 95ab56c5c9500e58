import type { Clock } from "#core/time.ts";
import type { GpioLine } from "#sensors/transport/gpio-line.ts";
import type { I2cSlave } from "./emulated-i2c-bus.ts";
import { sen66Commands } from "./emulated-sen66-commands.ts";
import { type Sen66Air, Sen66Core, type Sen66Fault, type Sen66Mode } from "./emulated-sen66-core.ts";
import type { SensirionAirSource } from "./emulated-sensirion-air.ts";
import { busFaultOf } from "./emulated-sensirion-fault.ts";
import { EmulatedSensirionLink } from "./emulated-sensirion-link.ts";

/** Options of `EmulatedSen66`. */
export interface EmulatedSen66Options {
  readonly clock: Clock;
  readonly air: SensirionAirSource<Sen66Air>;
  /** At most 32 ASCII characters; some text when absent. */
  readonly serial?: string;
}

/** From supply to ready; the driver of the maker waits as long after a reset. */
const bootMs = 1_200;
const anySerial = "A1B2C3D4E5F60718";

/**
 * A Sensirion SEN66 (particles, humidity, temperature, VOC and NOx index, CO2) on an I2C bus. What it may not do in
 * its mode it acknowledges and ignores; what it does not know it answers with the highest word. All its settings are
 * volatile. A refused exchange throws `TransportFailure`.
 */
export class EmulatedSen66 implements I2cSlave {
  readonly address = 0x6b;
  readonly #clock: Clock;
  readonly #core: Sen66Core;
  readonly #link: EmulatedSensirionLink<Sen66Mode>;

  constructor(options: EmulatedSen66Options) {
    this.#clock = options.clock;
    this.#core = new Sen66Core((atMs) => options.air(this.#link.wallMicros(atMs)));
    this.#link = new EmulatedSensirionLink<Sen66Mode>({
      clock: options.clock,
      name: "SEN66 (0x6B)",
      commands: sen66Commands(this.#core, { serial: options.serial ?? anySerial }),
      bootMs,
      mode: () => this.#core.mode,
      onSupply: () => this.#core.restart(),
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
  setFault(fault: Sen66Fault | null): void {
    this.#link.settle();
    this.#core.setFault(fault, this.#clock.monotonicMs());
    this.#link.setFault(busFaultOf(fault));
  }
}
