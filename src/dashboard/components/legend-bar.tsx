import { type Signal, useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type ColourScale, scaleColour } from "../picture/colour-scale.ts";
import { celsiusOfPixel } from "../picture/pixel-value.ts";

const steps = 256;
/** A fifth of a degree, in pixel values. */
const legendStep = 20;

/** Which colour means which temperature. */
export function LegendBar(props: {
  readonly scale: Signal<ColourScale | null>;
  readonly radiometric: boolean;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  // An automatic scale moves a little with every picture; the legend follows when that could be seen.
  const visible = useComputed(() => {
    const scale = props.scale.value;
    if (scale === null) return null;
    const round = (value: number) => Math.round(value / legendStep) * legendStep;
    const range = { low: round(scale.range.low), high: round(scale.range.high) };
    return JSON.stringify({ ...scale, range });
  });
  const scale = visible.value === null ? null : (JSON.parse(visible.value) as ColourScale);
  useEffect(() => {
    if (scale !== null && canvas.current !== null) paintLegend(canvas.current, scale);
  }, [visible.value]);
  const { radiometric } = props;
  const label = (value: number) =>
    radiometric ? `${celsiusOfPixel(value).toFixed(0)} °C` : `${Math.round(value).toLocaleString("en")}`;
  return (
    <div class="legend">
      <span class="legend-end">{scale === null ? "–" : label(scale.range.low)}</span>
      <canvas
        ref={canvas}
        class="legend-bar"
        width={steps}
        height={1}
        role="img"
        aria-label="Colours from the coldest to the hottest"
      />
      <span class="legend-end">
        {scale === null ? "–" : label(scale.range.high)}
        {!radiometric && " counts"}
      </span>
      {scale !== null && isBetween(scale) && (
        <span class="legend-band">
          <span class="legend-swatch" data-swatch="between" aria-hidden="true" />
          {label(scale.range.high).replace(" °C", "")} to {label(scale.threshold)}
        </span>
      )}
      {scale !== null && scale.palette === "isotherm" && scale.threshold !== null && (
        <span class="legend-band">
          <span class="legend-swatch" aria-hidden="true" />
          {celsiusOfPixel(scale.threshold).toFixed(0)} °C and more
        </span>
      )}
    </div>
  );
}

/** True where the greys of an automatic scale end below the band: what lies between is white. */
function isBetween(scale: ColourScale): scale is ColourScale & { readonly threshold: number } {
  return scale.palette === "isotherm" && scale.threshold !== null && scale.range.high < scale.threshold;
}

function paintLegend(canvas: HTMLCanvasElement, scale: ColourScale): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const { low, high } = scale.range;
  for (let step = 0; step < steps; step += 1) {
    const [red, green, blue] = scaleColour(scale, low + ((high - low) * step) / (steps - 1));
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fillRect(step, 0, 1, 1);
  }
}
