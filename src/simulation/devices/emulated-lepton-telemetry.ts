import type { FfcState } from "#core/frames/frame-telemetry.ts";

/** Words of telemetry sent with a picture: rows A, B, C and one reserved, 80 each. */
export const telemetryRowsWords = 320;

const rowB = 80;
const rowC = 160;

const ffcCodes: Readonly<Record<FfcState, number>> = {
  never: 0b00,
  imminent: 0b01,
  "in-progress": 0b10,
  complete: 0b11,
};

/** Telemetry revision 8 knew no announcement: never, in progress, complete. */
const oldFfcCodes: Readonly<Record<FfcState, number>> = {
  never: 0,
  imminent: 2,
  "in-progress": 1,
  complete: 2,
};

/** The revision with that coding. */
const oldRevision = 8;

/** Bits of the status in row A (Lepton engineering data sheet). */
const statusBits = { ffcDesired: 3, ffcState: 4, agc: 12, lockout: 15, overTemperature: 20 } as const;

/** What the status bits say. */
export interface LeptonStatus {
  readonly ffcState: FfcState;
  readonly isFfcDesired: boolean;
  readonly isAgcEnabled: boolean;
  readonly isLockedOut: boolean;
  readonly isOverTemperature: boolean;
}

/** A rectangle of pixels, both corners inside. */
export interface PixelArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Everything that the telemetry rows tell; temperatures in hundredths of a kelvin. */
export interface LeptonTelemetryState {
  /** Major revision in the high byte, minor in the low one. */
  readonly revision: number;
  readonly uptimeMs: number;
  readonly status: LeptonStatus;
  /** Eight words, least significant first. */
  readonly serialNumber: ArrayLike<number>;
  /** Four words. */
  readonly softwareRevision: ArrayLike<number>;
  readonly frameCounter: number;
  readonly frameMean: number;
  readonly fpaCounts: number;
  readonly fpaCentikelvin: number;
  readonly housingCounts: number;
  readonly housingCentikelvin: number;
  readonly lastFfc: {
    readonly uptimeMs: number;
    readonly fpaCentikelvin: number;
    readonly housingCentikelvin: number;
  };
  readonly agcArea: PixelArea;
  readonly agcClip: { readonly high: number; readonly low: number };
  /** 3: RGB888, 7: RAW14. */
  readonly outputFormat: number;
  /** Logarithm to base 2 of the frames averaged in a correction. */
  readonly ffcFramesLog2: number;
  /** The eight flux parameters as the control interface has them. */
  readonly flux: ArrayLike<number>;
  readonly gain: LeptonGainTelemetry;
  /** Null on a module without radiometry. */
  readonly linear: LeptonLinearTelemetry | null;
}

/** Row C's words on gain. */
export interface LeptonGainTelemetry {
  /** 0 high, 1 low, 2 automatic. */
  readonly mode: number;
  /** 0 high, 1 low. */
  readonly effective: number;
  readonly isSwitchDesired: boolean;
  /** The gain mode object of the control interface. */
  readonly object: ArrayLike<number>;
}

/** Row C's words on TLinear and the spotmeter. */
export interface LeptonLinearTelemetry {
  readonly isEnabled: boolean;
  /** 0: 0.1 K, 1: 0.01 K. */
  readonly resolution: number;
  readonly spot: {
    readonly mean: number;
    readonly max: number;
    readonly min: number;
    readonly count: number;
  };
  readonly spotArea: PixelArea;
}

/** The 32 status bits. */
export function encodeLeptonStatus(status: LeptonStatus, revision: number): number {
  const codes = revision === oldRevision ? oldFfcCodes : ffcCodes;
  return (
    (Number(status.isFfcDesired) << statusBits.ffcDesired) |
    (codes[status.ffcState] << statusBits.ffcState) |
    (Number(status.isAgcEnabled) << statusBits.agc) |
    (Number(status.isLockedOut) << statusBits.lockout) |
    (Number(status.isOverTemperature) << statusBits.overTemperature)
  );
}

/**
 * Writes telemetry rows A, B, C and the reserved one into `words` at `offset`, 320 words, 32-bit values
 * least-significant word first (Lepton engineering data sheet, telemetry tables).
 */
export function writeLeptonTelemetry(words: Uint16Array, offset: number, state: LeptonTelemetryState): void {
  const rows = words.subarray(offset, offset + telemetryRowsWords);
  rows.fill(0);
  writeRowA(rows, state);
  writeRowB(rows, state.flux);
  writeGain(rows, state.gain);
  if (state.linear !== null) writeLinear(rows, state.linear);
}

function writeLong(rows: Uint16Array, at: number, value: number): void {
  const whole = Math.floor(value);
  rows[at] = whole % 65_536;
  rows[at + 1] = Math.floor(whole / 65_536);
}

function writeRowA(rows: Uint16Array, state: LeptonTelemetryState): void {
  rows[0] = state.revision;
  writeLong(rows, 1, state.uptimeMs);
  writeLong(rows, 3, encodeLeptonStatus(state.status, state.revision) >>> 0);
  rows.set(state.serialNumber, 5);
  rows.set(state.softwareRevision, 13);
  writeLong(rows, 20, state.frameCounter);
  rows[22] = state.frameMean;
  rows[23] = state.fpaCounts;
  rows[24] = state.fpaCentikelvin;
  rows[25] = state.housingCounts;
  rows[26] = state.housingCentikelvin;
  rows[29] = state.lastFfc.fpaCentikelvin;
  writeLong(rows, 30, state.lastFfc.uptimeMs);
  rows[32] = state.lastFfc.housingCentikelvin;
  const { agcArea } = state;
  rows.set([agcArea.top, agcArea.left, agcArea.bottom, agcArea.right], 34);
  rows[38] = state.agcClip.high;
  rows[39] = state.agcClip.low;
  writeLong(rows, 72, state.outputFormat);
  rows[74] = state.ffcFramesLog2;
}

/** The control interface and row B have the same eight numbers in another order. */
function writeRowB(rows: Uint16Array, flux: ArrayLike<number>): void {
  const [emissivity, background, window, windowKelvin, air, airKelvin, reflection, reflectedKelvin] =
    Array.from(flux);
  const inOrder = [emissivity, background, air, airKelvin, window, reflection, windowKelvin, reflectedKelvin];
  rows.set(
    inOrder.map((value) => value ?? 0),
    rowB + 19,
  );
}

function writeGain(rows: Uint16Array, gain: LeptonGainTelemetry): void {
  const [left = 0, top = 0, right = 0, bottom = 0, shareDown = 0, shareUp = 0, ...thresholds] = Array.from(
    gain.object,
  );
  rows[rowC + 5] = gain.mode;
  rows[rowC + 6] = gain.effective;
  rows[rowC + 7] = Number(gain.isSwitchDesired);
  rows.set(thresholds.slice(0, 4), rowC + 8);
  rows.set([shareDown, shareUp], rowC + 14);
  rows.set([top, left, bottom, right], rowC + 22);
}

function writeLinear(rows: Uint16Array, linear: LeptonLinearTelemetry): void {
  const { spot, spotArea } = linear;
  rows[rowC + 48] = Number(linear.isEnabled);
  rows[rowC + 49] = linear.resolution;
  rows.set([spot.mean, spot.max, spot.min, spot.count], rowC + 50);
  rows.set([spotArea.top, spotArea.left, spotArea.bottom, spotArea.right], rowC + 54);
}
