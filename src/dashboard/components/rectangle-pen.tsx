import { useRef } from "preact/hooks";
import type { PictureSize } from "../model/blinded-lines.ts";
import { type DrawnRectangle, rectangleBetween } from "../picture/drawn-rectangle.ts";
import type { ProbePoint } from "../picture/probe-point.ts";

/** Lies over a picture and draws a rectangle by mouse, pen or finger, from one corner to the other. */
export function RectanglePen({
  size,
  onDraw,
}: {
  readonly size: PictureSize;
  readonly onDraw: (rectangle: DrawnRectangle) => void;
}) {
  const begin = useRef<ProbePoint | null>(null);
  const draw = (event: PointerEvent) => {
    const at = pixelUnder(event, size);
    if (begin.current !== null) onDraw(rectangleBetween(begin.current, at));
  };
  return (
    <div
      class="pen"
      data-testid="pen"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        begin.current = pixelUnder(event, size);
        draw(event);
      }}
      onPointerMove={draw}
      onPointerUp={() => (begin.current = null)}
      onPointerCancel={() => (begin.current = null)}
    />
  );
}

/** A pointer that has left the picture draws along its border. */
function pixelUnder(event: PointerEvent, { width, height }: PictureSize): ProbePoint {
  const box = (event.currentTarget as Element).getBoundingClientRect();
  const pixel = (share: number, pixels: number) =>
    Math.min(pixels - 1, Math.max(0, Math.floor(share * pixels)));
  return {
    x: pixel((event.clientX - box.left) / box.width, width),
    y: pixel((event.clientY - box.top) / box.height, height),
  };
}
