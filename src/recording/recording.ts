import type { PixelUnit } from "#core/frames/thermal-frame.ts";
import type { RecordingEntry } from "./recording-entry.ts";

/** File formats that can be read. */
export type RecordingFormat = "mcap" | "cptv" | "tjsn" | "pty16v1" | "y16" | "air-csv";

/** Gain and offset that turn raw counts into centikelvin: centikelvin = gain · count + offset. */
export interface RadiometricCalibration {
  readonly gainCentikelvinPerCount: number;
  readonly offsetCentikelvin: number;
}

/** An opened recording of any format: what it is, and its time line. */
export interface Recording {
  readonly path: string;
  readonly format: RecordingFormat;
  /** Null when it holds no pictures. */
  readonly width: number | null;
  readonly height: number | null;
  readonly unit: PixelUnit | null;
  /** True when it holds air readings: a replay then expects them, and their silence is a fault. */
  readonly hasAir: boolean;
  /** True when it carries the device's own ticks, so that a replay need not make any. */
  readonly hasTicks: boolean;
  /** The entries in time order; may be read once or several times, each time from the start. */
  entries(): AsyncIterable<RecordingEntry>;
}
