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

/** Where a camera hangs and how it is turned. */
export interface CameraPose {
  readonly position: Point;
  readonly tiltDownDegrees: number;
  /** To the right of the z axis. */
  readonly panDegrees?: number;
  /** Clockwise about the optical axis, as seen from behind the camera. */
  readonly rollDegrees?: number;
}

/**
 * The camera's geometry: flat projection without the lens's distortion (the data sheet says under 13 %; not modelled),
 * fixed to the wall, turned to the side, tilted downwards and rolled, in this order.
 */
export class PinholeCamera {
  readonly position: Point;
  /** Focal length in pixels. */
  readonly focal: number;
  /** Unit vectors of the picture in the room. */
  readonly right: Point;
  readonly up: Point;
  readonly forward: Point;

  constructor(pose: CameraPose) {
    this.position = pose.position;
    this.focal = leptonWidth / 2 / Math.tan((horizontalFieldDegrees * Math.PI) / 360);
    const [tilt, pan, roll] = [pose.tiltDownDegrees, pose.panDegrees ?? 0, pose.rollDegrees ?? 0].map(
      (degrees) => (degrees * Math.PI) / 180,
    ) as [number, number, number];
    const [cosTilt, sinTilt, cosPan, sinPan] = [Math.cos(tilt), Math.sin(tilt), Math.cos(pan), Math.sin(pan)];
    const level = { x: cosPan, y: 0, z: -sinPan };
    const upright = { x: sinPan * sinTilt, y: cosTilt, z: cosPan * sinTilt };
    this.forward = { x: sinPan * cosTilt, y: -sinTilt, z: cosPan * cosTilt };
    this.right = mixed(level, upright, { one: Math.cos(roll), other: -Math.sin(roll) });
    this.up = mixed(upright, level, { one: Math.cos(roll), other: Math.sin(roll) });
  }

  /** Direction in which the picture point (x, y) looks; its depth component along the optical axis is 1. */
  ray(x: number, y: number): Point {
    const right = (x + 0.5 - leptonWidth / 2) / this.focal;
    const down = (y + 0.5 - leptonHeight / 2) / this.focal;
    return {
      x: this.forward.x + right * this.right.x - down * this.up.x,
      y: this.forward.y + right * this.right.y - down * this.up.y,
      z: this.forward.z + right * this.right.z - down * this.up.z,
    };
  }

  /** Where a point of the room appears; null when it is behind the lens. */
  project(point: Point): Projection | null {
    const dx = point.x - this.position.x;
    const dy = point.y - this.position.y;
    const dz = point.z - this.position.z;
    const depth = dx * this.forward.x + dy * this.forward.y + dz * this.forward.z;
    if (depth < nearestDepthMetres) return null;
    const scale = this.focal / depth;
    const right = dx * this.right.x + dy * this.right.y + dz * this.right.z;
    const up = dx * this.up.x + dy * this.up.y + dz * this.up.z;
    return {
      x: right * scale + leptonWidth / 2 - 0.5,
      y: -up * scale + leptonHeight / 2 - 0.5,
      depth,
      scale,
    };
  }
}

function mixed(one: Point, other: Point, shares: { readonly one: number; readonly other: number }): Point {
  return {
    x: one.x * shares.one + other.x * shares.other,
    y: one.y * shares.one + other.y * shares.other,
    z: one.z * shares.one + other.z * shares.other,
  };
}
