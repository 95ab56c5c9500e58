import { assert } from "../failure.ts";

/** A sketch is the picture in so many blocks across and down. */
export const sketchColumns = 20;
/** See `sketchColumns`. */
export const sketchRows = 15;

/** Shares of a sketch's blocks that are left out at its cold and its warm end when its contrast is taken. */
const coldShare = 0.1;
const warmShare = 0.9;

/** Steps between neighbouring blocks count up to here, in K, so that one hot thing does not outweigh the room. */
const stepKelvinMax = 1;

/** Below this root mean square of its steps a sketch is no pattern but the camera's own blotches, in K. */
const patternKelvinMin = 0.15;

/** A covered camera sees one temperature: less contrast than this is none, in K. */
const flatKelvin = 0.5;

/** So much of the contrast that is usual may be left under a cover; a room whose usual contrast is low says nothing. */
const lostShare = 0.25;
const usualKelvinMin = 1;
const leftKelvinMax = 1;

/** How far a cap on the lens is from the housing's temperature at most, in K (radiometry is good to ±5 K, usually 2). */
const capKelvin = 3;

/**
 * The mean of each block of a picture in °C, row by row: noise of 0.05 K a pixel is less than 0.01 K here, and a bad
 * pixel is lost among 64.
 */
export function sketchPicture(picture: {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint16Array;
}): Float32Array {
  const { width, height, pixels } = picture;
  assert(pixels.length === width * height, "the picture has its size");
  const sums = new Float64Array(sketchColumns * sketchRows);
  const counts = new Uint32Array(sums.length);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y * sketchRows) / height) * sketchColumns;
    for (let x = 0; x < width; x += 1) {
      const block = row + Math.floor((x * sketchColumns) / width);
      sums[block]! += pixels[y * width + x]!;
      counts[block]! += 1;
    }
  }
  return Float32Array.from(sums, (sum, block) => sum / Math.max(1, counts[block]!) / 100 - 273.15);
}

/** Each block at its coldest: who walks through a room only warms it, so that the room itself is left. */
export function coldestSketch(sketches: readonly Float32Array[]): Float32Array {
  assert(sketches.length > 0, "there is a sketch");
  const coldest = sketches[0]!.slice();
  for (const sketch of sketches)
    for (let k = 0; k < coldest.length; k += 1) coldest[k] = Math.min(coldest[k]!, sketch[k]!);
  return coldest;
}

/** The temperature in the middle of a sketch, °C. */
export function sketchMedianCelsius(sketch: Float32Array): number {
  return sketch.slice().sort()[sketch.length >> 1]!;
}

/** How far apart a sketch's cold and warm ends are, in K: 0 for a picture of one temperature. */
export function sketchContrastKelvin(sketch: Float32Array): number {
  const sorted = sketch.slice().sort();
  const last = sorted.length - 1;
  return sorted[Math.floor(warmShare * last)]! - sorted[Math.floor(coldShare * last)]!;
}

/**
 * How alike two sketches are in pattern, whatever their temperatures: the correlation of the steps between neighbouring
 * blocks. The same view has 0.7 to 1 with people in it, one turned by a tenth of the picture 0.1 to 0.3 (measured in
 * the emulated rooms). Null when the reference has too little pattern to say.
 */
export function patternCorrelation(compared: {
  readonly reference: Float32Array;
  readonly now: Float32Array;
}): number | null {
  const before = steps(compared.reference);
  const after = steps(compared.now);
  let product = 0;
  let squaresBefore = 0;
  let squaresAfter = 0;
  for (let k = 0; k < before.length; k += 1) {
    product += before[k]! * after[k]!;
    squaresBefore += before[k]! * before[k]!;
    squaresAfter += after[k]! * after[k]!;
  }
  if (Math.sqrt(squaresBefore / before.length) < patternKelvinMin) return null;
  return squaresAfter === 0 ? 0 : product / Math.sqrt(squaresBefore * squaresAfter);
}

/**
 * Whether the picture looks like the inside of a cover: one temperature near the housing's, or far less contrast than
 * is usual here. NaN where the usual contrast or the housing's temperature is not known.
 */
export function looksCovered(picture: {
  readonly contrastKelvin: number;
  readonly usualContrastKelvin: number;
  readonly medianCelsius: number;
  readonly housingCelsius: number;
}): boolean {
  const { contrastKelvin, usualContrastKelvin, medianCelsius, housingCelsius } = picture;
  const isCap = contrastKelvin < flatKelvin && Math.abs(medianCelsius - housingCelsius) < capKelvin;
  const hasLost =
    usualContrastKelvin >= usualKelvinMin &&
    contrastKelvin < leftKelvinMax &&
    contrastKelvin < lostShare * usualContrastKelvin;
  return isCap || hasLost;
}

function steps(sketch: Float32Array): Float64Array {
  const found = new Float64Array(2 * sketch.length);
  for (let y = 0; y < sketchRows; y += 1)
    for (let x = 0; x < sketchColumns; x += 1) {
      const k = y * sketchColumns + x;
      if (x + 1 < sketchColumns) found[2 * k] = limited(sketch[k + 1]! - sketch[k]!);
      if (y + 1 < sketchRows) found[2 * k + 1] = limited(sketch[k + sketchColumns]! - sketch[k]!);
    }
  return found;
}

function limited(step: number): number {
  return Math.min(stepKelvinMax, Math.max(-stepKelvinMax, step));
}
