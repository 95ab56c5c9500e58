import type { Clock } from "#core/time.ts";
import type { GpioLine } from "#sensors/transport/gpio-line.ts";
import type { I2cSlave } from "./emulated-i2c-bus.ts";
import type { SensirionAirSource } from "./emulated-sensirion-air.ts";
import { busFaultOf } from "./emulated-sensirion-fault.ts";
import { EmulatedSensirionLink } from "./emulated-sensirion-link.ts";
import type { SensirionParticles } from "./emulated-sensirion-particles.ts";
import { sps30Commands } from "./emulated-sps30-commands.ts";
import { Sps30Core, type Sps30Fault, type Sps30Mode } from "./emulated-sps30-core.ts";

/** Options of `EmulatedSps30`. */
export interface EmulatedSps30Options {
  readonly clock: Clock;
  readonly air: SensirionAirSource<SensirionParticles>;
  /** At most 32 ASCII characters; some text when absent. */
  readonly serial?: string;
}

/** From supply to ready; the data sheet gives the same for a reset. */
const bootMs = 100;
const anySerial = "8D9E1F0A2B3C4D5E";

/**
 * A Sensirion SPS30 (particles) on an I2C bus: its values as floats or whole numbers, sleep and the double wake-up,
 * fan cleaning, status register, and its faults. A refused exchange throws `TransportFailure`.
 */
export class EmulatedSps30 implements I2cSlave {
  readonly address = 0x69;
  readonly #clock: Clock;
  readonly #core: Sps30Core;
  readonly #link: EmulatedSensirionLink<Sps30Mode>;

  constructor(options: EmulatedSps30Options) {
    this.#clock = options.clock;
    this.#core = new Sps30Core((atMs) => options.air(this.#link.wallMicros(atMs)));
    this.#link = new EmulatedSensirionLink<Sps30Mode>({
      clock: options.clock,
      name: "SPS30 (0x69)",
      commands: sps30Commands(this.#core, { serial: options.serial ?? anySerial }),
      bootMs,
      mode: () => this.#core.modeAt(options.clock.monotonicMs()),
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
  setFault(fault: Sps30Fault | null): void {
    this.#link.settle();
    this.#core.setFault(fault, this.#clock.monotonicMs());
    this.#link.setFault(busFaultOf(fault));
  }
}
