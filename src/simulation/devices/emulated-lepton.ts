import type { FfcState, GainMode } from "#core/frames/frame-telemetry.ts";
import type { Clock } from "#core/time.ts";
import type { GpioLine } from "#sensors/transport/gpio-line.ts";
import type { SpiLink } from "#sensors/transport/spi-link.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { EmulatedCciSlave } from "./emulated-cci-slave.ts";
import type { I2cSlave } from "./emulated-i2c-bus.ts";
import type { LeptonFault } from "./emulated-lepton-fault.ts";
import { type LeptonCeilings, type LeptonScene, leptonCeilings } from "./emulated-lepton-imager.ts";
import {
  type LeptonCountersAtBoot,
  LeptonModule,
  type LeptonTemperatures,
} from "./emulated-lepton-module.ts";
import type { VospiCounts } from "./emulated-vospi-stream.ts";

const commandMsDefault = 1;
const serialNumberDefault = 0x0035_0771;

/** The camera warms up by itself after power-on, less than would ask for a correction before its time. Assumed. */
const coldFpaKelvin = 300;
const fpaWarmingKelvin = 3;
const fpaWarmingMs = 300_000;
const housingBelowFpaKelvin = 1.5;

/** Options of `EmulatedLepton`. */
export interface EmulatedLeptonOptions {
  readonly clock: Clock;
  /**
   * What it looks at: hundredths of a kelvin, 160·120 pixels. The module itself adds what the electronics do:
   * corrections with their frozen pictures, gain, ceiling, resolution, AGC, telemetry.
   */
  readonly scene: LeptonScene;
  /** 3.5, or the 3.0, which has neither radiometry nor low gain. Default 3.5. */
  readonly model?: "3.5" | "3.0";
  /** Whether the supply is on from the start. Default on: it begins to boot now. */
  readonly power?: "on" | "off";
  /** With power on: it came so many milliseconds ago. Default 0. */
  readonly poweredForMs?: number;
  /** What uptime and frame counter begin with at each boot: both have 32 bits and begin anew one day. Default: 0. */
  readonly countersAtBoot?: LeptonCountersAtBoot;
  /** Where readings stop. Default: 181.35 °C and 450 °C. */
  readonly ceilings?: LeptonCeilings;
  /** The module's own temperatures. Default: warms by 3 K from 26.85 °C. */
  readonly temperatures?: LeptonTemperatures;
  /** How long a command takes, in milliseconds. Default 1. */
  readonly commandMs?: number;
  /**
   * Ready segments that may wait before synchronisation is lost. Default 1, as in the real module; more lets a host
   * that is no real-time system keep up.
   */
  readonly segmentsKept?: number;
  readonly serialNumber?: number;
  /** A flat-field correction has ended: whoever draws the scene's fixed pattern draws it anew. */
  readonly onCorrection?: () => void;
}

/** What the emulated module is doing, for tests and displays: a host cannot see it. */
export interface EmulatedLeptonMoment {
  readonly ffcState: FfcState;
  readonly corrections: number;
  readonly effectiveGain: GainMode;
  readonly uptimeMs: number;
}

/**
 * A Lepton 3.5 down to its packets and registers: video on `spi`, commands on `cci`, its supply's switch on
 * `powerLine` (high: on). It lives by the clock it is given, sets no timer, and does the same for the same calls.
 */
export class EmulatedLepton {
  readonly spi: SpiLink;
  readonly cci: I2cSlave;
  readonly powerLine: GpioLine;
  readonly #module: LeptonModule;

  constructor(options: EmulatedLeptonOptions) {
    const { clock } = options;
    const module = new LeptonModule({
      clock,
      scene: options.scene,
      model: options.model ?? "3.5",
      ceilings: options.ceilings ?? leptonCeilings,
      segmentsKept: options.segmentsKept ?? 1,
      serialNumber: options.serialNumber ?? serialNumberDefault,
      temperatures: options.temperatures ?? warmingUp,
      onCorrection: options.onCorrection ?? (() => {}),
      countersAtBoot: options.countersAtBoot ?? { uptimeMs: 0, frameCounter: 0 },
    });
    const slave = new EmulatedCciSlave({
      backend: module,
      faults: module.faults,
      nowMs: () => clock.monotonicMs(),
      commandMs: options.commandMs ?? commandMsDefault,
    });
    module.onReset = () => slave.reset();
    this.#module = module;
    this.cci = slave;
    this.spi = spiLink(module);
    this.powerLine = {
      set: async (level) => module.switchSupply(level),
      close: async () => {},
    };
    if (options.power !== "off") module.switchSupply("high", options.poweredForMs);
  }

  /** Puts this fault in the place of all others; null takes all away. */
  setFault(fault: LeptonFault | null): void {
    this.#module.settle();
    this.#module.faults.clear();
    if (fault !== null) this.#module.addFault(fault);
    this.#module.settle();
  }

  /** Adds a fault to those there are; one of the same kind is replaced. */
  addFault(fault: LeptonFault): void {
    this.#module.addFault(fault);
  }

  /** Starts a flat-field correction, as a host's command does; false when the camera's temperature forbids it. */
  correct(): boolean {
    this.#module.settle();
    return this.#module.runFfc();
  }

  /** What happened on the video interface so far. */
  get videoCounts(): Readonly<VospiCounts> {
    return this.#module.stream.counts;
  }

  /** What it is doing now. */
  get moment(): EmulatedLeptonMoment {
    const module = this.#module;
    module.settle();
    return {
      ffcState: module.ffcState,
      corrections: module.shutter.completed,
      effectiveGain: module.gain.effective,
      uptimeMs: module.uptimeMs,
    };
  }
}

function spiLink(module: LeptonModule): SpiLink {
  let isClosed = false;
  return {
    read(into) {
      if (isClosed) throw new TransportFailure("gone", "The emulated SPI link is closed: open it again.");
      module.settle();
      module.stream.read(into);
    },
    close() {
      isClosed = true;
    },
  };
}

function warmingUp(uptimeMs: number): { fpaKelvin: number; housingKelvin: number } {
  const fpaKelvin = coldFpaKelvin + fpaWarmingKelvin * (1 - Math.exp(-uptimeMs / fpaWarmingMs));
  return { fpaKelvin, housingKelvin: fpaKelvin - housingBelowFpaKelvin };
}
