import { useComputed, useSignal } from "@preact/signals";
import type { DashboardStore } from "../dashboard-store.ts";
import type { RoomModel } from "../model/room-model.ts";
import type { ColourScale } from "../picture/colour-scale.ts";
import { HottestMarker } from "./hottest-marker.tsx";
import { LegendBar } from "./legend-bar.tsx";
import { PartOverlay } from "./part-overlay.tsx";
import { PictureCanvas } from "./picture-canvas.tsx";
import { PictureStatus } from "./picture-status.tsx";
import { PixelProbe } from "./pixel-probe.tsx";

/** The live thermal picture of a room. A picture that is not live is greyed and says how old it is. */
export function ThermalPicture(props: { readonly store: DashboardStore; readonly room: RoomModel }) {
  const { store, room } = props;
  const scale = useSignal<ColourScale | null>(null);
  const stale = room.stale.value;
  const radiometric = useComputed(() => room.picture.value?.unit !== "raw-counts").value;
  const size = room.size.value;
  const ratio = size === null ? 4 / 3 : size.width / size.height;
  const parts = store.parts.of(room);
  const isDrawn = size !== null && store.settings.value.parts === "drawn";
  return (
    <figure class="picture" data-stale={stale ? "" : undefined}>
      <div class="picture-frame" style={{ aspectRatio: ratio, "--ratio": String(ratio) }}>
        <PictureCanvas store={store} room={room} scale={scale} />
        {isDrawn && <PartOverlay id={room.id} parts={parts} size={size} />}
        {!stale && <HottestMarker room={room} />}
        <PixelProbe room={room} stale={stale} parts={parts} />
        <PictureStatus store={store} room={room} stale={stale} />
      </div>
      <figcaption class="picture-caption">
        <LegendBar scale={scale} radiometric={radiometric} />
      </figcaption>
    </figure>
  );
}
