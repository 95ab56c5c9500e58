import { type Outline, rectangleOutline } from "#core/regions/outline.ts";
import type { ProbePoint } from "./probe-point.ts";

/** Columns and rows as people count them: from 1, and the last one belongs to it. */
export interface DrawnRectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The rectangle with these two pixels in opposite corners, whichever they are. */
export function rectangleBetween(one: ProbePoint, other: ProbePoint): DrawnRectangle {
  return {
    left: Math.min(one.x, other.x) + 1,
    top: Math.min(one.y, other.y) + 1,
    right: Math.max(one.x, other.x) + 1,
    bottom: Math.max(one.y, other.y) + 1,
  };
}

/** Its outline; sides that were given the wrong way round are turned. */
export function outlineOfDrawn({ left, top, right, bottom }: DrawnRectangle): Outline {
  return rectangleOutline({
    left: Math.min(left, right) - 1,
    top: Math.min(top, bottom) - 1,
    width: Math.abs(right - left) + 1,
    height: Math.abs(bottom - top) + 1,
  });
}
