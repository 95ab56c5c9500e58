import type { FfcState } from "#core/frames/frame-telemetry.ts";
import { type Clock, microsPerMillisecond } from "#core/time.ts";
import type { CameraLoops } from "./camera-loops.ts";
import type { CciAnswer, CciBackend } from "./emulated-cci-slave.ts";
import { type CommandedModule, EmulatedLeptonCommands } from "./emulated-lepton-commands.ts";
import { type LeptonFault, LeptonFaults } from "./emulated-lepton-fault.ts";
import { EmulatedLeptonGain } from "./emulated-lepton-gain.ts";
import {
  EmulatedImager,
  type LeptonCeilings,
  type LeptonScene,
  type RegionStatistics,
} from "./emulated-lepton-imager.ts";
import { cci, LeptonSettings } from "./emulated-lepton-settings.ts";
import { EmulatedShutter, type ShutterPolicy, shutterLockoutKelvin } from "./emulated-lepton-shutter.ts";
import { bootMs, LeptonSupply } from "./emulated-lepton-supply.ts";
import type { LeptonTelemetryState, PixelArea } from "./emulated-lepton-telemetry.ts";
import { leptonTelemetryState } from "./emulated-lepton-telemetry-state.ts";
import { EmulatedLeptonVideo } from "./emulated-lepton-video.ts";
import { EmulatedVospiStream } from "./emulated-vospi-stream.ts";

/** Part numbers of the two modules (data sheets; the suffix varies). */
const partNumbers = { "3.5": "500-0771-01", "3.0": "500-0726-01" } as const;

/** Firmware 3.3.26 twice, in the layout of the software version attribute; as seen on modules of 2018. */
const softwareVersion = Uint16Array.of(0x0303, 0x031a, 0x1a03, 0x0000);

/** Above this the module warns for 10 s and goes to standby (Lepton engineering data sheet). */
const overTemperatureKelvin = 353.15;
const overTemperatureWarningMs = 10_000;

/** Uptime and frame counter have 32 bits. */
const counterWrap = 2 ** 32;

/** What an emulated module is made of. */
export interface LeptonModuleOptions {
  readonly clock: Clock;
  readonly scene: LeptonScene;
  readonly model: "3.5" | "3.0";
  readonly ceilings: LeptonCeilings;
  readonly segmentsKept: number;
  readonly serialNumber: number;
  readonly temperatures: LeptonTemperatures;
  /** A flat-field correction has ended. */
  readonly onCorrection: () => void;
  /** What its 32-bit counters begin with at each boot. */
  readonly countersAtBoot: LeptonCountersAtBoot;
  /** What runs the imager's loops over all pixels; plain TypeScript where left out. */
  readonly loops?: CameraLoops | undefined;
}

/** Where the counters of the telemetry begin, both below 2³². */
export interface LeptonCountersAtBoot {
  readonly uptimeMs: number;
  readonly frameCounter: number;
}

/** The module's own temperatures at an uptime, in kelvin. */
export type LeptonTemperatures = (uptimeMs: number) => {
  readonly fpaKelvin: number;
  readonly housingKelvin: number;
};

/** The inside of an emulated Lepton: everything that the wires lead to. */
export class LeptonModule implements CommandedModule, CciBackend {
  readonly settings = new LeptonSettings();
  readonly faults: LeptonFaults;
  readonly shutter: EmulatedShutter;
  readonly gain: EmulatedLeptonGain;
  readonly imager: EmulatedImager;
  readonly stream: EmulatedVospiStream;
  readonly serialNumber: Uint16Array;
  readonly softwareVersion = softwareVersion;
  readonly isRadiometric: boolean;
  readonly #options: LeptonModuleOptions;
  readonly #video: EmulatedLeptonVideo;
  readonly #commands: EmulatedLeptonCommands;
  readonly #supply: LeptonSupply;
  #line: "high" | "low" = "low";
  #hasStarted = false;
  #hasPicture = false;
  #corrections = 0;
  #hotSinceMs: number | null = null;
  #shutdowns = 0;
  #onReset: () => void = () => {};

