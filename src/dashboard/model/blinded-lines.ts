import { blindedShare, maskOf } from "#core/regions/region-masks.ts";
import { shareText } from "../text/part-text.ts";
import type { PicturePart } from "./picture-part.ts";

/** Width and height of a picture in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** What a mask takes away, a sentence: of the picture, and of each other part that it covers. Empty for what is no mask. */
export function blindedLines(
  mask: PicturePart,
  picture: { readonly parts: readonly PicturePart[]; readonly size: PictureSize },
): readonly string[] {
  if (mask.region?.kind !== "mask") return [];
  const { parts, size } = picture;
  const map = maskOf([mask.region], size);
  const others = parts
    .filter(({ kind }) => kind !== "mask")
    .map((part) => ({ part, share: blindedShare(map, size, part.outline) }))
    .filter(({ share }) => share > 0)
    .map(({ part, share }) => `${shareText(share)} of ${part.number} (${part.name})`);
  const all = [`${shareText(blindedShare(map, size))} of the picture`, ...others];
  return [`It blinds ${all.join(", ")}.`];
}
