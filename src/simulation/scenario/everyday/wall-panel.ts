import type { Point } from "../../scene/pinhole-camera.ts";
import type { RoomBox, SurfaceLook } from "../../scene/room-layout.ts";

/** A flat box on a wall, such as a radiator or a grille. */
export function wallPanel(
  on: { readonly place: Point; readonly facing: Point },
  panel: {
    readonly name: string;
    readonly look: SurfaceLook;
    readonly width: number;
    readonly low: number;
    readonly high: number;
    readonly thick: number;
  },
): RoomBox {
  const { place, facing } = on;
  const off = { x: panel.thick * facing.x, z: panel.thick * facing.z };
  const half = { x: facing.x === 0 ? panel.width / 2 : 0, z: facing.z === 0 ? panel.width / 2 : 0 };
  return {
    name: panel.name,
    look: panel.look,
    low: {
      x: Math.min(place.x, place.x + off.x) - half.x,
      y: panel.low,
      z: Math.min(place.z, place.z + off.z) - half.z,
    },
    high: {
      x: Math.max(place.x, place.x + off.x) + half.x,
      y: panel.high,
      z: Math.max(place.z, place.z + off.z) + half.z,
    },
  };
}
