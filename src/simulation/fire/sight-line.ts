import type { Point } from "../scene/pinhole-camera.ts";

/** Ends of a line are let off this share of it, so that the surface a point lies on does not hide it. */
const endShare = 0.01;
const axes = ["x", "y", "z"] as const;

/** True when a box lies between two points. */
export function isHiddenFrom(
  one: Point,
  other: Point,
  box: { readonly low: Point; readonly high: Point },
): boolean {
  let enter = endShare;
  let leave = 1 - endShare;
  for (const axis of axes) {
    const from = one[axis];
    const way = other[axis] - from;
    if (Math.abs(way) < 1e-9) {
      if (from <= box.low[axis] || from >= box.high[axis]) return false;
      continue;
    }
    const first = (box.low[axis] - from) / way;
    const second = (box.high[axis] - from) / way;
    enter = Math.max(enter, Math.min(first, second));
    leave = Math.min(leave, Math.max(first, second));
    if (enter >= leave) return false;
  }
  return true;
}
