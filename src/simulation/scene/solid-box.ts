import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { celsiusToRadiance } from "./band-radiance.ts";
import type { Picture } from "./picture.ts";
import { nearestDepthMetres, type PinholeCamera, type Point } from "./pinhole-camera.ts";

/** A box that moves: standing upright, turned about its own vertical axis. Lengths in metres. */
export interface SolidBox {
  /** Middle of its underside. */
  readonly base: Point;
  /** Which way its front (its own −z) faces, in radians: 0 towards the camera's wall, π/2 to the right. */
  readonly heading: number;
  readonly width: number;
  readonly height: number;
  readonly length: number;
  /** How warm it looks at its underside and at its top, and on its front when that differs. */
  readonly lowCelsius: number;
  readonly highCelsius: number;
  readonly frontCelsius?: number;
}

/** A corner as the camera sees it: to the right, up, and along the optical axis, and how warm it is. */
interface Corner {
  readonly right: number;
  readonly up: number;
  readonly depth: number;
  readonly celsius: number;
}

/** Corners of each face, counter-clockwise from outside; a corner's bits say high x, high y, high z. */
const faces = [
  { name: "front", corners: [0, 1, 3, 2], normal: [0, 0, -1] },
  { name: "back", corners: [5, 4, 6, 7], normal: [0, 0, 1] },
  { name: "left", corners: [4, 0, 2, 6], normal: [-1, 0, 0] },
  { name: "right", corners: [1, 5, 7, 3], normal: [1, 0, 0] },
  { name: "top", corners: [2, 3, 7, 6], normal: [0, 1, 0] },
] as const;
/** Faces overlap at their common edges by this much, so that nothing shines through. */
const overlapPixels = 0.75;

/** Draws the faces of a moving box that are turned to the camera, each hidden by what stands before it. */
export function drawSolidBox(picture: Picture, camera: PinholeCamera, box: SolidBox): void {
  const corners = Array.from({ length: 8 }, (_, bits) => cornerOf(box, camera, bits));
  for (const face of faces) {
    const { place, normal } = facing(box, face.normal);
    const { position } = camera;
    const towards =
      normal.x * (position.x - place.x) +
      normal.y * (position.y - place.y) +
      normal.z * (position.z - place.z);
    if (towards <= 0) continue;
    const celsius = face.name === "front" ? box.frontCelsius : undefined;
    const outline = face.corners.map((bits) =>
      celsius === undefined ? corners[bits]! : { ...corners[bits]!, celsius },
    );
    const clipped = clipNear(outline);
    if (clipped.length >= 3) fill(picture, camera, clipped);
  }
}

function turned(box: SolidBox, x: number, z: number): { readonly x: number; readonly z: number } {
  const cos = Math.cos(box.heading);
  const sin = Math.sin(box.heading);
  return { x: x * cos - z * sin, z: x * sin + z * cos };
}

function cornerOf(box: SolidBox, camera: PinholeCamera, bits: number): Corner {
  const high = (bits & 2) !== 0;
  const off = turned(box, (bits & 1 ? 0.5 : -0.5) * box.width, (bits & 4 ? 0.5 : -0.5) * box.length);
  const { position, right, up, forward } = camera;
  const x = box.base.x + off.x - position.x;
  const y = box.base.y + (high ? box.height : 0) - position.y;
  const z = box.base.z + off.z - position.z;
  return {
    right: x * right.x + y * right.y + z * right.z,
    up: x * up.x + y * up.y + z * up.z,
    depth: x * forward.x + y * forward.y + z * forward.z,
    celsius: high ? box.highCelsius : box.lowCelsius,
  };
}

function facing(
  box: SolidBox,
  normal: readonly [number, number, number],
): { readonly place: Point; readonly normal: Point } {
  const [x, y, z] = normal;
  const way = turned(box, x, z);
  const off = turned(box, (x * box.width) / 2, (z * box.length) / 2);
  return {
    normal: { x: way.x, y, z: way.z },
    place: {
      x: box.base.x + off.x,
      y: box.base.y + (y > 0 ? box.height : box.height / 2),
      z: box.base.z + off.z,
    },
  };
}

/** Cuts off what lies behind the lens. */
function clipNear(outline: readonly Corner[]): readonly Corner[] {
  const kept: Corner[] = [];
  outline.forEach((corner, i) => {
    const next = outline[(i + 1) % outline.length]!;
    if (corner.depth >= nearestDepthMetres) kept.push(corner);
    if (corner.depth >= nearestDepthMetres === next.depth >= nearestDepthMetres) return;
    const share = (nearestDepthMetres - corner.depth) / (next.depth - corner.depth);
    kept.push({
      right: corner.right + share * (next.right - corner.right),
      up: corner.up + share * (next.up - corner.up),
      depth: nearestDepthMetres,
      celsius: corner.celsius + share * (next.celsius - corner.celsius),
    });
  });
  return kept;
}

