import { greyColour, ironColour, isothermColour, type PaletteName, type Rgb } from "./palette.ts";
import type { ValueRange } from "./value-range.ts";

/** Everything that decides the colour of a pixel value. */
export interface ColourScale {
  readonly palette: PaletteName;
  readonly range: ValueRange;
  /** Pixel value at which the isotherm band begins; null where the source has no temperatures. */
  readonly threshold: number | null;
  /** Width of the isotherm band from yellow to red, in pixel values. */
  readonly bandSpan: number;
}

const steps = 256;

/** Colour of one pixel value. */
export function scaleColour(scale: ColourScale, value: number): Rgb {
  if (scale.palette === "iron") return ironColour(fractionOf(value, scale.range));
  if (scale.threshold !== null && value >= scale.threshold)
    return isothermColour((value - scale.threshold) / scale.bandSpan);
  return greyColour(fractionOf(value, greyRange(scale)));
}

/**
 * Paints pixel values as opaque colours, one 32-bit word a pixel (red in the lowest byte, as ImageData has it on every
 * machine browsers run on). `out` has the length of `pixels`.
 */
export function paintPixels(
  pixels: Uint16Array,
  target: { readonly scale: ColourScale; readonly out: Uint32Array },
): void {
  const { scale, out } = target;
  const isotherm = scale.palette === "isotherm";
  const base = words(isotherm ? greyColour : ironColour);
  const band = words(isothermColour);
  const range = isotherm ? greyRange(scale) : scale.range;
  const threshold = isotherm && scale.threshold !== null ? scale.threshold : Number.POSITIVE_INFINITY;
  const baseFactor = (steps - 1) / Math.max(1, range.high - range.low);
  const bandFactor = (steps - 1) / Math.max(1, scale.bandSpan);
  for (let i = 0; i < pixels.length; i += 1) {
    const value = pixels[i]!;
    out[i] =
      value >= threshold
        ? band[Math.min(steps - 1, ((value - threshold) * bandFactor) | 0)]!
        : base[Math.max(0, Math.min(steps - 1, ((value - range.low) * baseFactor) | 0))]!;
  }
}

/** Greys spread over what lies below the band, so that a fire does not darken the room around it. */
function greyRange(scale: ColourScale): ValueRange {
  const { low, high } = scale.range;
  if (scale.threshold === null || scale.threshold <= low) return scale.range;
  return { low, high: Math.min(high, scale.threshold) };
}

function fractionOf(value: number, range: ValueRange): number {
  return (value - range.low) / Math.max(1, range.high - range.low);
}

const wordsByRamp = new Map<(fraction: number) => Rgb, Uint32Array>();

function words(ramp: (fraction: number) => Rgb): Uint32Array {
  const known = wordsByRamp.get(ramp);
  if (known !== undefined) return known;
  const made = Uint32Array.from({ length: steps }, (_, step) => {
    const [red, green, blue] = ramp(step / (steps - 1));
    return (0xff00_0000 | (blue << 16) | (green << 8) | red) >>> 0;
  });
  wordsByRamp.set(ramp, made);
  return made;
}
