import { isDeepStrictEqual } from "node:util";
import type { FrameTelemetry } from "#core/frames/frame-telemetry.ts";
import { parseLeptonTelemetry, telemetryWords } from "#core/frames/lepton-telemetry.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { decodePixels, encodePixels, pixelCodings } from "./pixel-coding.ts";
import { atMicrosMax, pictureSideMax } from "./recording-limits.ts";
import { telemetryJsonSchema } from "./telemetry-json.ts";

/** Version of the layout below, the first byte of every message. */
export const thermalMessageVersion = 1;

/** Longest telemetry text of one picture, in bytes. */
const telemetryJsonBytesMax = 4_096;

const headBytes = 32;

/**
 * Layout of a thermal message in words, stored in each file as the schema emberwatch.ThermalFrame; all little-endian.
 */
export const thermalMessageLayout = `emberwatch.ThermalFrame, version 1, little-endian:
0  u8  version = 1
1  u8  pixel coding: 0 raw, 1 key, 2 change from the picture before in this chunk
2  u8  unit: 0 hundredths of a kelvin, 1 raw detector counts
3  u8  telemetry: bit 0 words present, bit 1 JSON present; words without JSON: the fields are those of the words
4  u16 width
6  u16 height
8  f64 frame counter
16 f64 capture time, microseconds since the Unix epoch
24 u32 bytes of telemetry JSON
28 u32 bytes of coded pixels
32 telemetry rows A, B, C (240 u16) if present, then the JSON, then the coded pixels
raw: width*height u16. key and change: raw deflate of one byte a pixel (255 = the next u16 after the last byte) of the
difference modulo 65536, folded 0,-1,1,-2 -> 0,1,2,3; key: from the left neighbour, in the first column from above;
change: from the same pixel of the picture before.`;

/** Writes one picture; `previous` is the picture before it in the chunk, null for the first. */
export function encodeThermalMessage(frame: ThermalFrame, previous: ThermalFrame | null): Uint8Array {
  const chained = previous !== null && previous.width === frame.width && previous.height === frame.height;
  const coded = encodePixels(frame.pixels, {
    width: frame.width,
    previous: chained ? previous.pixels : null,
  });
  const words = frame.telemetry?.words ?? null;
  const json = telemetryText(frame.telemetry);
  const wordBytes = words === null ? 0 : 2 * telemetryWords;
  const bytes = new Uint8Array(headBytes + wordBytes + json.length + coded.bytes.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, thermalMessageVersion);
  view.setUint8(1, pixelCodings.indexOf(coded.coding));
  view.setUint8(2, frame.unit === "centikelvin" ? 0 : 1);
  view.setUint8(3, (words === null ? 0 : 1) + (json.length === 0 ? 0 : 2));
  view.setUint16(4, frame.width, true);
  view.setUint16(6, frame.height, true);
  view.setFloat64(8, frame.frameCounter, true);
  view.setFloat64(16, frame.capturedAtMicros, true);
  view.setUint32(24, json.length, true);
  view.setUint32(28, coded.bytes.length, true);
  words?.forEach((word, i) => {
    view.setUint16(headBytes + 2 * i, word, true);
  });
  bytes.set(json, headBytes + wordBytes);
  bytes.set(coded.bytes, headBytes + wordBytes + json.length);
  return bytes;
}

/** Reads what `encodeThermalMessage` wrote; null when it is damaged or its picture before is missing. */
export function decodeThermalMessage(bytes: Uint8Array, previous: ThermalFrame | null): ThermalFrame | null {
  const head = readThermalHead(bytes);
  if (head === null) return null;
  const { width, height, wordBytes, jsonBytes } = head;
  const telemetry = readTelemetry(bytes, head);
  if (telemetry === undefined) return null;
  const chained = previous !== null && previous.width === width && previous.height === height;
  const pixels = decodePixels(
    { coding: head.coding, bytes: bytes.subarray(headBytes + wordBytes + jsonBytes) },
    { width, count: width * height, previous: chained ? previous.pixels : null },
  );
  if (pixels === null) return null;
  const { capturedAtMicros, frameCounter, unit } = head;
  return { width, height, capturedAtMicros, frameCounter, unit, pixels, telemetry };
}

/** The fixed part of a thermal message; null when it cannot be one. */
export function readThermalHead(bytes: Uint8Array) {
  if (bytes.length < headBytes) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const coding = pixelCodings[view.getUint8(1)];
  const flags = view.getUint8(3);
  const head = {
    coding: coding ?? "raw",
    unit: view.getUint8(2) === 0 ? ("centikelvin" as const) : ("raw-counts" as const),
    hasWords: (flags & 1) !== 0,
    wordBytes: (flags & 1) === 0 ? 0 : 2 * telemetryWords,
    width: view.getUint16(4, true),
    height: view.getUint16(6, true),
    frameCounter: view.getFloat64(8, true),
    capturedAtMicros: view.getFloat64(16, true),
    jsonBytes: view.getUint32(24, true),
  };
  const whole = headBytes + head.wordBytes + head.jsonBytes + view.getUint32(28, true);
  if (view.getUint8(0) !== thermalMessageVersion || coding === undefined) return null;
  if (view.getUint8(2) > 1 || flags > 3 || ((flags & 2) !== 0) !== head.jsonBytes > 0) return null;
  if (whole !== bytes.length || head.jsonBytes > telemetryJsonBytesMax) return null;
  if (head.width < 1 || head.width > pictureSideMax || head.height < 1 || head.height > pictureSideMax)
    return null;
  const { capturedAtMicros } = head;
  if (!Number.isSafeInteger(capturedAtMicros) || capturedAtMicros < 0 || capturedAtMicros > atMicrosMax)
    return null;
  return Number.isSafeInteger(head.frameCounter) ? head : null;
}

type ThermalHead = NonNullable<ReturnType<typeof readThermalHead>>;

/** Empty when the words say it all: the usual case of a live camera. */
function telemetryText(telemetry: FrameTelemetry | null): Uint8Array {
  if (telemetry === null) return new Uint8Array(0);
  if (telemetry.words !== null && isDeepStrictEqual(parseLeptonTelemetry(telemetry.words), telemetry))
    return new Uint8Array(0);
  const { words: _, ...fields } = telemetry;
  return new TextEncoder().encode(JSON.stringify(fields));
}

/** Undefined when the telemetry is damaged. */
function readTelemetry(bytes: Uint8Array, head: ThermalHead): FrameTelemetry | null | undefined {
  const words = head.hasWords ? new Uint16Array(telemetryWords) : null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (words !== null)
    for (let i = 0; i < words.length; i += 1) words[i] = view.getUint16(headBytes + 2 * i, true);
  if (head.jsonBytes === 0) return words === null ? null : parseLeptonTelemetry(words);
  const start = headBytes + head.wordBytes;
  try {
    const text = new TextDecoder().decode(bytes.subarray(start, start + head.jsonBytes));
    const fields = telemetryJsonSchema.safeParse(JSON.parse(text));
    return fields.success ? { ...fields.data, words } : undefined;
  } catch {
    return undefined;
  }
}
