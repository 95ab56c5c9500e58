import type { Point } from "../pinhole-camera.ts";
import type { StillScene } from "../still-scene.ts";

/** A part of a surface: heights and widths as shares of the box, 0 at its low corner and 1 at its high one. */
export interface BoxShare {
  readonly acrossX: number;
  readonly up: number;
  readonly acrossZ: number;
}

/** A picture point that sees a surface of a box. */
export interface PointOfBox extends BoxShare {
  readonly index: number;
}

const touchMetres = 0.01;

/** Picture points whose middle sees something that stands still within these corners. */
export function pointsWithin(
  still: StillScene,
  { low, high }: { readonly low: Point; readonly high: Point },
): readonly PointOfBox[] {
  const found: PointOfBox[] = [];
  for (let index = 0; index < still.celsius.length; index += 1) {
    const x = still.places[3 * index]!;
    const y = still.places[3 * index + 1]!;
    const z = still.places[3 * index + 2]!;
    const inside =
      x > low.x - touchMetres &&
      x < high.x + touchMetres &&
      y > low.y - touchMetres &&
      y < high.y + touchMetres &&
      z > low.z - touchMetres &&
      z < high.z + touchMetres;
    if (inside)
      found.push({
        index,
        acrossX: shareOf(x, low.x, high.x),
        up: shareOf(y, low.y, high.y),
        acrossZ: shareOf(z, low.z, high.z),
      });
  }
  return found;
}

function shareOf(value: number, low: number, high: number): number {
  return high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0;
}
