import type { PixelUnit, ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { Overwrite } from "./partial-file.ts";
import type { RecordingEntry } from "./recording-entry.ts";

/** What every exporter needs. */
export interface ExportInput {
  /** The time line; an exporter may go through it more than once. */
  readonly entries: () => AsyncIterable<RecordingEntry>;
  /** Where to; written under a partial name and renamed when whole. */
  readonly path: string;
  readonly overwrite: Overwrite;
}

/** What an exporter wrote. */
export interface ExportSummary {
  readonly pictures: number;
  readonly airSamples: number;
  /** Unit of the pictures, so that counts are never announced as temperatures; null without pictures. */
  readonly unit: PixelUnit | null;
  /** What the recording has lost to damage, see "damage" entries. */
  readonly lost: number;
}

/** Counts what goes through an exporter. */
export class ExportTally {
  #pictures = 0;
  #airSamples = 0;
  #unit: PixelUnit | null = null;
  #lost = 0;

  add(entry: RecordingEntry): void {
    if (entry.kind === "thermal") {
      this.#pictures += 1;
      this.#unit ??= entry.frame.unit;
    } else if (entry.kind === "air") this.#airSamples += 1;
    else if (entry.kind === "damage") this.#lost += entry.lost;
  }

  get summary(): ExportSummary {
    return { pictures: this.#pictures, airSamples: this.#airSamples, unit: this.#unit, lost: this.#lost };
  }
}

/** The first picture of a time line; null when it has none. */
export async function firstPicture(entries: AsyncIterable<RecordingEntry>): Promise<ThermalFrame | null> {
  for await (const entry of entries) if (entry.kind === "thermal") return entry.frame;
  return null;
}
