import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { Random } from "#core/random.ts";

/** A pixel that follows the scene but reads too warm, as a real module's do. */
export interface BadPixel {
  readonly index: number;
  readonly offsetKelvin: number;
}

const groups = 3;
/** A real module of this kind had its bad pixels in one row, about 10 K too warm, some of them in pairs. */
const lowestOffsetKelvin = 7;
const highestOffsetKelvin = 12;

/** Draws lots for one module's bad pixels: a few single ones and one pair, all in one row. */
export function drawBadPixels(random: Random): readonly BadPixel[] {
  const row = 10 + random.integer(leptonHeight - 20);
  const pixels: BadPixel[] = [];
  for (let group = 0; group < groups; group += 1) {
    const x = 8 + random.integer(leptonWidth - 16);
    const length = group === 0 ? 2 : 1;
    for (let k = 0; k < length; k += 1)
      pixels.push({
        index: row * leptonWidth + x + k,
        offsetKelvin: random.between(lowestOffsetKelvin, highestOffsetKelvin),
      });
  }
  return pixels;
}
