import type { CameraPose, Point } from "./pinhole-camera.ts";

/** How warm a surface looks, in °C of apparent temperature, and how it varies over itself. */
export interface SurfaceLook {
  readonly celsius: number;
  /** Warmer towards the top by this much over the surface's height. */
  readonly risePerMetre?: number;
  /** Depth of vertical stripes (studs in a wall, columns of a radiator) and how far apart they are. */
  readonly stripes?: { readonly kelvin: number; readonly metres: number };
  /**
   * Emissivity in the camera's band; the rest is the reflection of the room. Without it that of ordinary surfaces, or,
   * where the room names none either, 1: then `celsius` is already what the camera would read.
   */
  readonly emissivity?: number;
}

/** A box with its sides along the room's axes; furniture, fittings, a window pane. */
export interface RoomBox {
  readonly name: string;
  readonly low: Point;
  readonly high: Point;
  readonly look: SurfaceLook;
}

/** Everything that stands still in a room, and where the camera hangs. Lengths in metres. */
export interface RoomSpace {
  readonly leftX: number;
  readonly rightX: number;
  readonly depth: number;
  readonly height: number;
  readonly camera: CameraPose;
  readonly walls: SurfaceLook;
  readonly floor: SurfaceLook;
  readonly ceiling: SurfaceLook;
  readonly boxes: readonly RoomBox[];
  /** Emissivity of ordinary surfaces, 1 when left out. */
  readonly emissivity?: number;
  /** Air that comes in from outside, in room volumes an hour. */
  readonly airChangesPerHour: number;
}

/** Volume of a room's air in m³. */
export function roomVolume(room: RoomSpace): number {
  return (room.rightX - room.leftX) * room.depth * room.height;
}
