import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";

/** Bytes of index and time before the pixels of each frame. */
const frameHeaderBytes = 24;

/**
 * Frames of a PTY16V1 clip of 160×120 pixels, read plainly: tests of the core cannot lean on the importers, and an
 * error shared with them would pass unseen.
 */
export function readPurethermalClip(path: string): ThermalFrame[] {
  const bytes = gunzipSync(readFileSync(path));
  const pixels = 160 * 120;
  const frames: ThermalFrame[] = [];
  let at = 12 + bytes.readUInt32LE(8);
  for (; at + frameHeaderBytes + 2 * pixels <= bytes.length; at += frameHeaderBytes + 2 * pixels) {
    const values = new Uint16Array(pixels);
    for (let i = 0; i < pixels; i += 1) values[i] = bytes.readUInt16LE(at + frameHeaderBytes + 2 * i);
    frames.push({
      width: 160,
      height: 120,
      capturedAtMicros: Math.round(bytes.readDoubleLE(at + 8) * 1e6),
      frameCounter: frames.length,
      unit: "centikelvin",
      pixels: values,
      telemetry: null,
    });
  }
  return frames;
}
