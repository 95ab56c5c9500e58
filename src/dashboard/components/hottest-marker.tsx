import type { RoomModel } from "../model/room-model.ts";
import { hottestSpot } from "../picture/hottest-spot.ts";
import { pixelText } from "../picture/pixel-value.ts";
import { PictureMark } from "./picture-mark.tsx";

/** A cross at the hottest spot, with its temperature. */
export function HottestMarker({ room }: { readonly room: RoomModel }) {
  const frame = room.picture.value;
  // A closed shutter has no hottest spot.
  if (frame === null || frame.ffcState === "in-progress") return null;
  const spot = hottestSpot(frame, room.view.value.telemetry);
  if (spot === null) return null;
  return (
    <PictureMark kind="hottest" frame={frame} x={spot.x} y={spot.y} text={pixelText(spot.value, frame)} />
  );
}
