import type { Point } from "#simulation/scene/pinhole-camera.ts";
import type { RoomBox, RoomSpace, SurfaceLook } from "#simulation/scene/room-layout.ts";

function box(name: string, look: SurfaceLook, corners: readonly [Point, Point]): RoomBox {
  return { name, look, low: corners[0], high: corners[1] };
}

function point(x: number, y: number, z: number): Point {
  return { x, y, z };
}

/** An office of 60 m³ with two desks, a radiator under the window, and a counter with a kettle. */
export const officeSpace: RoomSpace = {
  leftX: -2.2,
  rightX: 2.2,
  depth: 5.2,
  height: 2.6,
  camera: { position: point(0, 1.75, 0.05), tiltDownDegrees: 10 },
  walls: { celsius: 21, risePerMetre: 0.5, stripes: { kelvin: 0.12, metres: 0.6 } },
  floor: { celsius: 20.4 },
  ceiling: { celsius: 22.4 },
  airChangesPerHour: 1.5,
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
  ],
};
