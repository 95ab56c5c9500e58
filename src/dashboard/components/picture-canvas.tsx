import { type Signal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { LiveFrame } from "#wire/live-frame-codec.ts";
import type { DashboardStore } from "../dashboard-store.ts";
import type { RoomModel } from "../model/room-model.ts";
import { type ColourScale, paintPixels } from "../picture/colour-scale.ts";
import { scaleOfPicture } from "../picture/scale-of-picture.ts";

/** The pixels of a room's newest picture, in the colours of the page's settings; `scale` says which these are. */
export function PictureCanvas(props: {
  readonly store: DashboardStore;
  readonly room: RoomModel;
  readonly scale: Signal<ColourScale | null>;
}) {
  const { store, room, scale } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  useSignalEffect(() => {
    const frame = room.picture.value;
    const settings = store.settings.value;
    if (frame === null || canvas.current === null) return;
    const previous = scale.peek()?.range ?? null;
    const next = scaleOfPicture(frame, { settings, previous });
    paint(canvas.current, { frame, scale: next });
    scale.value = next;
  });
  return (
    <canvas
      ref={canvas}
      class="picture-canvas"
      width={160}
      height={120}
      role="img"
      aria-label={`Thermal picture of ${room.view.value.name}`}
    />
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
