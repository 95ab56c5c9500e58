import { type Outline, rasterize } from "./outline.ts";
import { type PictureRegion, regionsOfKind } from "./picture-region.ts";

interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * All masks as the feature extractor takes them, one byte a pixel, 1 = masked; null without any. A mask that was drawn by
 * other means is joined to them.
 */
export function maskOf(
  regions: readonly PictureRegion[],
  size: PictureSize,
  drawn: Uint8Array | null = null,
): Uint8Array | null {
  const masks = regionsOfKind(regions, "mask");
  if (masks.length === 0) return drawn;
  const joined = drawn?.slice() ?? new Uint8Array(size.width * size.height);
  for (const { outline } of masks) {
    const map = rasterize(outline, size);
    for (let p = 0; p < joined.length; p += 1) joined[p]! |= map[p]!;
  }
  return joined;
}

/** What share of a zone a mask blinds, 0 to 1; the zone is the whole picture where none is drawn, and 0 of a zone without pixels. */
export function blindedShare(
  mask: Uint8Array | null,
  size: PictureSize,
  zone: Outline | null = null,
): number {
  if (mask === null) return 0;
  const area = zone === null ? new Uint8Array(size.width * size.height).fill(1) : rasterize(zone, size);
  let pixels = 0;
  let blinded = 0;
  for (let p = 0; p < area.length; p += 1) {
    if (area[p] === 0) continue;
    pixels += 1;
    if (mask[p] !== 0) blinded += 1;
  }
  return pixels === 0 ? 0 : blinded / pixels;
}
