import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { LiveFrame } from "#wire/live-frame-codec.ts";
import type { DashboardStore } from "../dashboard-store.ts";
import type { RoomModel } from "../model/room-model.ts";
import { type ColourScale, paintPixels } from "../picture/colour-scale.ts";
import { scaleOfPicture } from "../picture/scale-of-picture.ts";
import { HottestMarker } from "./hottest-marker.tsx";
import { LegendBar } from "./legend-bar.tsx";
import { PictureStatus } from "./picture-status.tsx";
import { PixelProbe } from "./pixel-probe.tsx";

/** The live thermal picture of a room. A picture that is not live is greyed and says how old it is. */
export function ThermalPicture(props: { readonly store: DashboardStore; readonly room: RoomModel }) {
  const { store, room } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const scale = useSignal<ColourScale | null>(null);
  useSignalEffect(() => {
    const frame = room.picture.value;
    const settings = store.settings.value;
    if (frame === null || canvas.current === null) return;
    const previous = scale.peek()?.range ?? null;
    const next = scaleOfPicture(frame, { settings, previous });
    paint(canvas.current, { frame, scale: next });
    scale.value = next;
  });
  const stale = room.stale.value;
  const radiometric = useComputed(() => room.picture.value?.unit !== "raw-counts").value;
  const ratio = useComputed(() => {
    const frame = room.picture.value;
    return frame === null || frame.height === 0 ? 4 / 3 : frame.width / frame.height;
  }).value;
  return (
    <figure class="picture" data-stale={stale ? "" : undefined}>
      <div class="picture-frame" style={{ aspectRatio: ratio, "--ratio": String(ratio) }}>
        <canvas
          ref={canvas}
          class="picture-canvas"
          width={160}
          height={120}
          role="img"
          aria-label={`Thermal picture of ${room.view.value.name}`}
        />
        {!stale && <HottestMarker room={room} />}
        <PixelProbe room={room} stale={stale} />
        <PictureStatus store={store} room={room} stale={stale} />
      </div>
      <figcaption class="picture-caption">
        <LegendBar scale={scale} radiometric={radiometric} />
      </figcaption>
    </figure>
  );
}

function paint(
  canvas: HTMLCanvasElement,
  picture: { readonly frame: LiveFrame; readonly scale: ColourScale },
): void {
  const { frame, scale } = picture;
  if (frame.width === 0 || frame.height === 0) return;
  if (canvas.width !== frame.width) canvas.width = frame.width;
  if (canvas.height !== frame.height) canvas.height = frame.height;
  const context = canvas.getContext("2d");
  if (context === null) return;
  const image = context.createImageData(frame.width, frame.height);
  paintPixels(frame.pixels, { scale, out: new Uint32Array(image.data.buffer) });
  context.putImageData(image, 0, 0);
}
