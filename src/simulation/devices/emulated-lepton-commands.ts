import type { FfcState } from "#core/frames/frame-telemetry.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { type CciAnswer, cciResult } from "./emulated-cci-slave.ts";
import type { RegionStatistics } from "./emulated-lepton-imager.ts";
import {
  type CciAttribute,
  cci,
  findCciAttribute,
  type LeptonSettings,
  protectBit,
} from "./emulated-lepton-settings.ts";
import type { PixelArea } from "./emulated-lepton-telemetry.ts";

/** What the commands need to know of the module, and may make it do. Temperatures in hundredths of a kelvin. */
export interface CommandedModule {
  readonly settings: LeptonSettings;
  readonly isRadiometric: boolean;
  readonly partNumber: string;
  readonly serialNumber: Uint16Array;
  readonly softwareVersion: Uint16Array;
  readonly uptimeMs: number;
  /** A time of its uptime as its 32-bit counter tells it. */
  toldUptimeMs(uptimeMs: number): number;
  readonly fpaCentikelvin: number;
  readonly housingCentikelvin: number;
  readonly ffcState: FfcState;
  readonly isFfcDesired: boolean;
  /** 0 inactive, 1 too hot, 2 too cold for the shutter. */
  readonly lockout: 0 | 1 | 2;
  readonly msSinceFfc: number;
  readonly isGainSwitchDesired: boolean;
  readonly isOverTemperature: boolean;
  readonly isStandby: boolean;
  readonly shutdownCount: number;
  statistics(area: PixelArea): RegionStatistics;
  /** Starts a flat-field correction; false when the temperature forbids it. */
  runFfc(): boolean;
  /** An attribute has been set. */
  onSet(code: number): void;
  standby(): void;
  powerDown(): void;
  reboot(): void;
}

const ffcStateCodes: Readonly<Record<FfcState, number>> = {
  never: 0,
  imminent: 1,
  "in-progress": 2,
  complete: 3,
};

const systemStatus = {
  ready: 0,
  lowPower: 2,
  ffcInProgress: 4,
  ffcImminent: 5,
  shutdownImminent: 6,
} as const;

const type = { get: 0, set: 1, run: 2 } as const;

/** Attributes that are, or begin with, a rectangle. */
const columnFirstAreas: readonly number[] = [cci.agcRoi, cci.sceneRoi, cci.gainModeObject];
const rowFirstAreas: readonly number[] = [cci.spotmeterRoi];

const ok: CciAnswer = { result: cciResult.ok, words: null };

/** Does what the commands of the control interface ask for (Lepton software interface description, SDK headers). */
export class EmulatedLeptonCommands {
  readonly #module: CommandedModule;
  #count = 0;

  constructor(module: CommandedModule) {
    this.#module = module;
  }

  /** Carries out one command word with its argument; null when the module has restarted. */
  execute(command: number, words: Uint16Array): CciAnswer | null {
    const attribute = findCciAttribute(command & ~0b11);
    if (attribute === undefined) {
      const isUnprotected = findCciAttribute((command & ~0b11) | protectBit) !== undefined;
      return refuse(isUnprotected ? cciResult.notAllowed : cciResult.undefinedFunction);
    }
    if (attribute.needsRadiometry && !this.#module.isRadiometric) return refuse(cciResult.notSupported);
    this.#count += 1;
    switch (command & 0b11) {
      case type.get:
        return this.#get(attribute, words.length);
      case type.set:
        return this.#set(attribute, words);
      case type.run:
        return attribute.access === "run" ? this.#run(attribute.code) : refuse(cciResult.notSupported);
      default:
        return refuse(cciResult.undefinedFunction);
    }
  }

  #get(attribute: CciAttribute, length: number): CciAnswer {
    if (attribute.access === "run") return refuse(cciResult.notSupported);
    if (length !== attribute.words) return refuse(cciResult.dataSizeError);
    const words = new Uint16Array(attribute.words);
    words.set(this.#measured(attribute.code) ?? this.#module.settings.words(attribute.code));
    return { result: cciResult.ok, words };
  }

  #set(attribute: CciAttribute, words: Uint16Array): CciAnswer {
    if (attribute.access !== "read-write") return refuse(cciResult.notSupported);
    if (words.length !== attribute.words) return refuse(cciResult.dataSizeError);
    if (!isAllowed(attribute, words)) return refuse(cciResult.dataOutOfRange);
    this.#module.settings.set(attribute.code, words);
    this.#module.onSet(attribute.code);
    return ok;
  }