  constructor(options: LeptonModuleOptions) {
    this.#options = options;
    this.isRadiometric = options.model === "3.5";
    this.serialNumber = serialWords(options.serialNumber);
    this.faults = new LeptonFaults(() => this.#nowMicros() / microsPerMillisecond);
    const nowMicros = (): number => this.#nowMicros();
    this.#supply = new LeptonSupply(nowMicros, {
      onStop: (reason) => this.stream.stop(reason === "off" ? 0x00 : 0xff),
      onBoot: (beganMicros) => this.#onBoot(beganMicros),
    });
    this.shutter = this.#makeShutter();
    this.gain = this.#makeGain();
    const { settings, isRadiometric } = this;
    this.imager = new EmulatedImager({ settings, isRadiometric, ...options });
    this.#video = new EmulatedLeptonVideo({
      settings,
      pixels: this.imager.words,
      take: (index) => this.take(index),
      isRepeating: () => this.faults.strike("frozen-frame") !== null,
    });
    this.stream = new EmulatedVospiStream({
      source: this.#video,
      faults: this.faults,
      nowMicros,
      segmentsKept: options.segmentsKept,
    });
    this.#commands = new EmulatedLeptonCommands(this);
  }

  /** What is to be done at each boot: the control interface forgets everything. */
  set onReset(onReset: () => void) {
    this.#onReset = onReset;
  }

  /** Follows what has happened since the last exchange. Everything that looks at the module calls this first. */
  settle(): void {
    const hasSupply = this.#line === "high" && this.faults.active("power-cut") === null;
    if (hasSupply !== this.#supply.isPowered) {
      if (hasSupply) this.#supply.boot(this.#nowMicros());
      else this.#supply.stop("off");
    }
    if (hasSupply && this.faults.active("reboot") !== null) {
      this.faults.end("reboot");
      this.#supply.boot(this.#nowMicros());
    }
    if (this.#supply.state === "running") this.#run(this.uptimeMs);
  }

  /** Drives the supply's switch; power came `sinceMs` ago. */
  switchSupply(level: "high" | "low", sinceMs = 0): void {
    if (level === "high" && this.#line === "low") this.faults.cure("power-cycle");
    this.#line = level;
    if (level === "high" && sinceMs > 0)
      this.#supply.boot(this.#nowMicros() - Math.round(sinceMs * microsPerMillisecond));
    this.settle();
  }

  /** Arms a fault. */
  addFault(fault: LeptonFault): void {
    this.settle();
    this.faults.arm(fault);
    if (fault.kind === "ffc-stuck") this.runFfc();
    this.settle();
  }

  get state(): CciBackend["state"] {
    this.settle();
    if (this.#supply.isDeaf) return "deaf";
    return this.#supply.state === "running" || this.isStandby ? "booted" : "booting";
  }

  execute(command: number, words: Uint16Array): CciAnswer | null {
    this.settle();
    return this.#commands.execute(command, words);
  }

  wake(): void {
    if (this.#supply.state === "down" || this.isStandby) this.#supply.boot(this.#nowMicros());
  }

  get partNumber(): string {
    const wrong = this.faults.active("wrong-part");
    return wrong === null ? partNumbers[this.#options.model] : (wrong.partNumber ?? partNumbers["3.0"]);
  }

  get uptimeMs(): number {
    return this.#supply.uptimeMs;
  }

  /** A time of its uptime as it tells it: of 32 bits, from where its counter began. */
  toldUptimeMs(uptimeMs: number): number {
    return (Math.floor(uptimeMs) + this.#options.countersAtBoot.uptimeMs) % counterWrap;
  }

  /** A picture's number as it tells it. */
  toldFrameCounter(index: number): number {
    return (index + this.#options.countersAtBoot.frameCounter) % counterWrap;
  }

  get fpaCentikelvin(): number {
    return this.temperaturesAt(this.uptimeMs).fpa;
  }

  get housingCentikelvin(): number {
    return this.temperaturesAt(this.uptimeMs).housing;
  }

  /** Both temperatures at an uptime, in hundredths of a kelvin. */
  temperaturesAt(uptimeMs: number): { readonly fpa: number; readonly housing: number } {
    const { fpaKelvin, housingKelvin } = this.#options.temperatures(uptimeMs);
    return { fpa: Math.round(100 * fpaKelvin), housing: Math.round(100 * housingKelvin) };
  }

  get ffcState(): FfcState {
    return this.shutter.state;
  }

  get isFfcDesired(): boolean {
    if (this.shutter.isDesired(this.uptimeMs) || this.gain.isUncorrected) return true;
    return this.gain.isSwitchDesired && this.#policy().mode !== "automatic";
  }

  get lockout(): 0 | 1 | 2 {
    if (!this.shutter.isLockedOut(this.uptimeMs)) return 0;
    return this.#fpaKelvinAt(this.uptimeMs) > shutterLockoutKelvin.above ? 1 : 2;
  }

  get msSinceFfc(): number {
    return this.uptimeMs - this.shutter.lastEndedMs;
  }

  get isGainSwitchDesired(): boolean {
    return this.gain.isSwitchDesired;
  }

  get isOverTemperature(): boolean {
    return this.#hotSinceMs !== null;
  }

  get isStandby(): boolean {
    return this.#supply.state === "standby";
  }

  get shutdownCount(): number {
    return this.#shutdowns;
  }

  statistics(area: PixelArea): RegionStatistics {
    return this.imager.statistics(area);
  }

  runFfc(): boolean {
    return this.#supply.state === "running" && this.shutter.run(this.uptimeMs);
  }

  onSet(code: number): void {
    if (code === cci.gainMode) this.gain.onMode();
    // A change of the packets' format needs the host to begin anew.
    if (code === cci.telemetryEnable || code === cci.telemetryLocation) this.stream.loseStep();
  }

  standby(): void {
    this.#supply.stop("standby");
  }

  powerDown(): void {
    this.#supply.stop("down");
  }

  reboot(): void {
    this.faults.cure("reboot");
    this.#supply.boot(this.#nowMicros());
  }

  /** Takes unique picture `index`, which is ready now or was so a moment ago; its words are then the imager's. */
  take(index: number): LeptonTelemetryState {
    const readyMicros = this.stream.frameReadyMicros(index);
    const uptimeMs = this.#supply.uptimeMsAt(readyMicros);
    if (!this.#isPictureFrozen()) {
      const ageMicros = this.#nowMicros() - readyMicros;
      const isShutterClosed = this.ffcState === "in-progress";
      this.imager.take(this.#options.clock.nowMicros() - ageMicros, {
        gain: this.gain.effective,
        isUncorrected: this.gain.isUncorrected,
        isShutterClosed,
        housingCentikelvin: this.housingCentikelvin,
      });
      this.#hasPicture = true;
      if (!isShutterClosed) this.gain.onPicture(() => this.imager.suitableGain(this.gain.effective));
    }
    return leptonTelemetryState(this, { frameCounter: index, uptimeMs });
  }

  #nowMicros(): number {
    return Math.round(this.#options.clock.monotonicMs() * microsPerMillisecond);
  }

  #fpaKelvinAt(uptimeMs: number): number {
    return this.#options.temperatures(uptimeMs).fpaKelvin;
  }

  #makeShutter(): EmulatedShutter {
    return new EmulatedShutter({
      policy: () => this.#policy(),
      fpaKelvinAt: (uptimeMs) => this.#fpaKelvinAt(uptimeMs),
      isStuck: () => this.faults.active("ffc-stuck") !== null,
    });
  }

  #makeGain(): EmulatedLeptonGain {
    const modes = ["high", "low", "automatic"] as const;
    return new EmulatedLeptonGain({
      mode: () => (this.isRadiometric ? modes[this.settings.number(cci.gainMode)]! : "high"),
      isFfcAutomatic: () => this.#policy().mode === "automatic",
      runFfc: () => this.runFfc(),
    });
  }

  #policy(): ShutterPolicy {
    const words = this.settings.words(cci.ffcModeObject);
    const modes = ["manual", "automatic", "external"] as const;
    return {
      mode: modes[words[0]!] ?? "manual",
      periodMs: words[10]! + words[11]! * 65_536,
      deltaKelvin: words[14]! / 100,
      imminentFrames: words[15]!,
      averagedFrames: 2 ** this.settings.number(cci.averagedFrames),
    };
  }

  #onBoot(beganMicros: number): void {
    this.settings.restore();
    this.shutter.reset();
    this.gain.reset();
    this.#video.reset();
    this.#hasStarted = false;
    this.#hasPicture = false;
    this.#corrections = 0;
    this.#hotSinceMs = null;
    this.stream.stop(0xff);
    this.stream.start(beganMicros + bootMs * microsPerMillisecond);
    this.#onReset();
  }

  #run(uptimeMs: number): void {
    if (!this.#hasStarted) {
      this.#hasStarted = true;
      this.shutter.run(bootMs);
    }
    this.shutter.advance(uptimeMs);
    if (this.shutter.completed !== this.#corrections) {
      this.#corrections = this.shutter.completed;
      this.gain.onCorrected();
      this.#options.onCorrection();
    }
    this.#watchTemperature(uptimeMs);
  }

  #watchTemperature(uptimeMs: number): void {
    if (this.#fpaKelvinAt(uptimeMs) <= overTemperatureKelvin) {
      this.#hotSinceMs = null;
      return;
    }
    this.#hotSinceMs ??= uptimeMs;
    const isLong = uptimeMs - this.#hotSinceMs >= overTemperatureWarningMs;
    if (!isLong || this.settings.number(cci.shutdownEnable) === 0) return;
    this.#shutdowns += 1;
    this.standby();
  }

  #isPictureFrozen(): boolean {
    if (!this.#hasPicture) return false;
    if (this.faults.strike("frozen-picture") !== null) return true;
    if (this.settings.number(cci.videoFreeze) === 1) return true;
    const isFrozenByFfc = this.settings.words(cci.ffcModeObject)[4] === 1;
    return isFrozenByFfc && this.ffcState === "in-progress";
  }
}

/** A number as 64 bits, and eight words of telemetry: least significant first. */
function serialWords(serialNumber: number): Uint16Array {
  const words = new Uint16Array(4);
  for (let i = 0; i < words.length; i += 1) words[i] = Math.floor(serialNumber / 65_536 ** i) % 65_536;
  return words;
}
