import { assert } from "#core/failure.ts";
import type { FrameTelemetry, GainMode } from "#core/frames/frame-telemetry.ts";
import { leptonHeight, leptonWidth, type ThermalFrame } from "#core/frames/thermal-frame.ts";
import { type Clock, microsPerMillisecond, microsPerSecond } from "#core/time.ts";
import type { CameraLoops } from "./camera-loops.ts";
import { type LeptonScene, leptonCeilings } from "./emulated-lepton-imager.ts";
import { LeptonModule, type LeptonTemperatures } from "./emulated-lepton-module.ts";
import { cci } from "./emulated-lepton-settings.ts";
import { bootMs } from "./emulated-lepton-supply.ts";
import {
  type LeptonTelemetryState,
  telemetryRowsWords,
  writeLeptonTelemetry,
} from "./emulated-lepton-telemetry.ts";
import { segmentPeriodMicros, segmentsPerCycle, segmentsPerFrame } from "./emulated-vospi-stream.ts";

/** Rows A, B and C: what a host keeps of the telemetry. */
const keptTelemetryWords = 240;
const framePeriodMicros = segmentsPerCycle * segmentPeriodMicros;
/** A picture has arrived when its last segment is ready, so long after the first. */
export const arrivalMicros = (segmentsPerFrame - 1) * segmentPeriodMicros;
const centikelvinPerTenth = 10;
const pixelMax = 0xffff;
const serialNumberWords = 8;
/** Corrections may be ordered from so long before it is first looked at. */
const setUpMicros = 5 * microsPerSecond;

/** Options of `UnwiredLepton`. */
export interface UnwiredLeptonOptions {
  readonly scene: LeptonScene;
  /** A flat-field correction has ended. */
  readonly onCorrection: () => void;
  /** When it is first looked at. */
  readonly startMicros: number;
  /** It has had its supply for so long then, more than it takes to boot. */
  readonly uptimeAtStartMicros: number;
  /** How the host has set the gain. */
  readonly gainMode: "high" | "automatic";
  readonly temperatures: LeptonTemperatures;
  readonly serialNumber: number;
  /** What runs the imager's loops over all pixels; plain TypeScript where left out. */
  readonly loops?: CameraLoops | undefined;
}

/**
 * The emulated Lepton without its wires: the very same module with its clock, shutter, gain, imager and telemetry,
 * set up as the driver sets it up and asked for picture after picture, but neither packets nor registers. What it gives
 * is what the driver gets from an `EmulatedLepton`, bit for bit (test/simulation/fast-path.test.ts), many times faster.
 */
export class UnwiredLepton {
  readonly #module: LeptonModule;
  readonly #clock: SettableClock;
  readonly #bootedMicros: number;
  readonly #serial: string;
  #index: number;

