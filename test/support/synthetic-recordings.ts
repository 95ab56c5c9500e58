import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { gzipSync } from "node:zlib";

/** A folder that is removed when the test ends. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "emberwatch-test-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes bytes to a file of this name in a folder; gives its path. */
export function fileOf(folder: string, file: { readonly name: string; readonly bytes: Uint8Array }): string {
  const path = join(folder, file.name);
  writeFileSync(path, file.bytes);
  return path;
}

/** Pictures that look like a room: a slope with a spot that wanders, in hundredths of a kelvin. */
export function roomPictures(size: {
  readonly width: number;
  readonly height: number;
  readonly count: number;
}): Uint16Array[] {
  return Array.from({ length: size.count }, (_, k) => {
    const pixels = new Uint16Array(size.width * size.height);
    for (let i = 0; i < pixels.length; i += 1) {
      const x = i % size.width;
      const y = Math.floor(i / size.width);
      pixels[i] = 29_300 + 2 * x + 3 * y + ((i * 7 + k * 13) % 5) + ((x + k) % 17 === 0 ? 300 : 0);
    }
    return pixels;
  });
}

/** A PTY16V1 file before it is packed. */
export function pty16v1Bytes(clip: {
  readonly width: number;
  readonly height: number;
  readonly pictures: readonly Uint16Array[];
  readonly startSeconds: number;
}): Buffer {
  const header = Buffer.from(JSON.stringify({ width: clip.width, height: clip.height, fps: 9 }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const records = clip.pictures.map((pixels, i) => {
    const record = Buffer.alloc(24 + 2 * pixels.length);
    const seconds = clip.startSeconds + i * 0.115;
    record.writeBigUInt64LE(BigInt(i), 0);
    record.writeDoubleLE(seconds, 8);
    record.writeBigInt64LE(BigInt(Math.floor(seconds * 1_000)), 16);
    for (let k = 0; k < pixels.length; k += 1) record.writeUInt16LE(pixels[k]!, 24 + 2 * k);
    return record;
  });
  return Buffer.concat([Buffer.from("PTY16V1\n"), length, header, ...records]);
}

/** A CPTV version 2 file before it is packed. */
export function cptvBytes(clip: {
  readonly width: number;
  readonly height: number;
  readonly pictures: readonly Uint16Array[];
  readonly startMicros: number;
  readonly model: string;
}): Buffer {
  const header = Buffer.concat([
    Buffer.from("CPTV\x02H\x05", "latin1"),
    field("T", unsigned(clip.startMicros, 8)),
    field("X", unsigned(clip.width, 4)),
    field("Y", unsigned(clip.height, 4)),
    field("C", unsigned(1, 1)),
    field("E", Buffer.from(clip.model)),
  ]);
  let previous: Uint16Array = new Uint16Array(clip.width * clip.height);
  const frames = clip.pictures.map((pixels, i) => {
    const data = cptvPixels({ pixels, previous, width: clip.width });
    previous = pixels;
    return Buffer.concat([
      Buffer.from("F\x05", "latin1"),
      field("t", unsigned(60_000 + i * 115, 4)),
      field("c", unsigned(30_000, 4)),
      field("w", unsigned(bitsPerChange, 1)),
      field("f", unsigned(data.length, 4)),
      field("a", float(31.5)),
      data,
    ]);
  });
  return Buffer.concat([header, ...frames]);
}

const bitsPerChange = 12;

function cptvPixels(frame: {
  readonly pixels: Uint16Array;
  readonly previous: Uint16Array;
  readonly width: number;
}): Buffer {
  const { pixels, previous, width } = frame;
  const changes = Array.from(pixels, (_, i) => {
    const y = Math.floor(i / width);
    const at = y % 2 === 0 ? i : y * width + width - 1 - (i % width);
    return pixels[at]! - previous[at]!;
  });
  let bits = "";
  for (let i = 1; i < changes.length; i += 1) {
    const value = changes[i]! - changes[i - 1]!;
    bits += ((value + 2 ** bitsPerChange) % 2 ** bitsPerChange).toString(2).padStart(bitsPerChange, "0");
  }
  const first = Buffer.alloc(4);
  first.writeInt32LE(changes[0]!);
  const bytes = (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2));
  return Buffer.concat([first, Buffer.from(bytes)]);
}

function field(code: string, data: Buffer): Buffer {
  return Buffer.concat([Buffer.of(data.length), Buffer.from(code), data]);
}

function unsigned(value: number, bytes: 1 | 4 | 8): Buffer {
  const data = Buffer.alloc(8);
  data.writeBigUInt64LE(BigInt(value));
  return data.subarray(0, bytes);
}

function float(value: number): Buffer {
  const data = Buffer.alloc(4);
  data.writeFloatLE(value);
  return data;
}

/** Telemetry words as a Lepton 3.5 with TLinear at 0.01 K sends them. */
export function leptonTelemetryWords(frame: {
  readonly frameCounter: number;
  readonly uptimeMs: number;
  readonly tLinear: "on" | "off";
  readonly resolution: 0.01 | 0.1;
}): Uint16Array {
  const words = new Uint16Array(240);
  words[0] = 14;
  words[1] = frame.uptimeMs & 0xffff;
  words[2] = frame.uptimeMs >>> 16;
  words[3] = 0x0030;
  words[20] = frame.frameCounter & 0xffff;
  words[21] = frame.frameCounter >>> 16;
  words[24] = 30_315;
  words[26] = 30_100;
  words[72] = 7;
  words[208] = frame.tLinear === "on" ? 1 : 0;
  words[209] = frame.resolution === 0.01 ? 1 : 0;
  return words;
}

/** One tCam picture as JSON text. */
export function tjsnText(picture: {
  readonly pixels: Uint16Array;
  readonly telemetry: Uint16Array | null;
  readonly date: string;
  readonly time: string;
}): string {
  const base64 = (words: Uint16Array) => littleEndianBytes(words).toString("base64");
  return JSON.stringify({
    metadata: { Camera: "tCam-Test", Model: 2, Version: "1.0", Date: picture.date, Time: picture.time },
    radiometric: base64(picture.pixels),
    ...(picture.telemetry === null ? {} : { telemetry: base64(picture.telemetry) }),
  });
}

/** Words as little-endian bytes. */
export function littleEndianBytes(words: Uint16Array): Buffer {
  const bytes = Buffer.alloc(2 * words.length);
  for (let i = 0; i < words.length; i += 1) bytes.writeUInt16LE(words[i]!, 2 * i);
  return bytes;
}

/** Packs bytes as gzip. */
export function gzipped(bytes: Uint8Array): Buffer {
  return gzipSync(bytes);
}

/** What a writer of recordings must offer, so that this file needs no part of the product. */
interface WriterClass {
  create(
    path: string,
    options: { readonly overwrite: "replace" },
  ): Promise<{
    write(entry: { kind: "thermal"; atMicros: number; frame: ReturnType<typeof plainFrame> }): Promise<void>;
    close(): Promise<void>;
  }>;
}

/** The bytes of a recording of these pictures, a second apart, made by the product's own writer. */
export async function recordedBytes(
  folder: string,
  clip: {
    readonly McapRecordingWriter: WriterClass;
    readonly width: number;
    readonly height: number;
    readonly pictures: readonly Uint16Array[];
  },
): Promise<Buffer> {
  const path = join(folder, "recorded.mcap");
  const writer = await clip.McapRecordingWriter.create(path, { overwrite: "replace" });
  for (const [i, pixels] of clip.pictures.entries()) {
    const frame = plainFrame({ ...clip, pixels, atMicros: 1.7e15 + i * 1e6, frameCounter: i });
    await writer.write({ kind: "thermal", atMicros: frame.capturedAtMicros, frame });
  }
  await writer.close();
  return readFileSync(path);
}

/** A radiometric frame without telemetry. */
export function plainFrame(picture: {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint16Array;
  readonly atMicros: number;
  readonly frameCounter: number;
}) {
  return {
    width: picture.width,
    height: picture.height,
    capturedAtMicros: picture.atMicros,
    frameCounter: picture.frameCounter,
    unit: "centikelvin" as const,
    pixels: picture.pixels,
    telemetry: null,
  };
}