  #run(code: number): CciAnswer | null {
    const module = this.#module;
    switch (code) {
      case cci.runFfc:
      case cci.radiometryFfc:
        return module.runFfc() ? ok : refuse(cciResult.notAllowed);
      case cci.standby:
        module.standby();
        return ok;
      case cci.restoreDefaults:
        module.settings.restore();
        module.onSet(cci.telemetryEnable);
        return ok;
      case cci.powerDown:
        module.powerDown();
        return null;
      case cci.reboot:
        module.reboot();
        return null;
      default:
        return ok;
    }
  }

  /** Words that are not stored but measured; null for the others. */
  #measured(code: number): ArrayLike<number> | null {
    const module = this.#module;
    switch (code) {
      case cci.status:
        return [this.#systemStatus(), 0, this.#count & 0xffff, 0];
      case cci.serialNumber:
        return module.serialNumber;
      case cci.softwareVersion:
        return module.softwareVersion;
      case cci.partNumber:
        return packText(module.partNumber);
      case cci.uptime:
        return long(module.toldUptimeMs(module.uptimeMs));
      case cci.housingTemperature:
        return [module.housingCentikelvin];
      case cci.fpaTemperature:
        return [module.fpaCentikelvin];
      case cci.shutdownCount:
        return [module.shutdownCount];
      case cci.gainDesired:
        return [Number(module.isGainSwitchDesired), 0];
      default:
        return this.#shutter(code) ?? this.#seen(code);
    }
  }

  #shutter(code: number): ArrayLike<number> | null {
    const module = this.#module;
    const isClosed = module.ffcState === "in-progress";
    switch (code) {
      case cci.shutterPosition:
        return [isClosed ? 2 : 1, 0];
      case cci.ffcStatus:
        return [Number(isClosed), 0];
      case cci.ffcState:
        return [ffcStateCodes[module.ffcState], 0];
      case cci.ffcModeObject: {
        const words = module.settings.words(code).slice();
        words.set([module.lockout, 0], 2);
        words.set([Number(module.isFfcDesired), 0], 6);
        words.set(long(module.msSinceFfc), 8);
        return words;
      }
      default:
        return null;
    }
  }

  #seen(code: number): ArrayLike<number> | null {
    const module = this.#module;
    if (code === cci.spotmeter) {
      const spot = module.statistics(rowFirstArea(module.settings.words(cci.spotmeterRoi)));
      return [spot.mean, spot.max, spot.min, spot.count];
    }
    if (code === cci.sceneStatistics) {
      const scene = module.statistics(columnFirstArea(module.settings.words(cci.sceneRoi)));
      return [scene.mean, scene.max, scene.min, scene.count];
    }
    return null;
  }

  #systemStatus(): number {
    const module = this.#module;
    if (module.isStandby) return systemStatus.lowPower;
    if (module.isOverTemperature) return systemStatus.shutdownImminent;
    if (module.ffcState === "in-progress") return systemStatus.ffcInProgress;
    return module.ffcState === "imminent" ? systemStatus.ffcImminent : systemStatus.ready;
  }
}

/** A rectangle that is stored as start column, start row, end column, end row. */
export function columnFirstArea(words: ArrayLike<number>): PixelArea {
  return { left: words[0] ?? 0, top: words[1] ?? 0, right: words[2] ?? 0, bottom: words[3] ?? 0 };
}

/** A rectangle that is stored as start row, start column, end row, end column. */
export function rowFirstArea(words: ArrayLike<number>): PixelArea {
  return { top: words[0] ?? 0, left: words[1] ?? 0, bottom: words[2] ?? 0, right: words[3] ?? 0 };
}

function refuse(result: number): CciAnswer {
  return { result, words: null };
}

function long(value: number): [low: number, high: number] {
  const whole = Math.max(0, Math.floor(value));
  return [whole % 65_536, Math.floor(whole / 65_536) % 65_536];
}

function isAllowed({ code, range }: CciAttribute, words: Uint16Array): boolean {
  if (columnFirstAreas.includes(code)) return isArea(columnFirstArea(words));
  if (rowFirstAreas.includes(code)) return isArea(rowFirstArea(words));
  if (range === null) return true;
  const value = (words[0]! | ((words[1] ?? 0) << 16)) >> 0;
  return value >= range[0] && value <= range[1];
}

function isArea({ left, top, right, bottom }: PixelArea): boolean {
  return left <= right && top <= bottom && right < leptonWidth && bottom < leptonHeight;
}

/** Text as the SDK finds it in memory: the first character in the first word's lower byte. */
function packText(text: string): Uint16Array {
  const words = new Uint16Array(16);
  for (let i = 0; i < Math.min(text.length, 2 * words.length); i += 1)
    words[i >> 1]! |= text.charCodeAt(i) << (i % 2 === 0 ? 0 : 8);
  return words;
}
