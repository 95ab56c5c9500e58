import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { PinholeCamera, type Point } from "../../scene/pinhole-camera.ts";
import type { RoomBox, RoomSpace } from "../../scene/room-layout.ts";

/** What is nearer to the picture's edge than this counts as out of view. */
const marginPixels = 4;
/** A point is not hidden by the box that it lies on. */
const touchMetres = 0.02;

/** What a room's camera can see of it. */
export class RoomView {
  readonly #space: RoomSpace;
  readonly #camera: PinholeCamera;

  constructor(space: RoomSpace) {
    this.#space = space;
    this.#camera = new PinholeCamera(space.camera);
  }

  /** True when a point lies in the picture and no box stands before it. */
  canSee(point: Point): boolean {
    const seen = this.#camera.project(point);
    if (seen === null) return false;
    const inside =
      seen.x >= marginPixels &&
      seen.x <= leptonWidth - 1 - marginPixels &&
      seen.y >= marginPixels &&
      seen.y <= leptonHeight - 1 - marginPixels;
    return inside && !this.#space.boxes.some((box) => this.#hides(box, point));
  }

  /** How far a point is from the camera along the floor. */
  floorDistance(point: Point): number {
    const { position } = this.#camera;
    return Math.hypot(point.x - position.x, point.z - position.z);
  }

  #hides(box: RoomBox, point: Point): boolean {
    const from = this.#camera.position;
    const length = Math.hypot(point.x - from.x, point.y - from.y, point.z - from.z);
    let enter = 0;
    let leave = 1 - touchMetres / length;
    for (const axis of ["x", "y", "z"] as const) {
      const way = point[axis] - from[axis];
      const one = (box.low[axis] - from[axis]) / way;
      const other = (box.high[axis] - from[axis]) / way;
      enter = Math.max(enter, Math.min(one, other));
      leave = Math.min(leave, Math.max(one, other));
    }
    return enter < leave;
  }
}
