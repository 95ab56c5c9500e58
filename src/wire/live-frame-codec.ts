import type { FfcState, GainMode } from "#core/frames/frame-telemetry.ts";
import type { PixelUnit } from "#core/frames/thermal-frame.ts";

/** A picture on its way to a watcher. */
export interface LiveFrame {
  readonly width: number;
  readonly height: number;
  readonly unit: PixelUnit;
  readonly capturedAtMicros: number;
  readonly frameCounter: number;
  /** Null where the source does not say. */
  readonly ffcState: FfcState | null;
  /** Measuring range of the camera; absent where the source does not say. */
  readonly gain?: GainMode;
  readonly pixels: Uint16Array;
}

const headerBytes = 24;
const formatVersion = 1;
/** Larger pictures than a 1280×1024 camera's are refused. */
const pixelsMax = 1280 * 1024;
const gains: readonly (GainMode | null)[] = [null, "high", "low"];
const ffcStates: readonly (FfcState | null)[] = [null, "never", "imminent", "in-progress", "complete"];

/**
 * Writes a picture as bytes, all little-endian: version u8, unit u8 (0 centikelvin, 1 raw counts), FFC state u8,
 * gain u8 (0 not known, 1 high, 2 low), width u16, height u16, frame counter u32 (modulo 2³²), zero u32, capture time f64, then the pixels u16.
 */
export function encodeLiveFrame(frame: LiveFrame): Uint8Array {
  const bytes = new Uint8Array(headerBytes + 2 * frame.pixels.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, formatVersion);
  view.setUint8(1, frame.unit === "centikelvin" ? 0 : 1);
  view.setUint8(2, ffcStates.indexOf(frame.ffcState));
  view.setUint8(3, gains.indexOf(frame.gain ?? null));
  view.setUint16(4, frame.width, true);
  view.setUint16(6, frame.height, true);
  view.setUint32(8, frame.frameCounter >>> 0, true);
  view.setFloat64(16, frame.capturedAtMicros, true);
  for (let i = 0; i < frame.pixels.length; i += 1)
    view.setUint16(headerBytes + 2 * i, frame.pixels[i]!, true);
  return bytes;
}

/** Reads what `encodeLiveFrame` wrote; null for anything else, because the bytes come from outside. */
export function decodeLiveFrame(bytes: Uint8Array): LiveFrame | null {
  if (bytes.length < headerBytes) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const unit = view.getUint8(1);
  const ffcState = ffcStates[view.getUint8(2)];
  const gain = gains[view.getUint8(3)];
  const width = view.getUint16(4, true);
  const height = view.getUint16(6, true);
  const capturedAtMicros = view.getFloat64(16, true);
  if (view.getUint8(0) !== formatVersion || unit > 1 || ffcState === undefined || gain === undefined)
    return null;
  if (!Number.isSafeInteger(capturedAtMicros) || capturedAtMicros < 0) return null;
  if (width * height > pixelsMax || bytes.length !== headerBytes + 2 * width * height) return null;
  const pixels = new Uint16Array(width * height);
  for (let i = 0; i < pixels.length; i += 1) pixels[i] = view.getUint16(headerBytes + 2 * i, true);
  return {
    width,
    height,
    unit: unit === 0 ? "centikelvin" : "raw-counts",
    capturedAtMicros,
    frameCounter: view.getUint32(8, true),
    ffcState,
    ...(gain === null ? {} : { gain }),
    pixels,
  };
}
