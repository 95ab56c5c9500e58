import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";

/** A place in the room in metres: x to the right, y up from the floor, z away from the camera's wall. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Where a point appears: pixels from the top left, depth in metres along the optical axis, pixels per metre there. */
export interface Projection {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
  readonly scale: number;
}

/** Horizontal field of view of a Lepton 3.5 (data sheet: 57°). */
export const horizontalFieldDegrees = 57;

/** Points nearer than this to the lens plane are not drawn. */
export const nearestDepthMetres = 0.3;

/**
 * The camera's geometry: flat projection without the lens's distortion (the data sheet says under 13 %; not modelled),
 * fixed to the wall and tilted downwards.
 */
export class PinholeCamera {
  readonly position: Point;
  /** Focal length in pixels. */
  readonly focal: number;
  readonly #cos: number;
  readonly #sin: number;

  constructor(pose: { readonly position: Point; readonly tiltDownDegrees: number }) {
    this.position = pose.position;
    this.focal = leptonWidth / 2 / Math.tan((horizontalFieldDegrees * Math.PI) / 360);
    const tilt = (pose.tiltDownDegrees * Math.PI) / 180;
    this.#cos = Math.cos(tilt);
    this.#sin = Math.sin(tilt);
  }

  /** Direction in which the picture point (x, y) looks; its depth component along the optical axis is 1. */
  ray(x: number, y: number): Point {
    const right = (x + 0.5 - leptonWidth / 2) / this.focal;
    const down = (y + 0.5 - leptonHeight / 2) / this.focal;
    return { x: right, y: -down * this.#cos - this.#sin, z: this.#cos - down * this.#sin };
  }

  /** Where a point of the room appears; null when it is behind the lens. */
  project(point: Point): Projection | null {
    const dy = point.y - this.position.y;
    const dz = point.z - this.position.z;
    const depth = dz * this.#cos - dy * this.#sin;
    if (depth < nearestDepthMetres) return null;
    const scale = this.focal / depth;
    const down = -dy * this.#cos - dz * this.#sin;
    return {
      x: (point.x - this.position.x) * scale + leptonWidth / 2 - 0.5,
      y: down * scale + leptonHeight / 2 - 0.5,
      depth,
      scale,
    };
  }
}
