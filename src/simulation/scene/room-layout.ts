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

/** A room of the demo. */
export interface RoomLayout extends RoomSpace {
  /** The waste basket that can be set on fire: the box of this name is its body. */
  readonly basket: { readonly base: Point; readonly radius: number; readonly height: number };
}

/** Name of the box that is the waste basket. */
export const basketName = "basket";

/** Volume of a room's air in m³. */
export function roomVolume(layout: RoomSpace): number {
  return (layout.rightX - layout.leftX) * layout.depth * layout.height;
}

function box(name: string, look: SurfaceLook, corners: readonly [Point, Point]): RoomBox {
  return { name, look, low: corners[0], high: corners[1] };
}

function point(x: number, y: number, z: number): Point {
  return { x, y, z };
}

/** A paper basket of about 14 litres. */
function basketBox(base: Point): RoomBox {
  const { x, y, z } = base;
  return box(basketName, { celsius: 20.6 }, [
    point(x - 0.13, y, z - 0.13),
    point(x + 0.13, y + 0.3, z + 0.13),
  ]);
}

const officeBasket = point(0.35, 0, 3.35);

/** An office of 60 m³ with two desks, a radiator under the window, and a counter with a kettle. */
export const officeLayout: RoomLayout = {
  leftX: -2.2,
  rightX: 2.2,
  depth: 5.2,
  height: 2.6,
  camera: { position: point(0, 1.75, 0.05), tiltDownDegrees: 10 },
  walls: { celsius: 21, risePerMetre: 0.5, stripes: { kelvin: 0.12, metres: 0.6 } },
  floor: { celsius: 20.4 },
  ceiling: { celsius: 22.4 },
  airChangesPerHour: 1.5,
  basket: { base: officeBasket, radius: 0.13, height: 0.3 },
  boxes: [
    box("window", { celsius: 15.5, risePerMetre: 0.4 }, [point(0.45, 1.05, 5.16), point(1.75, 2.25, 5.2)]),
    box("window-frame", { celsius: 17.5 }, [point(0.38, 0.98, 5.18), point(1.82, 2.32, 5.2)]),
    box("mullion", { celsius: 17.8 }, [point(1.07, 1.05, 5.13), point(1.13, 2.25, 5.2)]),
    box("radiator", { celsius: 42, risePerMetre: 9, stripes: { kelvin: 2.5, metres: 0.1 } }, [
      point(0.5, 0.15, 5.08),
      point(1.7, 0.75, 5.18),
    ]),
    box("warmed-wall", { celsius: 26, risePerMetre: -9 }, [point(0.5, 0.75, 5.185), point(1.7, 1.0, 5.2)]),
    box("door", { celsius: 20.3, risePerMetre: 0.4 }, [point(-0.95, 0, 5.17), point(-0.1, 2.02, 5.2)]),
    box("socket-strip", { celsius: 27 }, [point(-1.9, 1.0, 5.18), point(-1.75, 1.05, 5.2)]),
    box("counter", { celsius: 20.9 }, [point(-2.15, 0, 4.75), point(-1.15, 0.88, 5.2)]),
    box("desk-left", { celsius: 21.3 }, [point(-1.75, 0.7, 3.7), point(-0.35, 0.74, 4.3)]),
    box("desk-left-panel", { celsius: 21 }, [point(-1.75, 0.25, 3.72), point(-0.35, 0.7, 3.75)]),
    box("monitor-left", { celsius: 29.5, risePerMetre: 6 }, [point(-1.5, 0.8, 3.9), point(-1.0, 1.1, 3.94)]),
    box("desk-right", { celsius: 21.2 }, [point(0.75, 0.7, 3.05), point(1.95, 0.74, 3.65)]),
    box("desk-right-panel", { celsius: 20.9 }, [point(0.75, 0.25, 3.07), point(1.95, 0.7, 3.1)]),
    box("laptop-right", { celsius: 31 }, [point(1.5, 0.74, 3.25), point(1.8, 0.77, 3.45)]),
    box("computer", { celsius: 28, risePerMetre: 5 }, [point(-1.72, 0, 3.95), point(-1.52, 0.45, 4.25)]),
    box("lamp", { celsius: 30 }, [point(-0.6, 2.54, 4.0), point(0.6, 2.58, 4.3)]),
    basketBox(officeBasket),
  ],
};

const workshopBasket = point(-0.3, 0, 3.2);

/** A workshop of 94 m³: workbench, a compressor that has been running, steel cabinet, heating pipe, roller door. */
export const workshopLayout: RoomLayout = {
  leftX: -2.8,
  rightX: 2.8,
  depth: 6.2,
  height: 2.7,
  camera: { position: point(0, 1.6, 0.05), tiltDownDegrees: 9 },
  walls: { celsius: 18.6, risePerMetre: 0.6, stripes: { kelvin: 0.2, metres: 1.2 } },
  floor: { celsius: 17.8 },
  ceiling: { celsius: 20.4 },
  airChangesPerHour: 2,
  basket: { base: workshopBasket, radius: 0.13, height: 0.3 },
  boxes: [
    box("roller-door", { celsius: 14.5, risePerMetre: 0.8, stripes: { kelvin: 0.3, metres: 0.4 } }, [
      point(0.5, 0, 6.16),
      point(2.5, 2.3, 6.2),
    ]),
    box("bench-top", { celsius: 19 }, [point(-2.5, 0.85, 5.4), point(-0.5, 0.9, 6.1)]),
    box("bench-drawers", { celsius: 18.4 }, [point(-2.4, 0, 5.5), point(-1.5, 0.85, 6.05)]),
    box("bench-leg", { celsius: 18.2 }, [point(-0.65, 0, 5.5), point(-0.57, 0.85, 5.58)]),
    box("tool-board", { celsius: 19.3, stripes: { kelvin: 0.5, metres: 0.23 } }, [
      point(-2.2, 1.2, 6.15),
      point(-0.9, 1.9, 6.18),
    ]),
    box("battery-charger", { celsius: 33 }, [point(-1.0, 0.9, 5.7), point(-0.85, 1.0, 5.85)]),
    box("compressor", { celsius: 23, risePerMetre: 3 }, [point(1.2, 0.1, 4.3), point(2.1, 0.65, 4.8)]),
    box("compressor-motor", { celsius: 41 }, [point(1.35, 0.65, 4.4), point(1.65, 0.95, 4.7)]),
    box("cabinet", { celsius: 18.2, risePerMetre: 0.5 }, [point(1.75, 0, 5.3), point(2.75, 1.9, 5.9)]),
    box("heating-pipe", { celsius: 37 }, [point(-2.74, 0, 5.2), point(-2.69, 2.7, 5.25)]),
    box("lamp", { celsius: 29 }, [point(-1.0, 2.62, 5.0), point(0.6, 2.67, 5.12)]),
    basketBox(workshopBasket),
  ],
};
