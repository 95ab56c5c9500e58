import { assert } from "#core/failure.ts";

/** What a host may do with an attribute of the control interface. */
export type CciAccess = "read" | "read-write" | "run";

/** An attribute of the control interface: a GET, SET and RUN code that belong together. */
export interface CciAttribute {
  /** Code of its GET command; SET is one more, RUN two more. */
  readonly code: number;
  /** Length in 16-bit words. */
  readonly words: number;
  readonly access: CciAccess;
  /** Value after power-on, least significant word first; absent words are 0. */
  readonly initial: readonly number[];
  /** Smallest and largest value where it is one number; SET refuses others. */
  readonly range: readonly [min: number, max: number] | null;
  /** Only modules with radiometry have it. */
  readonly needsRadiometry: boolean;
}

/** Codes that the emulated module itself acts upon (Lepton software interface description; SDK headers). */
export const cci = {
  agcEnable: 0x0100,
  agcRoi: 0x0108,
  ping: 0x0200,
  status: 0x0204,
  serialNumber: 0x0208,
  uptime: 0x020c,
  housingTemperature: 0x0210,
  fpaTemperature: 0x0214,
  telemetryEnable: 0x0218,
  telemetryLocation: 0x021c,
  averagedFrames: 0x0224,
  sceneStatistics: 0x022c,
  sceneRoi: 0x0230,
  shutdownCount: 0x0234,
  shutterPosition: 0x0238,
  ffcModeObject: 0x023c,
  runFfc: 0x0240,
  ffcStatus: 0x0244,
  gainMode: 0x0248,
  ffcState: 0x024c,
  gainModeObject: 0x0250,
  gainDesired: 0x0254,
  videoFreeze: 0x0324,
  powerDown: 0x4800,
  standby: 0x4804,
  partNumber: 0x481c,
  softwareVersion: 0x4820,
  outputFormat: 0x4828,
  reboot: 0x4840,
  shutdownEnable: 0x4868,
  restoreDefaults: 0x4860,
  radiometryEnable: 0x4e10,
  radiometryFfc: 0x4e2c,
  fluxLinear: 0x4ebc,
  tLinearEnable: 0x4ec0,
  tLinearResolution: 0x4ec4,
  tLinearAutoResolution: 0x4ec8,
  spotmeterRoi: 0x4ecc,
  spotmeter: 0x4ed0,
} as const;

const radiometryModule = 0x4e00;
/** Low gain came with radiometry. */
const gainCodes: readonly number[] = [cci.gainMode, cci.gainModeObject, cci.gainDesired];

/** Bit of a command code by which the OEM and RAD modules are protected from commands sent by mistake. */
export const protectBit = 0x4000;

function attribute(
  code: number,
  words: number,
  more: Partial<Omit<CciAttribute, "code" | "words">> = {},
): CciAttribute {
  const needsRadiometry = (code & 0x4f00) === radiometryModule || gainCodes.includes(code);
  return { code, words, access: "read-write", initial: [], range: null, needsRadiometry, ...more };
}

/** An enumeration or flag: 32 bits. */
function choice(code: number, max: number, initial = 0): CciAttribute {
  return attribute(code, 2, { range: [0, max], initial: [initial] });
}

function reading(code: number, words: number): CciAttribute {
  return attribute(code, words, { access: "read" });
}

function action(code: number): CciAttribute {
  return attribute(code, 0, { access: "run" });
}

const wholePicture = [0, 0, 159, 119];

/** Flux parameters as they leave the factory: nothing in between, everything at 22 °C. */
const factoryFlux = [8192, 29515, 8192, 29515, 8192, 29515, 0, 29515];

/**
 * The commands that the emulated module has, with their power-on values (Lepton software interface description and SDK
 * headers; defaults of Lepton 3.5: FFC automatic, every 180 s or 1.5 K, gain high, telemetry off in the footer,
 * TLinear on at 0.01 K).
 */
