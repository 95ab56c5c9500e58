import { badInput } from "#core/failure.ts";
import type { Clip, ClipDamage, Picture } from "./clip.ts";
import { atMicrosMax, importedFramesMax, pictureSideMax } from "./recording-limits.ts";

/** First bytes of a PTY16V1 file (purethermal-y16-recorder), after unpacking. */
export const pty16v1Magic = "PTY16V1\n";

const headerBytesMax = 64 * 1024;
/** Picture number, Unix seconds, Unix milliseconds. */
const recordHeadBytes = 24;

/**
 * Parses a PTY16V1 file: magic, uint32 header length, JSON header, then records of uint64 number, float64 Unix
 * seconds, int64 Unix milliseconds and width · height uint16, all little-endian. `statedBytes` is the size of the whole
 * where it is known to be larger than what is there. Throws Failure("input") when the header cannot be read.
 */
export function parsePty16v1(input: {
  readonly path: string;
  readonly content: Uint8Array;
  readonly statedBytes: number | null;
}): Clip {
  const { content, path } = input;
  const { width, height, start } = readHeader(content, path);
  const recordBytes = recordHeadBytes + 2 * width * height;
  const records = Math.floor((content.length - start) / recordBytes);
  if (records > importedFramesMax)
    throw badInput("recording-too-large", `${path} holds more than ${importedFramesMax} pictures: split it.`);
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const heads: RecordHead[] = [];
  const damage: ClipDamage[] = [];
  for (let i = 0; i < records; i += 1) {
    const head = readRecordHead(view, start + i * recordBytes);
    if (head === null)
      damage.push({ what: "a picture with an unreadable head", lost: 1, afterPictures: heads.length });
    else heads.push(head);
  }
  const lost = lostAtEnd(input, { start, recordBytes, records });
  if (lost > 0) damage.push({ what: "the file ends early", lost, afterPictures: heads.length });
  return {
    format: "pty16v1",
    width,
    height,
    timesMicros: heads.map((head) => head.atMicros),
    damage,
    pictures: () => pictures(view, heads, width * height),
  };
}

interface RecordHead {
  readonly offset: number;
  readonly frameCounter: number;
  readonly atMicros: number;
}

function* pictures(view: DataView, heads: readonly RecordHead[], size: number): Iterable<Picture> {
  for (const { offset, frameCounter, atMicros } of heads) {
    const pixels = new Uint16Array(size);
    for (let i = 0; i < size; i += 1) pixels[i] = view.getUint16(offset + recordHeadBytes + 2 * i, true);
    yield { atMicros, frameCounter, statedUnit: "unstated", pixels, telemetry: null };
  }
}

/** The two clocks of a record must agree, so that a flipped bit in one is seen. */
function readRecordHead(view: DataView, offset: number): RecordHead | null {
  const frameCounter = Number(view.getBigUint64(offset, true));
  const seconds = view.getFloat64(offset + 8, true);
  const milliseconds = Number(view.getBigInt64(offset + 16, true));
  const atMicros = Math.round(seconds * 1e6);
  if (!Number.isSafeInteger(frameCounter) || !Number.isSafeInteger(atMicros)) return null;
  if (atMicros < 0 || atMicros > atMicrosMax || Math.abs(atMicros / 1e3 - milliseconds) > 2) return null;
  return { offset, frameCounter, atMicros };
}

function lostAtEnd(
  input: { readonly content: Uint8Array; readonly statedBytes: number | null },
  layout: { readonly start: number; readonly recordBytes: number; readonly records: number },
): number {
  const whole = Math.max(input.statedBytes ?? 0, input.content.length);
  return Math.ceil((whole - layout.start) / layout.recordBytes) - layout.records;
}

function readHeader(
  content: Uint8Array,
  path: string,
): { readonly width: number; readonly height: number; readonly start: number } {
  const damaged = (what: string) =>
    badInput("recording-damaged", `${path} is damaged: ${what}; copy or record it again.`);
  if (content.length < 12) throw damaged("it ends within its header");
  const length = new DataView(content.buffer, content.byteOffset).getUint32(8, true);
  if (length > headerBytesMax || content.length < 12 + length)
    throw damaged("its header has no valid length");
  const header = parseJson(content.subarray(12, 12 + length));
  const width = header?.["width"];
  const height = header?.["height"];
  if (!isSide(width) || !isSide(height)) throw damaged("its header does not say how large the pictures are");
  const order = header?.["endianness"] ?? "little";
  const type = header?.["dtype"] ?? "uint16";
  if (order !== "little" || type !== "uint16")
    throw badInput(
      "recording-unsupported",
      `${path} holds ${String(order)}-endian ${String(type)} pixels: only little-endian uint16 can be read.`,
    );
  return { width, height, start: 12 + length };
}

function parseJson(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function isSide(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= pictureSideMax;
}
