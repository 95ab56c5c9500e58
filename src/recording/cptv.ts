import { badInput } from "#core/failure.ts";
import type { FrameTelemetry } from "#core/frames/frame-telemetry.ts";
import { microsPerMillisecond } from "#core/time.ts";
import type { Clip, ClipDamage, Picture, StatedUnit } from "./clip.ts";
import { CptvCursor, type CptvFields } from "./cptv-fields.ts";
import { addCptvChange } from "./cptv-pixels.ts";
import { nominalAtMicros } from "./nominal-time.ts";
import { atMicrosMax, importedFramesMax, pictureSideMax } from "./recording-limits.ts";
import { risingTimes } from "./rising-times.ts";

/** First bytes of a CPTV file (Cacophony Project thermal video), after unpacking. */
export const cptvMagic = "CPTV";

interface CptvHeader {
  readonly version: 1 | 2;
  readonly width: number;
  readonly height: number;
  /** 0 where the file gives none: times then count from 0. */
  readonly startMicros: number;
  readonly statedUnit: StatedUnit;
}

interface CptvFrame {
  readonly fields: CptvFields;
  readonly bitsPerChange: number;
  readonly data: Uint8Array;
  /** A background picture: part of the chain of changes, but not of the video. */
  readonly background: boolean;
}

/**
 * Parses CPTV version 1 or 2 (go-cptv SPECv2): after the magic and a version byte, sections of a letter, a count and
 * that many fields of length, code and data; each frame is the change from the one before it. A broken frame ends the
 * clip, because the ones after it build on it. `statedBytes` is the size of the whole where it is known to be larger than
 * what is there. Throws Failure("input") when the header cannot be read.
 */
export function parseCptv(input: {
  readonly path: string;
  readonly content: Uint8Array;
  readonly statedBytes: number | null;
}): Clip {
  const cursor = new CptvCursor(input.content);
  const header = readHeader(cursor, input.path);
  const frames: CptvFrame[] = [];
  let problem = "the file ends early";
  while (!cursor.atEnd) {
    const frame = readFrame(cursor, header);
    if (frame === null) break;
    if (frames.length === importedFramesMax)
      throw badInput("recording-too-large", `${input.path} holds more than ${importedFramesMax} pictures.`);
    frames.push(frame);
  }
  const { width, height } = header;
  const sound = soundFrames(frames, width, height);
  if (sound < frames.length) problem = "a picture with impossible changes";
  const video = frames.slice(0, sound).filter((frame) => !frame.background);
  const lost = lostFrames(input, { cursor, frames: frames.length, sound });
  const damage: ClipDamage[] = lost === 0 ? [] : [{ what: problem, lost, afterPictures: video.length }];
  const timesMicros = frameTimes(header, video);
  return {
    format: "cptv",
    width,
    height,
    timesMicros,
    damage,
    pictures: () => pictures(header, frames.slice(0, sound), timesMicros),
  };
}

function* pictures(
  header: CptvHeader,
  frames: readonly CptvFrame[],
  timesMicros: readonly number[],
): Iterable<Picture> {
  const pixels = new Int32Array(header.width * header.height);
  let index = 0;
  for (const frame of frames) {
    addCptvChange(pixels, { width: header.width, bits: frame.bitsPerChange, data: frame.data });
    if (frame.background) continue;
    yield {
      atMicros: timesMicros[index]!,
      frameCounter: index,
      statedUnit: header.statedUnit,
      pixels: Uint16Array.from(pixels),
      telemetry: header.version === 2 ? telemetryOf(frame.fields) : null,
    };
    index += 1;
  }
}

/** Number of frames up to the first whose values leave the range of 16 bits. */
function soundFrames(frames: readonly CptvFrame[], width: number, height: number): number {
  const pixels = new Int32Array(width * height);
  for (let i = 0; i < frames.length; i += 1) {
    const { bitsPerChange, data } = frames[i]!;
    addCptvChange(pixels, { width, bits: bitsPerChange, data });
    if (pixels.some((value) => value < 0 || value > 65_535)) return i;
  }
  return frames.length;
}

