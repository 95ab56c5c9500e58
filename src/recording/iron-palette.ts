import type { ThermalFrame } from "#core/frames/thermal-frame.ts";

/** Colours of the iron palette, evenly spaced from the coldest to the hottest: red, green, blue. */
const stops: readonly (readonly [number, number, number])[] = [
  [0, 0, 10],
  [45, 0, 105],
  [120, 0, 155],
  [190, 20, 140],
  [230, 70, 60],
  [248, 130, 10],
  [255, 190, 20],
  [255, 238, 120],
  [255, 255, 246],
];

const palette = buildPalette();

/** Lowest and highest pixel value that a picture is drawn between. */
export interface PixelRange {
  readonly low: number;
  readonly high: number;
}

/** Range of the values of one picture. */
export function pixelRange(pixels: Uint16Array): PixelRange {
  let low = 65_535;
  let high = 0;
  for (let i = 0; i < pixels.length; i += 1) {
    if (pixels[i]! < low) low = pixels[i]!;
    if (pixels[i]! > high) high = pixels[i]!;
  }
  return { low, high };
}

/** Draws a picture in the iron palette: three bytes a pixel; values outside the range take its end colours. */
export function ironPicture(frame: ThermalFrame, range: PixelRange): Uint8Array {
  const picture = new Uint8Array(3 * frame.pixels.length);
  const scale = 255 / Math.max(1, range.high - range.low);
  for (let i = 0; i < frame.pixels.length; i += 1) {
    const level = Math.max(0, Math.min(255, Math.round((frame.pixels[i]! - range.low) * scale)));
    picture[3 * i] = palette[3 * level]!;
    picture[3 * i + 1] = palette[3 * level + 1]!;
    picture[3 * i + 2] = palette[3 * level + 2]!;
  }
  return picture;
}

/** A colour of the iron palette, red, green and blue from 0 to 255; `share` runs from the coldest, 0, to the hottest, 1. */
export function ironColour(share: number): readonly [red: number, green: number, blue: number] {
  const place = share * (stops.length - 1);
  const lower = Math.min(stops.length - 2, Math.floor(place));
  const between = (channel: 0 | 1 | 2): number => {
    const from = stops[lower]![channel];
    const to = stops[lower + 1]![channel];
    return Math.round(from + (to - from) * (place - lower));
  };
  return [between(0), between(1), between(2)];
}

function buildPalette(): Uint8Array {
  const colours = new Uint8Array(3 * 256);
  for (let level = 0; level < 256; level += 1) colours.set(ironColour(level / 255), 3 * level);
  return colours;
}
