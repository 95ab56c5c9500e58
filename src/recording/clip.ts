import type { FrameTelemetry } from "#core/frames/frame-telemetry.ts";
import type { RecordingFormat } from "./recording.ts";

/**
 * What a file says about its pixel values: hundredths or tenths of a kelvin, detector counts, or nothing, in which
 * case their plausibility decides.
 */
export type StatedUnit = "centikelvin" | "decikelvin" | "counts" | "unstated";

/** One picture as a file stores it, before units are settled. */
export interface Picture {
  readonly atMicros: number;
  readonly frameCounter: number;
  readonly statedUnit: StatedUnit;
  /** width · height values; a new array for every picture. */
  readonly pixels: Uint16Array;
  readonly telemetry: FrameTelemetry | null;
}

/** Something that could not be read, and where in the clip. */
export interface ClipDamage {
  readonly what: string;
  /** How many pictures are lost, at least. */
  readonly lost: number;
  /** Number of pictures of the clip that come before it. */
  readonly afterPictures: number;
}

/** A parsed file of pictures: its structure is known, the pixels are unpacked while it is iterated. */
export interface Clip {
  readonly format: RecordingFormat;
  readonly width: number;
  readonly height: number;
  /** Time of each readable picture, in file order. */
  readonly timesMicros: readonly number[];
  readonly damage: readonly ClipDamage[];
  /** The readable pictures in file order, as many as there are times; each call begins anew. */
  pictures(): Iterable<Picture>;
}
