import { z } from "zod";
import { checkPictureRegions, type PictureRegion, pictureRegionsMax } from "#core/regions/picture-region.ts";
import { checkZonePolicy, type ZonePolicy } from "#core/zone/zone-policy.ts";
import type { RecordingConfig } from "#recording/recording-entry.ts";
import { pictureRegionSchema } from "#wire/region-schemas.ts";
import { zonePolicySchema } from "#wire/zone-schemas.ts";

/** What a recording says of its device's place. */
export interface RecordedPlace {
  readonly regions: readonly PictureRegion[];
  /** The policy of the device's own zone; null where it ran none. */
  readonly zone: ZonePolicy | null;
  readonly utcOffsetMinutes: number;
}

const placeSchema = z.object({
  regions: z.array(pictureRegionSchema).max(pictureRegionsMax),
  zone: zonePolicySchema.nullable(),
  utcOffsetMinutes: z.number(),
});

/**
 * Regions and zone out of a recording's set-up; null where it says none, as recordings from before these were known.
 * Throws badInput for regions or a zone that no detector can use.
 */
export function recordedPlace({
  policy,
  width,
  height,
}: Pick<RecordingConfig, "policy" | "width" | "height">): RecordedPlace | null {
  const place = placeSchema.safeParse(policy).data ?? null;
  if (place === null) return null;
  checkPictureRegions(place.regions, { width, height });
  if (place.zone !== null) checkZonePolicy(place.zone, "zone");
  return place;
}
