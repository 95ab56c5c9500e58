import type { FrameTelemetry } from "./frame-telemetry.ts";

/** Width of a Lepton 3.5 picture in pixels (Lepton 3 & 3.5 data sheet 18-0541). */
export const leptonWidth = 160;

/** Height of a Lepton 3.5 picture in pixels, without telemetry rows. */
export const leptonHeight = 120;

/**
 * What a pixel value means. `centikelvin` is a temperature in hundredths of a kelvin (TLinear at 0.01 K; a source at
 * 0.1 K is converted when read, values above 65,535 clamp). `raw-counts` is a detector count of a camera without
 * TLinear: it is never shown as a temperature and no thermal rule looks at it.
 */
export type PixelUnit = "centikelvin" | "raw-counts";

/** One picture of a thermal camera. */
export interface ThermalFrame {
  readonly width: number;
  readonly height: number;
  /** When the camera took it: whole microseconds since the Unix epoch. */
  readonly capturedAtMicros: number;
  /** The camera's own counter of unique frames; sources without one number their frames from 0. */
  readonly frameCounter: number;
  readonly unit: PixelUnit;
  /** width · height values, row by row from the top left. */
  readonly pixels: Uint16Array;
  /** What the camera said about itself with this frame; null when the source stores none of it. */
  readonly telemetry: FrameTelemetry | null;
}
