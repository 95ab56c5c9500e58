import { textWidth } from "./strip-canvas.ts";
import type { ThermalScale } from "./thermal-scale.ts";

/** One temperature under a colour bar. */
export interface BarLabel {
  readonly text: string;
  /** Left end of the text, in pixels from the bar's left end. */
  readonly left: number;
  /** Where the bar is marked, in pixels from its left end; null at the bar's own ends. */
  readonly markAt: number | null;
}

/** Two labels lie at least this far apart, in widths of a letter. */
const apartLetters = 3;

/**
 * The temperatures to write under a colour bar of a length in pixels: its ends, and between them as many round ones as
 * stay clear of each other and of the ends.
 */
export function barLabels(
  scale: ThermalScale,
  bar: { readonly length: number; readonly textZoom: number },
): readonly BarLabel[] {
  const { length, textZoom } = bar;
  const apart = apartLetters * textWidth(" ", textZoom);
  const highText = `${scale.highCelsius.toFixed(1)} °C`;
  const low: BarLabel = { text: scale.lowCelsius.toFixed(1), left: 0, markAt: null };
  const high: BarLabel = { text: highText, left: length - textWidth(highText, textZoom), markAt: null };
  const labels = [low];
  let taken = textWidth(low.text, textZoom);
  for (const celsius of scale.marks) {
    const text = String(celsius);
    const width = textWidth(text, textZoom);
    const markAt = Math.round(scale.shareOf(celsius) * (length - 1));
    const left = markAt - Math.round(width / 2);
    if (left < taken + apart || left + width + apart > high.left) continue;
    labels.push({ text, left, markAt });
    taken = left + width;
  }
  return [...labels, high];
}
