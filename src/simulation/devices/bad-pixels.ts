import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { Random } from "#core/random.ts";

/** A pixel that follows the scene but reads too warm, as a real module's do. */
export interface BadPixel {
  readonly index: number;
  readonly offsetKelvin: number;
}

/**
 * How many bad pixels a module may have. `few`: none, or up to a handful, which nobody minds. `any`: now and then as
 * many as the one module that we know, which has 17 to 19 of them in one row; devices call that a trouble.
 */
export type BadPixelLot = "few" | "any";

/** Assumed shares of modules: without any, and with as many as the known one. */
const flawlessShare = 0.3;
const badlyFlawedShare = 0.1;
const fewGroupsMax = 3;
const manyGroupsMax = 14;
const pairShare = 0.25;
/** A real module of this kind had its bad pixels in one row, about 10 K too warm, some of them in pairs. */
const lowestOffsetKelvin = 7;
const highestOffsetKelvin = 12;
const marginPixels = 8;

/** Draws lots for one module's bad pixels: none, or some single ones and pairs, all in one row. */
export function drawBadPixels(random: Random, lot: BadPixelLot): readonly BadPixel[] {
  const row = marginPixels + random.integer(leptonHeight - 2 * marginPixels);
  const groups = drawGroups(random, lot);
  const offsets = new Map<number, number>();
  for (let group = 0; group < groups; group += 1) {
    const x = marginPixels + random.integer(leptonWidth - 2 * marginPixels);
    const length = random.uniform() < pairShare ? 2 : 1;
    for (let k = 0; k < length; k += 1)
      offsets.set(row * leptonWidth + x + k, random.between(lowestOffsetKelvin, highestOffsetKelvin));
  }
  return [...offsets].map(([index, offsetKelvin]) => ({ index, offsetKelvin }));
}

function drawGroups(random: Random, lot: BadPixelLot): number {
  const share = random.uniform();
  if (share < flawlessShare) return 0;
  const isBadlyFlawed = lot === "any" && share > 1 - badlyFlawedShare;
  return isBadlyFlawed
    ? fewGroupsMax + 1 + random.integer(manyGroupsMax - fewGroupsMax)
    : 1 + random.integer(fewGroupsMax);
}
