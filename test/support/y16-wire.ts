import { wireTelemetry } from "./vospi-wire.ts";

/** A picture as a PureThermal sends it: little-endian words, two rows of telemetry below unless told otherwise. */
export function y16Picture(picture: {
  readonly pixels: Uint16Array;
  readonly telemetry: Uint16Array | null;
}): Uint8Array {
  const rows = picture.telemetry === null ? 0 : 320;
  const words = new Uint16Array(19_200 + rows);
  words.set(picture.pixels);
  if (picture.telemetry !== null) words.set(picture.telemetry, 19_200);
  const bytes = new Uint8Array(2 * words.length);
  words.forEach((word, i) => {
    bytes[2 * i] = word & 0xff;
    bytes[2 * i + 1] = word >> 8;
  });
  return bytes;
}

/** Telemetry of picture `counter`: a serial number, and a correction long ago. */
export function y16Telemetry(counter: number, set: Readonly<Record<number, number>> = {}): Uint16Array {
  const uptimeMs = 100_000 + 115 * counter;
  return wireTelemetry({
    1: uptimeMs & 0xffff,
    2: uptimeMs >>> 16,
    5: 0x6110,
    6: 0x8a08,
    20: counter & 0xffff,
    21: counter >>> 16,
    30: 5_000,
    ...set,
  });
}
