import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { celsiusToRadiance } from "../band-radiance.ts";
import type { Picture } from "../picture.ts";
import type { PinholeCamera, Point, Projection } from "../pinhole-camera.ts";

/** A flat thing that shows its own radiance: a plate, a nozzle, an oven's opening. Lengths in metres. */
export interface HotPatch {
  /** Its middle. */
  readonly place: Point;
  /** From the middle to the end of each of its two half axes. */
  readonly across: Point;
  readonly along: Point;
  readonly outline: "ellipse" | "rectangle";
  /** Radiance in W·m⁻²·sr⁻¹ at −1 to 1 along the two half axes. */
  radianceAt(across: number, along: number): number;
}

/** What a patch lies on counts as this much farther, so that it does not hide the patch. */
const nearerMetres = 0.03;
/** A patch seen at less than this many square pixels from its side cannot be seen. */
const leastPixels = 1e-4;
/** Where a circle that is narrower than a pixel has its mean chord: √(1 − 0.62²) = π/4. */
const meanChordAt = 0.62;

/** The band's radiance of a grey surface: what it gives off, and what it reflects of its surroundings (facts §2.6). */
export function apparentRadiance(surface: {
  readonly celsius: number;
  readonly emissivity: number;
  readonly surroundingsCelsius: number;
}): number {
  const { celsius, emissivity, surroundingsCelsius } = surface;
  return emissivity * celsiusToRadiance(celsius) + (1 - emissivity) * celsiusToRadiance(surroundingsCelsius);
}

/** Draws a patch; each pixel is mixed by the share that it covers, so that one under a pixel in size is right too. */
export function drawPatch(picture: Picture, camera: PinholeCamera, patch: HotPatch): void {
  const { place } = patch;
  const middle = camera.project(place);
  const one = camera.project(sumOf(place, patch.across));
  const other = camera.project(sumOf(place, patch.along));
  if (middle === null || one === null || other === null) return;
  const ax = one.x - middle.x;
  const ay = one.y - middle.y;
  const bx = other.x - middle.x;
  const by = other.y - middle.y;
  const area = ax * by - ay * bx;
  if (Math.abs(area) < leastPixels) return;
  // Half of the distance between opposite sides, in pixels.
  const halfAcross = Math.abs(area) / Math.hypot(bx, by);
  const halfAlong = Math.abs(area) / Math.hypot(ax, ay);
  const reachX = Math.abs(ax) + Math.abs(bx) + 0.5;
  const reachY = Math.abs(ay) + Math.abs(by) + 0.5;
  const left = Math.max(0, Math.ceil(middle.x - reachX));
  const right = Math.min(leptonWidth - 1, Math.floor(middle.x + reachX));
  const top = Math.max(0, Math.ceil(middle.y - reachY));
  const bottom = Math.min(leptonHeight - 1, Math.floor(middle.y + reachY));
  const { radiance } = picture;
  const farthestAcross = halfAcross < 0.75 ? meanChordAt : 1;
  for (let y = top; y <= bottom; y += 1)
    for (let x = left; x <= right; x += 1) {
      const u = ((x - middle.x) * by - (y - middle.y) * bx) / area;
      const v = ((y - middle.y) * ax - (x - middle.x) * ay) / area;
      const insideU = Math.max(-farthestAcross, Math.min(farthestAcross, u));
      const chord = patch.outline === "ellipse" ? Math.sqrt(1 - insideU * insideU) : 1;
      const cover = overlap(u * halfAcross, halfAcross) * overlap(v * halfAlong, chord * halfAlong);
      if (cover <= 0) continue;
      const insideV = Math.max(-1, Math.min(1, v));
      const nearer = insideU * (one.depth - middle.depth) + insideV * (other.depth - middle.depth);
      const index = y * leptonWidth + x;
      if (!picture.isInFront(index, middle.depth + nearer - nearerMetres)) continue;
      const before = radiance[index]!;
      radiance[index] = before + cover * (patch.radianceAt(insideU, insideV) - before);
    }
}

/** Draws something too small to have a shape: `pixels` is the area that it covers, in pixels, at most 1. */
export function drawSpeck(
  picture: Picture,
  at: Projection,
  speck: { readonly pixels: number; readonly radiance: number },
): void {
  const left = Math.floor(at.x);
  const top = Math.floor(at.y);
  const shareX = at.x - left;
  const shareY = at.y - top;
  const { radiance } = picture;
  for (let k = 0; k < 4; k += 1) {
    const x = left + (k & 1);
    const y = top + (k >> 1);
    if (x < 0 || y < 0 || x >= leptonWidth || y >= leptonHeight) continue;
    const index = y * leptonWidth + x;
    if (!picture.isInFront(index, at.depth - nearerMetres)) continue;
    const share = ((k & 1) === 1 ? shareX : 1 - shareX) * (k >> 1 === 1 ? shareY : 1 - shareY);
    const before = radiance[index]!;
    radiance[index] = before + Math.min(1, share * speck.pixels) * (speck.radiance - before);
  }
}

/** Share of a pixel at a distance from the middle of a strip that the strip covers; lengths in pixels. */
function overlap(off: number, half: number): number {
  return Math.max(0, Math.min(off + 0.5, half) - Math.max(off - 0.5, -half));
}

/** One point from another by a vector, in metres. */
export function sumOf(point: Point, vector: Point): Point {
  return { x: point.x + vector.x, y: point.y + vector.y, z: point.z + vector.z };
}

/** A level disc or rectangle: half axes along the room's x and z. */
export function level(halfX: number, halfZ: number): { readonly across: Point; readonly along: Point } {
  return { across: { x: halfX, y: 0, z: 0 }, along: { x: 0, y: 0, z: halfZ } };
}

/** An upright one that faces the camera's wall: half axes along the room's x and y. */
export function upright(halfX: number, halfY: number): { readonly across: Point; readonly along: Point } {
  return { across: { x: halfX, y: 0, z: 0 }, along: { x: 0, y: halfY, z: 0 } };
}
