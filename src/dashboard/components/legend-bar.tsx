import { type Signal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { RoomModel } from "../model/room-model.ts";
import { type ColourScale, scaleColour } from "../picture/colour-scale.ts";
import { celsiusOfPixel } from "../picture/pixel-value.ts";

const steps = 256;

/** Which colour means which temperature. */
export function LegendBar(props: { readonly scale: Signal<ColourScale | null>; readonly room: RoomModel }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useSignalEffect(() => {
    const scale = props.scale.value;
    if (scale !== null && canvas.current !== null) paintLegend(canvas.current, scale);
  });
  const scale = props.scale.value;
  const radiometric = props.room.picture.value?.unit !== "raw-counts";
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
      {scale !== null && scale.palette === "isotherm" && scale.threshold !== null && (
        <span class="legend-band">
          <span class="legend-swatch" aria-hidden="true" />
          {celsiusOfPixel(scale.threshold).toFixed(0)} °C and more
        </span>
      )}
    </div>
  );
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
