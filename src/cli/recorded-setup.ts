import type { Recording } from "#recording/recording.ts";
import type { PictureRecording } from "./detectable-pictures.ts";
import { type RecordedPlace, recordedPlace } from "./recorded-policy.ts";

/** What a recording says of its device that a replay must take over to decide alike. */
export interface RecordedSetup {
  /** One byte a pixel, 1 = masked; null without masks. */
  readonly mask: Uint8Array | null;
  /** One byte a pixel, 1 = bad; null while the device knew of none. */
  readonly badPixels: Uint8Array | null;
  /** Regions and zone; null where it does not say. */
  readonly place: RecordedPlace | null;
}

/** A device writes its set-up first; one that comes later than this is applied when it comes. */
const entriesLookedAtMax = 50;

/** The set-up that stands at the beginning of a recording; all null where it holds none. */
export async function recordedSetup(pictures: PictureRecording | null): Promise<RecordedSetup> {
  const nothing: RecordedSetup = { mask: null, badPixels: null, place: null };
  if (pictures === null) return nothing;
  const config = await firstConfig(pictures);
  if (config === null || config.width !== pictures.width || config.height !== pictures.height) return nothing;
  return { mask: config.mask, badPixels: config.badPixels, place: recordedPlace(config) };
}

async function firstConfig(recording: Recording) {
  let seen = 0;
  for await (const entry of recording.entries()) {
    if (entry.kind === "config") return entry.config;
    seen += 1;
    if (seen >= entriesLookedAtMax) break;
  }
  return null;
}
