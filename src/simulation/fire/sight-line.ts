import type { Point } from "../scene/pinhole-camera.ts";

/** Ends of a line are let off this share of it, so that the surface a point lies on does not hide it. */
const endShare = 0.01;
const numbersPerBox = 6;

/** Lines of sight from one point past boxes, for thousands of other ends. */
export class SightLines {
  readonly #from: Point;
  /** Low x, high x, low y, high y, low z, high z of each box. */
  readonly #boxes: Float64Array;

  constructor(from: Point, boxes: readonly { readonly low: Point; readonly high: Point }[]) {
    this.#from = from;
    this.#boxes = Float64Array.from(
      boxes.flatMap(({ low, high }) => [low.x, high.x, low.y, high.y, low.z, high.z]),
    );
  }

  /** True when a box lies between. */
  isHidden(place: Point): boolean {
    const boxes = this.#boxes;
    const { x, y, z } = this.#from;
    const wayX = place.x - x;
    const wayY = place.y - y;
    const wayZ = place.z - z;
    for (let i = 0; i < boxes.length; i += numbersPerBox) {
      // Most boxes lie wholly to one side of both ends.
      if (isBeside(x, place.x, boxes, i)) continue;
      if (isBeside(z, place.z, boxes, i + 4)) continue;
      if (isBeside(y, place.y, boxes, i + 2)) continue;
      const enterX = enterAt(x, wayX, boxes, i);
      const enterY = enterAt(y, wayY, boxes, i + 2);
      const enterZ = enterAt(z, wayZ, boxes, i + 4);
      const leaveX = leaveAt(x, wayX, boxes, i);
      const leaveY = leaveAt(y, wayY, boxes, i + 2);
      const leaveZ = leaveAt(z, wayZ, boxes, i + 4);
      const enter = Math.max(endShare, enterX, enterY, enterZ);
      if (enter < Math.min(1 - endShare, leaveX, leaveY, leaveZ)) return true;
    }
    return false;
  }
}

function isBeside(one: number, other: number, boxes: Float64Array, at: number): boolean {
  const low = boxes[at]!;
  const high = boxes[at + 1]!;
  return (one <= low && other <= low) || (one >= high && other >= high);
}

function enterAt(from: number, way: number, boxes: Float64Array, at: number): number {
  if (way === 0) return 0;
  return ((way > 0 ? boxes[at]! : boxes[at + 1]!) - from) / way;
}

function leaveAt(from: number, way: number, boxes: Float64Array, at: number): number {
  if (way === 0) return 1;
  return ((way > 0 ? boxes[at + 1]! : boxes[at]!) - from) / way;
}
