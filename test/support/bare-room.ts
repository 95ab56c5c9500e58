import type { RoomSpace } from "#simulation/scene/room-layout.ts";

/** A room without anything in it, seen from nowhere: only its measures count. */
export function bareRoom(measures: {
  readonly widthMetres: number;
  readonly depthMetres: number;
  readonly heightMetres: number;
  readonly airChangesPerHour: number;
}): RoomSpace {
  const look = { celsius: 20 };
  return {
    leftX: 0,
    rightX: measures.widthMetres,
    depth: measures.depthMetres,
    height: measures.heightMetres,
    camera: { position: { x: measures.widthMetres / 2, y: 1.5, z: 0.05 }, tiltDownDegrees: 0 },
    walls: look,
    floor: look,
    ceiling: look,
    boxes: [],
    airChangesPerHour: measures.airChangesPerHour,
  };
}
