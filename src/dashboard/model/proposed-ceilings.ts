import { acceptedCelsiusMax } from "#core/regions/accepted-ceiling.ts";
import { rasterize } from "#core/regions/outline.ts";
import { hotZoneCelsius } from "#core/regions/picture-region.ts";
import type { PictureSize } from "./blinded-lines.ts";
import type { Proposal } from "./picture-part.ts";

/** A number that somebody may change within limits. */
export interface Ceiling {
  readonly proposed: number;
  readonly min: number;
  readonly max: number;
}

/**
 * The ceilings of a proposal, for an engineer to change. The device has the last word: in high gain it takes no peak above
 * `acceptedCelsiusMax.high`. An area larger than the place itself would be no ceiling.
 */
export function proposedCeilings(
  { outline, peakCelsius, areaPixels }: Proposal,
  size: PictureSize,
): { readonly peakCelsius: Ceiling; readonly areaPixels: Ceiling } {
  const pixels = rasterize(outline, size).reduce((sum, pixel) => sum + pixel, 0);
  return {
    peakCelsius: ceiling(peakCelsius, { min: hotZoneCelsius, max: acceptedCelsiusMax.low }),
    areaPixels: ceiling(areaPixels, { min: 1, max: Math.max(1, pixels) }),
  };
}

function ceiling(seen: number, { min, max }: { readonly min: number; readonly max: number }): Ceiling {
  return { proposed: Math.min(max, Math.max(min, Math.ceil(seen))), min, max };
}
