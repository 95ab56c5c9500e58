import type { LiveFrame } from "#wire/live-frame-codec.ts";
import type { ViewSettings } from "../model/view-settings.ts";
import type { ColourScale } from "./colour-scale.ts";
import { pixelOfCelsius } from "./pixel-value.ts";
import { autoRange, easeRange, type ValueRange } from "./value-range.ts";

/** Narrowest automatic scale, so that sensor noise in an even room is not blown up to a picture. */
const spanMinKelvin = 10;
const spanMinCounts = 200;
/** The band reaches red this far above its threshold. */
const bandSpanKelvin = 140;
/** How fast an automatic scale closes: about two seconds at 9 pictures a second. */
const closing = 0.06;

/**
 * The colour scale of a picture. Counts of a camera without temperatures always get an automatic scale and no band,
 * because the settings are in °C.
 */
export function scaleOfPicture(
  frame: LiveFrame,
  options: { readonly settings: ViewSettings; readonly previous: ValueRange | null },
): ColourScale {
  const { settings, previous } = options;
  const radiometric = frame.unit === "centikelvin";
  const fixed = radiometric && settings.scale === "fixed";
  const threshold = radiometric ? pixelOfCelsius(settings.thresholdCelsius) : null;
  const below = settings.palette === "isotherm" ? threshold : null;
  const spanMin = radiometric ? spanMinKelvin * 100 : spanMinCounts;
  return {
    palette: settings.palette,
    range: fixed
      ? { low: pixelOfCelsius(settings.lowCelsius), high: pixelOfCelsius(settings.highCelsius) }
      : easeRange({ from: previous, to: autoRange(frame.pixels, { spanMin, below }), closing }),
    threshold,
    bandSpan: bandSpanKelvin * 100,
  };
}
