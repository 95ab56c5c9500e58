import { type Signal, useSignal } from "@preact/signals";
import { isWithin } from "#core/regions/outline.ts";
import type { LiveFrame } from "#wire/live-frame-codec.ts";
import type { PicturePart } from "../model/picture-part.ts";
import type { RoomModel } from "../model/room-model.ts";
import { hottestSpot } from "../picture/hottest-spot.ts";
import { pixelText } from "../picture/pixel-value.ts";
import { movedProbe, type ProbePoint } from "../picture/probe-point.ts";
import { partKindNames } from "../text/part-text.ts";
import { PictureMark } from "./picture-mark.tsx";

interface Probe extends ProbePoint {
  /** A probe that follows the mouse leaves with it; one that was clicked or moved by keys stays. */
  readonly stays: boolean;
  readonly byKeys: boolean;
}

/** Tells the temperature of any pixel: by mouse, by touch, or by the arrow keys. */
export function PixelProbe(props: {
  readonly room: RoomModel;
  readonly stale: boolean;
  readonly parts: readonly PicturePart[];
}) {
  const { room, stale, parts } = props;
  const probe = useSignal<Probe | null>(null);
  const at = probe.value;
  // Without a probe there is nothing to draw anew with each picture.
  const frame = at === null ? room.picture.peek() : room.picture.value;
  const shown = frame !== null && at !== null && !stale && at.x < frame.width && at.y < frame.height;
  const text = shown ? pixelText(frame.pixels[at.y * frame.width + at.x]!, frame) : "";
  return (
    <>
      <div
        class="probe"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: role application takes keys.
        tabIndex={0}
        aria-label={`Thermal picture of ${room.view.value.name}. Arrow keys read the temperature of a pixel, Home goes to the hottest, Escape ends.`}
        onPointerMove={(event) => followMouse(event, { frame: room.picture.peek(), probe })}
        onPointerLeave={() => {
          if (probe.value?.stays === false) probe.value = null;
        }}
        onPointerDown={(event) => {
          const point = pointUnder(event, room.picture.peek());
          probe.value = point === null ? null : { ...point, stays: true, byKeys: false };
        }}
        onKeyDown={(event) => moveByKey(event, { probe, room })}
      />
      {shown && <PictureMark kind="probe" frame={frame} x={at.x} y={at.y} text={text} />}
      <output class="unseen" data-testid="probe">
        {shown && at.byKeys && `Column ${at.x + 1}, row ${at.y + 1}: ${text}${partsText(parts, at)}`}
      </output>
    </>
  );
}

/** Who cannot see what is drawn hears in which parts the pixel lies. */
function partsText(parts: readonly PicturePart[], { x, y }: ProbePoint): string {
  const within = parts.filter(({ outline }) => isWithin(outline, { x: x + 0.5, y: y + 0.5 }));
  return within.map(({ name, kind }) => `, in ${partKindNames[kind].toLowerCase()} ${name}`).join("");
}

function followMouse(
  event: PointerEvent,
  target: { readonly frame: LiveFrame | null; readonly probe: Signal<Probe | null> },
): void {
  if (event.pointerType !== "mouse" || target.probe.value?.stays === true) return;
  const point = pointUnder(event, target.frame);
  target.probe.value = point === null ? null : { ...point, stays: false, byKeys: false };
}

function moveByKey(
  event: KeyboardEvent,
  target: { readonly probe: Signal<Probe | null>; readonly room: RoomModel },
): void {
  const { probe, room } = target;
  const frame = room.picture.peek();
  if (frame === null) return;
  if (event.key === "Escape") {
    probe.value = null;
    return;
  }
  const hottest = hottestSpot(frame, room.view.value.telemetry);
  const moved = movedProbe(probe.value, { key: event.key, step: event.shiftKey ? 10 : 1, frame, hottest });
  if (moved === null) return;
  event.preventDefault();
  probe.value = { ...moved, stays: true, byKeys: true };
}

function pointUnder(event: PointerEvent, frame: LiveFrame | null): ProbePoint | null {
  if (frame === null || !(event.currentTarget instanceof Element)) return null;
  const box = event.currentTarget.getBoundingClientRect();
  const x = Math.floor(((event.clientX - box.left) / box.width) * frame.width);
  const y = Math.floor(((event.clientY - box.top) / box.height) * frame.height);
  return x >= 0 && y >= 0 && x < frame.width && y < frame.height ? { x, y } : null;
}
