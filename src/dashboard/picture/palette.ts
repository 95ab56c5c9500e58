/** How temperatures become colours: grey with everything above a threshold coloured, or the iron palette. */
export type PaletteName = "isotherm" | "iron";

/** Red, green and blue, 0–255. */
export type Rgb = readonly [number, number, number];

type Stop = readonly [at: number, colour: Rgb];

/** Black over violet and orange to white with rising lightness throughout, as thermographers know it. */
const ironStops: readonly Stop[] = [
  [0, [4, 4, 20]],
  [0.14, [32, 6, 96]],
  [0.32, [112, 10, 150]],
  [0.48, [178, 32, 140]],
  [0.62, [222, 76, 62]],
  [0.77, [246, 146, 20]],
  [0.91, [254, 216, 84]],
  [1, [255, 252, 232]],
];

/** Ends below white, so that no grey looks like the pale yellow that begins the isotherm band. */
const greyStops: readonly Stop[] = [
  [0, [14, 16, 20]],
  [1, [196, 200, 206]],
];

const isothermStops: readonly Stop[] = [
  [0, [255, 222, 40]],
  [0.35, [255, 140, 0]],
  [1, [226, 20, 30]],
];

/** Colour of the iron palette at a fraction of the scale; fractions outside 0–1 take the end colours. */
export function ironColour(fraction: number): Rgb {
  return colourAt(ironStops, fraction);
}

/** Colour of the grey palette at a fraction of the scale. */
export function greyColour(fraction: number): Rgb {
  return colourAt(greyStops, fraction);
}

/** Colour of the isotherm band: yellow at its threshold, red at its end. */
export function isothermColour(fraction: number): Rgb {
  return colourAt(isothermStops, fraction);
}

function colourAt(stops: readonly Stop[], fraction: number): Rgb {
  const [firstAt, firstColour] = stops[0]!;
  if (!(fraction > firstAt)) return firstColour;
  for (let i = 1; i < stops.length; i += 1) {
    const [at, colour] = stops[i]!;
    if (fraction > at) continue;
    const [fromAt, from] = stops[i - 1]!;
    const share = (fraction - fromAt) / (at - fromAt);
    return [
      Math.round(from[0] + (colour[0] - from[0]) * share),
      Math.round(from[1] + (colour[1] - from[1]) * share),
      Math.round(from[2] + (colour[2] - from[2]) * share),
    ];
  }
  return stops.at(-1)![1];
}
