/** What may be done with a CCI command: its code is followed by 0 for a GET, 1 for a SET, 2 for a RUN. */
export type CciAccess = "get" | "set" | "run";

/** One command of the camera's control interface. */
export interface CciCommand {
  /** Name for people, as in "could not set the gain mode". */
  readonly name: string;
  /** Code of its GET; the protection bit of the modules OEM and RAD is in it. */
  readonly code: number;
  /** Length of its data in 16-bit words. */
  readonly words: number;
  readonly access: readonly CciAccess[];
  /** How long the camera may be busy with it, in milliseconds. */
  readonly busyMaxMs: number;
}

/** An ordinary command is done in some milliseconds; this is generous. */
const usualBusyMaxMs = 1_000;

/** A flat-field correction takes about a second, and waits for one that is under way. */
const correctionBusyMaxMs = 4_000;

interface CommandRow {
  readonly name: string;
  readonly code: number;
  readonly words: number;
}

function readable({ name, code, words }: CommandRow): CciCommand {
  return { name, code, words, access: ["get"], busyMaxMs: usualBusyMaxMs };
}

function settable({ name, code, words }: CommandRow): CciCommand {
  return { name, code, words, access: ["get", "set"], busyMaxMs: usualBusyMaxMs };
}

function runnable(name: string, code: number, busyMaxMs = usualBusyMaxMs): CciCommand {
  return { name, code, words: 0, access: ["run"], busyMaxMs };
}

/**
 * The commands that Emberwatch uses (Lepton Software Interface Description 110-0144-03 and the headers of FLIR's SDK).
 * Enumerations have two words, the less significant one first.
 */
export const cciCommands = {
  agcEnable: settable({ name: "automatic gain control of the picture", code: 0x0100, words: 2 }),
  ping: runnable("ping", 0x0200),
  cameraStatus: readable({ name: "camera status", code: 0x0204, words: 4 }),
  serialNumber: readable({ name: "serial number", code: 0x0208, words: 4 }),
  uptimeMs: readable({ name: "uptime", code: 0x020c, words: 2 }),
  housingTemperature: readable({ name: "housing temperature", code: 0x0210, words: 1 }),
  fpaTemperature: readable({ name: "detector temperature", code: 0x0214, words: 1 }),
  telemetryEnable: settable({ name: "telemetry", code: 0x0218, words: 2 }),
  telemetryLocation: settable({ name: "place of the telemetry", code: 0x021c, words: 2 }),
  shutterPosition: readable({ name: "shutter position", code: 0x0238, words: 2 }),
  ffcMode: settable({ name: "mode of the flat-field correction", code: 0x023c, words: 16 }),
  runFfc: runnable("flat-field correction", 0x0240, correctionBusyMaxMs),
  ffcStatus: readable({ name: "status of the flat-field correction", code: 0x0244, words: 2 }),
  gainMode: settable({ name: "gain mode", code: 0x0248, words: 2 }),
  partNumber: readable({ name: "part number", code: 0x481c, words: 16 }),
  softwareVersion: readable({ name: "software version", code: 0x4820, words: 4 }),
  videoFormat: settable({ name: "video format", code: 0x4828, words: 2 }),
  reboot: runnable("reboot", 0x4840),
  radiometryEnable: settable({ name: "radiometry", code: 0x4e10, words: 2 }),
  tLinearEnable: settable({ name: "TLinear (pixels as temperatures)", code: 0x4ec0, words: 2 }),
  tLinearResolution: settable({ name: "TLinear resolution", code: 0x4ec4, words: 2 }),
  tLinearAutoResolution: settable({ name: "automatic TLinear resolution", code: 0x4ec8, words: 2 }),
  spotmeter: readable({ name: "spotmeter", code: 0x4ed0, words: 4 }),
} as const satisfies Readonly<Record<string, CciCommand>>;