function fill(picture: Picture, camera: PinholeCamera, outline: readonly Corner[]): void {
  const xs = outline.map(({ right, depth }) => (right / depth) * camera.focal + leptonWidth / 2 - 0.5);
  const ys = outline.map(({ up, depth }) => (-up / depth) * camera.focal + leptonHeight / 2 - 0.5);
  const edges = edgesOf(xs, ys);
  if (edges === null) return;
  // In a plane, the inverse of the depth changes evenly over the picture; the warmth nearly so.
  const inverseDepth = planeThrough(
    xs,
    ys,
    outline.map(({ depth }) => 1 / depth),
  );
  const warmth = planeThrough(
    xs,
    ys,
    outline.map(({ celsius }) => celsius),
  );
  const left = Math.max(0, Math.floor(Math.min(...xs)));
  const right = Math.min(leptonWidth - 1, Math.ceil(Math.max(...xs)));
  const top = Math.max(0, Math.floor(Math.min(...ys)));
  const bottom = Math.min(leptonHeight - 1, Math.ceil(Math.max(...ys)));
  const isEven = warmth[0] === 0 && warmth[1] === 0;
  const even = celsiusToRadiance(warmth[2]);
  const { radiance } = picture;
  for (let y = top; y <= bottom; y += 1) {
    const row = rowWithin(edges, y, { left, right });
    for (let x = row.left; x <= row.right; x += 1) {
      const i = y * leptonWidth + x;
      if (!picture.isInFront(i, 1 / valueAt(inverseDepth, x, y))) continue;
      const own = isEven ? even : celsiusToRadiance(valueAt(warmth, x, y));
      const cover = x >= row.fullLeft && x <= row.fullRight ? 1 : coverAt(edges, x, y);
      radiance[i] = radiance[i]! + cover * (own - radiance[i]!);
    }
  }
}

/** Where a line of the picture runs through an outline: first and last pixel touched, first and last covered in full. */
function rowWithin(
  edges: Float64Array,
  y: number,
  within: { readonly left: number; readonly right: number },
): { readonly left: number; readonly right: number; readonly fullLeft: number; readonly fullRight: number } {
  let { left, right } = within;
  let fullLeft = left;
  let fullRight = right;
  for (let e = 0; e < edges.length; e += 3) {
    const slope = edges[e]!;
    const rest = edges[e + 1]! * y + edges[e + 2]! + overlapPixels;
    if (Math.abs(slope) < 1e-9) {
      if (rest <= 0) right = left - 1;
      if (rest < 1) fullRight = fullLeft - 1;
    } else if (slope > 0) {
      left = Math.max(left, Math.ceil(-rest / slope));
      fullLeft = Math.max(fullLeft, Math.ceil((1 - rest) / slope));
    } else {
      right = Math.min(right, Math.floor(-rest / slope));
      fullRight = Math.min(fullRight, Math.floor((1 - rest) / slope));
    }
  }
  return { left, right, fullLeft, fullRight };
}

function coverAt(edges: Float64Array, x: number, y: number): number {
  let inside = Number.POSITIVE_INFINITY;
  for (let e = 0; e < edges.length; e += 3) {
    const distance = edges[e]! * x + edges[e + 1]! * y + edges[e + 2]!;
    if (distance < inside) inside = distance;
  }
  return Math.min(1, Math.max(0, inside + overlapPixels));
}

/** Signed distances from the edges as a·x + b·y + c, positive inside; null for an outline without area. */
function edgesOf(xs: readonly number[], ys: readonly number[]): Float64Array | null {
  let area = 0;
  for (let i = 0; i < xs.length; i += 1) {
    const j = (i + 1) % xs.length;
    area += xs[i]! * ys[j]! - xs[j]! * ys[i]!;
  }
  if (Math.abs(area) < 1e-6) return null;
  const edges = new Float64Array(3 * xs.length);
  for (let i = 0; i < xs.length; i += 1) {
    const j = (i + 1) % xs.length;
    const length = Math.max(1e-9, Math.hypot(xs[j]! - xs[i]!, ys[j]! - ys[i]!)) * Math.sign(area);
    const a = (ys[i]! - ys[j]!) / length;
    const b = (xs[j]! - xs[i]!) / length;
    edges.set([a, b, -a * xs[i]! - b * ys[i]!], 3 * i);
  }
  return edges;
}

type Plane = readonly [alongX: number, alongY: number, constant: number];

function valueAt(plane: Plane, x: number, y: number): number {
  return plane[0] * x + plane[1] * y + plane[2];
}

/** The plane through the three corners that span the largest triangle at the first corner. */
function planeThrough(xs: readonly number[], ys: readonly number[], values: readonly number[]): Plane {
  let [best, one, other] = [0, 1, 2];
  for (let i = 1; i + 1 < xs.length; i += 1) {
    const span = (xs[i]! - xs[0]!) * (ys[i + 1]! - ys[0]!) - (xs[i + 1]! - xs[0]!) * (ys[i]! - ys[0]!);
    if (Math.abs(span) > Math.abs(best)) [best, one, other] = [span, i, i + 1];
  }
  if (best === 0) return [0, 0, values[0]!];
  const [v1, v2] = [values[one]! - values[0]!, values[other]! - values[0]!];
  const alongX = (v1 * (ys[other]! - ys[0]!) - v2 * (ys[one]! - ys[0]!)) / best;
  const alongY = (v2 * (xs[one]! - xs[0]!) - v1 * (xs[other]! - xs[0]!)) / best;
  return [alongX, alongY, values[0]! - alongX * xs[0]! - alongY * ys[0]!];
}