  constructor(options: UnwiredLeptonOptions) {
    const { startMicros, uptimeAtStartMicros } = options;
    this.#bootedMicros = startMicros - uptimeAtStartMicros + bootMs * microsPerMillisecond;
    const beginMicros = startMicros - setUpMicros;
    assert(this.#bootedMicros <= beginMicros, "the camera has booted before it is looked at");
    this.#clock = new SettableClock(beginMicros);
    this.#module = new LeptonModule({
      clock: this.#clock,
      scene: options.scene,
      model: "3.5",
      ceilings: leptonCeilings,
      segmentsKept: 1,
      serialNumber: options.serialNumber,
      temperatures: options.temperatures,
      onCorrection: options.onCorrection,
      countersAtBoot: { uptimeMs: 0, frameCounter: 0 },
      loops: options.loops,
    });
    this.#module.switchSupply("high", (uptimeAtStartMicros - setUpMicros) / microsPerMillisecond);
    if (options.gainMode === "automatic") this.#setAutomaticGain();
    this.#serial = serialText(this.#module.serialNumber);
    this.#index = Math.ceil((startMicros - this.#bootedMicros) / framePeriodMicros);
  }

  /** When the next picture is taken. */
  get nextMicros(): number {
    return this.#bootedMicros + this.#index * framePeriodMicros;
  }

  /** Starts a flat-field correction, as a host's command does, at a time between the newest picture and the next. */
  correctAt(atMicros: number): void {
    this.#clock.moveTo(atMicros);
    this.#module.settle();
    this.#module.runFfc();
  }

  /** The next picture, as a driver that reads without delay gives it on. */
  next(): ThermalFrame {
    const module = this.#module;
    const takenMicros = this.nextMicros;
    this.#clock.moveTo(takenMicros);
    module.settle();
    const state = module.take(this.#index);
    this.#index += 1;
    const resolutionKelvin = state.linear?.resolution === 1 ? 0.01 : 0.1;
    return {
      width: leptonWidth,
      height: leptonHeight,
      capturedAtMicros: takenMicros + arrivalMicros,
      frameCounter: state.frameCounter,
      unit: "centikelvin",
      pixels: resolutionKelvin === 0.1 ? refined(module.imager.words) : module.imager.words.slice(),
      telemetry: telemetryOf(state, { gain: module.gain.effective, resolutionKelvin, serial: this.#serial }),
    };
  }

  /** As a driver does it: with the gain the resolution changes, too. */
  #setAutomaticGain(): void {
    const { settings } = this.#module;
    settings.set(cci.gainMode, [2, 0]);
    settings.set(cci.tLinearAutoResolution, [1, 0]);
    this.#module.onSet(cci.gainMode);
  }
}

/** A clock that stands still until it is set; nothing waits for it. */
class SettableClock implements Clock {
  readonly #beganMicros: number;
  #micros: number;

  constructor(micros: number) {
    this.#beganMicros = micros;
    this.#micros = micros;
  }

  moveTo(micros: number): void {
    this.#micros = micros;
  }

  nowMicros(): number {
    return this.#micros;
  }

  monotonicMs(): number {
    return (this.#micros - this.#beganMicros) / microsPerMillisecond;
  }

  after(): never {
    throw new Error("Programmer error: an emulated Lepton sets no timers");
  }

  every(): never {
    return this.after();
  }
}

/** Tenths of a kelvin as hundredths. */
function refined(words: Uint16Array): Uint16Array {
  return words.map((word) => Math.min(pixelMax, word * centikelvinPerTenth));
}

function telemetryOf(
  state: LeptonTelemetryState,
  also: {
    readonly gain: GainMode;
    readonly resolutionKelvin: 0.01 | 0.1;
    readonly serial: string;
  },
): FrameTelemetry {
  const rows = new Uint16Array(telemetryRowsWords);
  writeLeptonTelemetry(rows, 0, state);
  return {
    uptimeMs: Math.floor(state.uptimeMs),
    ffcState: state.status.ffcState,
    ffcDesired: state.status.isFfcDesired,
    lastFfcUptimeMs: Math.floor(state.lastFfc.uptimeMs),
    agcEnabled: state.status.isAgcEnabled,
    shutterLockout: state.status.isLockedOut,
    overTemperature: state.status.isOverTemperature,
    fpaTemperatureKelvin: state.fpaCentikelvin / 100,
    fpaTemperatureAtLastFfcKelvin: state.lastFfc.fpaCentikelvin / 100,
    housingTemperatureKelvin: state.housingCentikelvin / 100,
    effectiveGain: also.gain,
    tLinearEnabled: state.linear?.isEnabled === true,
    tLinearResolutionKelvin: also.resolutionKelvin,
    serialNumber: also.serial,
    words: rows.slice(0, keptTelemetryWords),
  };
}

/** Telemetry has room for eight words and the module fills the lower four; hexadecimal, the highest word first. */
function serialText(words: Uint16Array): string {
  const all = Array.from({ length: serialNumberWords }, (_, i) => words[i] ?? 0);
  return all
    .toReversed()
    .map((word) => word.toString(16).padStart(4, "0"))
    .join("");
}