function lostFrames(
  input: { readonly content: Uint8Array; readonly statedBytes: number | null },
  read: { readonly cursor: CptvCursor; readonly frames: number; readonly sound: number },
): number {
  const unsound = read.frames - read.sound;
  const whole = Math.max(input.statedBytes ?? 0, input.content.length);
  if (read.cursor.sectionStart >= whole) return unsound;
  const bytesPerFrame = read.cursor.sectionStart / Math.max(1, read.frames);
  return unsound + Math.max(1, Math.round((whole - read.cursor.sectionStart) / bytesPerFrame));
}

function readHeader(cursor: CptvCursor, path: string): CptvHeader {
  const damaged = (what: string) =>
    badInput("recording-damaged", `${path} is damaged: ${what}; copy or record it again.`);
  const version = cursor.skip(4).byte();
  if (version !== 1 && version !== 2)
    throw badInput(
      "recording-unsupported",
      `${path} is CPTV version ${version ?? "?"}: only versions 1 and 2 can be read.`,
    );
  const fields = cursor.section("H");
  if (fields === null) throw damaged("its CPTV header cannot be read");
  const width = fields.unsigned("X");
  const height = fields.unsigned("Y");
  if (!isSide(width) || !isSide(height))
    throw damaged("its CPTV header does not say how large the pictures are");
  const startMicros = fields.unsigned("T") ?? 0;
  return {
    version,
    width,
    height,
    startMicros: startMicros <= atMicrosMax ? startMicros : 0,
    statedUnit: isCountsModel(fields) ? "counts" : "unstated",
  };
}

/** A `lepton3` has no TLinear. The model stands in field E (version 2); field M holds it in some files, else settings. */
function isCountsModel(fields: CptvFields): boolean {
  return fields.text("E") === "lepton3" || fields.text("M") === "lepton3";
}

function readFrame(cursor: CptvCursor, header: CptvHeader): CptvFrame | null {
  const fields = cursor.section("F");
  if (fields === null) return null;
  const bitsPerChange = fields.unsigned("w");
  const size = fields.unsigned("f");
  if (bitsPerChange === null || size === null || bitsPerChange < 1 || bitsPerChange > 24) return null;
  const needed = 4 + Math.ceil(((header.width * header.height - 1) * bitsPerChange) / 8);
  if (size < needed || size > needed + 64) return null;
  const data = cursor.bytes(size);
  return data === null ? null : { fields, bitsPerChange, data, background: fields.unsigned("g") === 1 };
}

/**
 * Version 2 gives milliseconds since the camera was switched on, version 1 microseconds since the start. Times count
 * from the first frame that fits the rest, so that one damaged stamp moves no other.
 */
function frameTimes(header: CptvHeader, frames: readonly CptvFrame[]): number[] {
  const stamps = frames.map((frame) => frame.fields.unsigned("t"));
  if (stamps.some((stamp) => stamp === null))
    return frames.map((_, i) => header.startMicros + nominalAtMicros(i));
  const known = stamps as number[];
  const first = known[risingTimes(known).indexOf(1)] ?? 0;
  const unit = header.version === 2 ? microsPerMillisecond : 1;
  return known.map((stamp) => Math.max(0, header.startMicros + (stamp - first) * unit));
}

function telemetryOf(fields: CptvFields): FrameTelemetry {
  return {
    uptimeMs: fields.unsigned("t"),
    ffcState: null,
    ffcDesired: null,
    lastFfcUptimeMs: fields.unsigned("c"),
    agcEnabled: null,
    shutterLockout: null,
    overTemperature: null,
    fpaTemperatureKelvin: kelvin(fields.float("a")),
    fpaTemperatureAtLastFfcKelvin: kelvin(fields.float("b")),
    housingTemperatureKelvin: null,
    effectiveGain: null,
    tLinearEnabled: null,
    tLinearResolutionKelvin: null,
    serialNumber: null,
    words: null,
  };
}

/** CPTV stores °C; a camera that does not know its temperature stores 0. */
function kelvin(celsius: number | null): number | null {
  return celsius === null || celsius === 0 || !Number.isFinite(celsius) ? null : celsius + 273.15;
}

function isSide(value: number | null): value is number {
  return value !== null && value >= 1 && value <= pictureSideMax;
}
