import { assert } from "../failure.ts";
import type { FfcState, FrameTelemetry, GainMode } from "./frame-telemetry.ts";

/** Words of telemetry that a Lepton sends with a frame: rows A, B and C of 80 words (a fourth row is reserved). */
export const telemetryWords = 240;

const rowC = 160;

/** Firmware with this telemetry revision has no "imminent" state (Lepton engineering data sheet, Rev 200, status bits). */
const revisionWithoutImminent = 8;

const ffcStates: readonly FfcState[] = ["never", "imminent", "in-progress", "complete"];
const oldFfcStates: readonly FfcState[] = ["never", "in-progress", "complete", "complete"];

/**
 * Reads the telemetry rows A, B and C of a Lepton 3.x (240 words: A at 0, B at 80, C at 160; Lepton engineering data
 * sheet, telemetry tables). 32-bit fields come least-significant word first. The result keeps a copy of the words.
 */
export function parseLeptonTelemetry(words: Uint16Array): FrameTelemetry {
  assert(words.length === telemetryWords, "telemetry has 240 words");
  const status = long(words, 3);
  const ffc = (status >>> 4) & 0b11;
  return {
    uptimeMs: long(words, 1),
    ffcState: words[0] === revisionWithoutImminent ? oldFfcStates[ffc]! : ffcStates[ffc]!,
    ffcDesired: bit(status, 3),
    lastFfcUptimeMs: long(words, 30),
    agcEnabled: bit(status, 12),
    shutterLockout: bit(status, 15),
    overTemperature: bit(status, 20),
    fpaTemperatureKelvin: kelvin(words[24]!),
    fpaTemperatureAtLastFfcKelvin: kelvin(words[29]!),
    housingTemperatureKelvin: kelvin(words[26]!),
    effectiveGain: effectiveGain(words),
    tLinearEnabled: words[rowC + 48] === 1,
    tLinearResolutionKelvin: words[rowC + 49] === 1 ? 0.01 : 0.1,
    serialNumber: serialNumber(words),
    words: words.slice(),
  };
}

/** The camera's own count of unique frames (row A, words 20 and 21). */
export function telemetryFrameCounter(words: Uint16Array): number {
  return long(words, 20);
}

/**
 * True when 240 words look like telemetry and not like pixels: RAW14 or RGB888 as video format, flags that are 0 or 1,
 * and gain modes that exist. Times say nothing: a camera's milliseconds begin anew after 49.7 days, so that the last
 * FFC may seem to be later than the picture.
 */
export function looksLikeTelemetry(words: Uint16Array): boolean {
  const format = long(words, 72);
  return (
    words.length === telemetryWords &&
    (format === 7 || format === 3) &&
    words[rowC + 48]! <= 1 &&
    words[rowC + 49]! <= 1 &&
    words[rowC + 5]! <= 2 &&
    words[rowC + 6]! <= 1
  );
}

function long(words: Uint16Array, at: number): number {
  return words[at]! + words[at + 1]! * 65_536;
}

function bit(status: number, position: number): boolean {
  return ((status >>> position) & 1) === 1;
}

/** Hundredths of a kelvin; 0 is no temperature but a field that was not filled in. */
function kelvin(centikelvin: number): number | null {
  return centikelvin === 0 ? null : centikelvin / 100;
}

/** In automatic gain (mode 2) the camera says which of the two it uses. */
function effectiveGain(words: Uint16Array): GainMode | null {
  const mode = words[rowC + 5]! === 2 ? words[rowC + 6]! : words[rowC + 5]!;
  if (mode === 0) return "high";
  return mode === 1 ? "low" : null;
}

/** Eight words as hexadecimal, most significant word first; null when none is set. */
function serialNumber(words: Uint16Array): string | null {
  const serial = words.subarray(5, 13);
  if (serial.every((word) => word === 0)) return null;
  return [...serial]
    .reverse()
    .map((word) => word.toString(16).padStart(4, "0"))
    .join("");
}
