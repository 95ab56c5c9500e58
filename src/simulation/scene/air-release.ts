import type { Point } from "./pinhole-camera.ts";
import type { AirRelease } from "./scene-thing.ts";

/** A release of which only the parts that are not 0 are named. */
export function airRelease(
  release: Partial<AirRelease> & { readonly place: Point; readonly diameterMetres: number },
): AirRelease {
  return {
    heatKilowatts: 0,
    radiativeFraction: 0,
    co2KilogramsPerSecond: 0,
    coKilogramsPerSecond: 0,
    sootKilogramsPerSecond: 0,
    waterKilogramsPerSecond: 0,
    ...release,
  };
}