export const cciAttributes: readonly CciAttribute[] = [
  choice(cci.agcEnable, 1),
  choice(0x0104, 1, 1),
  attribute(cci.agcRoi, 4, { initial: wholePicture }),
  attribute(0x012c, 1, { initial: [4800] }),
  attribute(0x0130, 1, { initial: [512] }),
  choice(0x0144, 1),
  choice(0x0148, 1),
  action(cci.ping),
  reading(cci.status, 4),
  reading(cci.serialNumber, 4),
  reading(cci.uptime, 2),
  reading(cci.housingTemperature, 1),
  reading(cci.fpaTemperature, 1),
  choice(cci.telemetryEnable, 1),
  choice(cci.telemetryLocation, 1, 1),
  action(0x0220),
  choice(cci.averagedFrames, 7, 3),
  attribute(0x0228, 16, { access: "read" }),
  reading(cci.sceneStatistics, 4),
  attribute(cci.sceneRoi, 4, { initial: wholePicture }),
  reading(cci.shutdownCount, 1),
  reading(cci.shutterPosition, 2),
  attribute(cci.ffcModeObject, 16, {
    initial: [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 180_000 & 0xffff, 180_000 >>> 16, 0, 0, 150, 52],
  }),
  action(cci.runFfc),
  reading(cci.ffcStatus, 2),
  choice(cci.gainMode, 2),
  reading(cci.ffcState, 2),
  attribute(cci.gainModeObject, 14, {
    initial: [...wholePicture, 25, 90, 115, 85, 388, 358, 100, 0, 0, 0],
  }),
  reading(cci.gainDesired, 2),
  choice(0x0300, 1),
  choice(0x0304, 8),
  attribute(0x0308, 512),
  choice(0x031c, 1),
  choice(cci.videoFreeze, 1),
  choice(0x0330, 7, 7),
  choice(0x0334, 8),
  action(cci.powerDown),
  action(cci.standby),
  reading(cci.partNumber, 16),
  reading(cci.softwareVersion, 4),
  choice(0x4824, 1, 1),
  attribute(cci.outputFormat, 2, { range: [7, 7], initial: [7] }),
  choice(0x482c, 7, 1),
  action(cci.reboot),
  attribute(0x4844, 1, { initial: [4096] }),
  reading(0x4848, 2),
  choice(0x4854, 5),
  attribute(0x4858, 2, { range: [-3, 3] }),
  reading(0x485c, 2),
  action(cci.restoreDefaults),
  choice(0x4864, 2),
  choice(cci.shutdownEnable, 1, 1),
  choice(0x486c, 1, 1),
  choice(0x4870, 1, 1),
  choice(0x4874, 1, 1),
  choice(0x4878, 1, 1),
  choice(cci.radiometryEnable, 1, 1),
  choice(0x4e24, 2, 1),
  attribute(0x4e28, 1, { initial: [30_000] }),
  action(cci.radiometryFfc),
  attribute(cci.fluxLinear, 8, { initial: factoryFlux }),
  choice(cci.tLinearEnable, 1, 1),
  choice(cci.tLinearResolution, 1, 1),
  choice(cci.tLinearAutoResolution, 1),
  attribute(cci.spotmeterRoi, 4, { initial: [59, 79, 60, 80] }),
  reading(cci.spotmeter, 4),
];

const attributesByCode = new Map(cciAttributes.map((each) => [each.code, each]));

/** The attribute with this GET code; undefined when the module has none such. */
export function findCciAttribute(code: number): CciAttribute | undefined {
  return attributesByCode.get(code);
}

/** The stored values of the attributes: what the host has set since power-on. */
export class LeptonSettings {
  readonly #values = new Map<number, Uint16Array>();

  constructor() {
    this.restore();
  }

  /** Everything as after power-on. */
  restore(): void {
    for (const { code, words, initial } of cciAttributes) {
      const value = new Uint16Array(words);
      value.set(initial);
      this.#values.set(code, value);
    }
  }

  /** The words of an attribute, least significant first; not to be changed. */
  words(code: number): Uint16Array {
    const value = this.#values.get(code);
    assert(value !== undefined, `attribute 0x${code.toString(16)} exists`);
    return value;
  }

  /** An attribute that is one number of 32 bits or less. */
  number(code: number): number {
    const words = this.words(code);
    return words[0]! + (words[1] ?? 0) * 65_536;
  }

  /** Stores new words; the length has been checked. */
  set(code: number, words: ArrayLike<number>): void {
    this.words(code).set(words);
  }
}
