import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { Random } from "#core/random.ts";
import { celsiusToRadiance, radianceToCelsius } from "./band-radiance.ts";
import { correlatedTile } from "./correlated-tile.ts";
import { PinholeCamera, type Point } from "./pinhole-camera.ts";
import type { RoomBox, RoomSpace, SurfaceLook } from "./room-layout.ts";

/** Direction a surface faces: the axis, and whether towards its positive or negative end. */
type Facing = { readonly axis: "x" | "y" | "z"; readonly sign: 1 | -1 };

/** What one ray meets. */
interface Hit {
  readonly distance: number;
  readonly look: SurfaceLook;
  readonly facing: Facing;
  /** Height over the surface's own foot, and length along it, in metres. */
  readonly foot: number;
  readonly boxIndex: number;
}

const samplesPerSide = 2;
/** Unevenness of plaster and paint, and of air along it: standard deviation and extent in pixels. */
const unevenKelvin = 0.12;
const unevenPixels = 5;
/** Corners of outer walls are cooler (a thermal bridge): at the corner, and the length over which it fades. */
const cornerKelvin = -0.7;
const cornerMetres = 0.25;

/**
 * The room without anything that moves, seen once through the camera: for each pixel how warm it looks, how far it is,
 * and where in the room it lies, so that moving things can be hidden behind furniture and a fire can heat what it sees.
 */
export interface StillScene {
  readonly camera: PinholeCamera;
  /** Apparent temperature in °C. */
  readonly celsius: Float32Array;
  /** Depth along the optical axis in metres. */
  readonly depth: Float32Array;
  /** Place of the surface, three numbers a pixel: x, y, z in metres. */
  readonly places: Float32Array;
  /** Unit normal of the surface, three numbers a pixel. */
  readonly normals: Float32Array;
  /** Index into the layout's boxes, −1 for walls, floor and ceiling. */
  readonly boxes: Int16Array;
}

/** Casts rays into a room, four a pixel, and mixes what they meet in radiance. */
export function renderStillScene(layout: RoomSpace, random: Random): StillScene {
  const camera = new PinholeCamera(layout.camera);
  const count = leptonWidth * leptonHeight;
  const scene: StillScene = {
    camera,
    celsius: new Float32Array(count),
    depth: new Float32Array(count),
    places: new Float32Array(3 * count),
    normals: new Float32Array(3 * count),
    boxes: new Int16Array(count),
  };
  const uneven = correlatedTile({
    width: leptonWidth,
    height: leptonHeight,
    smoothingPixels: unevenPixels,
    random,
  });
  for (let y = 0; y < leptonHeight; y += 1)
    for (let x = 0; x < leptonWidth; x += 1) {
      const i = y * leptonWidth + x;
      scene.celsius[i] = meanCelsius({ layout, camera, x, y }) + unevenKelvin * uneven[i]!;
      keepGeometry(scene, { layout, x, y });
    }
  return scene;
}

interface PixelOfRoom {
  readonly layout: RoomSpace;
  readonly camera: PinholeCamera;
  readonly x: number;
  readonly y: number;
}

function meanCelsius({ layout, camera, x, y }: PixelOfRoom): number {
  let radiance = 0;
  for (let sub = 0; sub < samplesPerSide * samplesPerSide; sub += 1) {
    const dx = ((sub % samplesPerSide) + 0.5) / samplesPerSide - 0.5;
    const dy = (Math.floor(sub / samplesPerSide) + 0.5) / samplesPerSide - 0.5;
    const ray = camera.ray(x + dx, y + dy);
    const hit = cast(layout, ray);
    radiance += celsiusToRadiance(lookCelsius(layout, hit, along(layout, ray, hit.distance)));
  }
  return radianceToCelsius(radiance / (samplesPerSide * samplesPerSide));
}

function keepGeometry(scene: StillScene, at: { layout: RoomSpace; x: number; y: number }): void {
  const ray = scene.camera.ray(at.x, at.y);
  const hit = cast(at.layout, ray);
  const place = along(at.layout, ray, hit.distance);
  const i = at.y * leptonWidth + at.x;
  // A ray's component along the optical axis is 1, so that its length to the hit is the depth.
  scene.depth[i] = hit.distance;
  scene.places.set([place.x, place.y, place.z], 3 * i);
  const { axis, sign } = hit.facing;
  scene.normals.set([axis === "x" ? sign : 0, axis === "y" ? sign : 0, axis === "z" ? sign : 0], 3 * i);
  scene.boxes[i] = hit.boxIndex;
}

function along(layout: RoomSpace, ray: Point, distance: number): Point {
  const from = layout.camera.position;
  return { x: from.x + ray.x * distance, y: from.y + ray.y * distance, z: from.z + ray.z * distance };
}

function cast(layout: RoomSpace, ray: Point): Hit {
  let nearest = castShell(layout, ray);
  for (let boxIndex = 0; boxIndex < layout.boxes.length; boxIndex += 1) {
    const box = layout.boxes[boxIndex]!;
    if (!mayMeet(layout.camera.position, ray, box)) continue;
    const hit = castBox(layout.camera.position, ray, { box, boxIndex });
    if (hit !== null && hit.distance < nearest.distance) nearest = hit;
  }
  return nearest;
}

/** Rules out by its sides most boxes that a ray does not meet; all boxes lie before the camera, so that z counts up. */
function mayMeet(from: Point, ray: Point, box: RoomBox): boolean {
  const near = (box.low.z - from.z) / ray.z;
  const far = (box.high.z - from.z) / ray.z;
  const nearX = from.x + ray.x * near;
  const farX = from.x + ray.x * far;
  return (nearX >= box.low.x || farX >= box.low.x) && (nearX <= box.high.x || farX <= box.high.x);
}

/** Walls, floor and ceiling: the planes are met from inside, so the first one met is the one seen. */
function castShell(layout: RoomSpace, ray: Point): Hit {
  const from = layout.camera.position;
  const shell = { foot: 0, boxIndex: -1 };
  const planes: readonly Hit[] = [
    {
      ...shell,
      distance: (layout.depth - from.z) / ray.z,
      look: layout.walls,
      facing: { axis: "z", sign: -1 },
    },
    {
      ...shell,
      distance: (layout.leftX - from.x) / ray.x,
      look: layout.walls,
      facing: { axis: "x", sign: 1 },
    },
    {
      ...shell,
      distance: (layout.rightX - from.x) / ray.x,
      look: layout.walls,
      facing: { axis: "x", sign: -1 },
    },
    { ...shell, distance: -from.y / ray.y, look: layout.floor, facing: { axis: "y", sign: 1 } },
    {
      ...shell,
      distance: (layout.height - from.y) / ray.y,
      look: layout.ceiling,
      facing: { axis: "y", sign: -1 },
    },
  ];
  let nearest: Hit | null = null;
  for (const plane of planes)
    if (plane.distance > 0 && (nearest === null || plane.distance < nearest.distance)) nearest = plane;
  return nearest!;
}

function castBox(from: Point, ray: Point, which: { box: RoomBox; boxIndex: number }): Hit | null {
  const { box, boxIndex } = which;
  let enter = 0;
  let leave = Number.POSITIVE_INFINITY;
  let facing: Facing | null = null;
  for (const axis of ["x", "y", "z"] as const) {
    const one = (box.low[axis] - from[axis]) / ray[axis];
    const other = (box.high[axis] - from[axis]) / ray[axis];
    const near = Math.min(one, other);
    if (near > enter) {
      enter = near;
      facing = { axis, sign: ray[axis] > 0 ? -1 : 1 };
    }
    leave = Math.min(leave, Math.max(one, other));
  }
  if (facing === null || enter >= leave) return null;
  return { distance: enter, look: box.look, facing, foot: box.low.y, boxIndex };
}

function lookCelsius(layout: RoomSpace, hit: Hit, place: Point): number {
  const { look } = hit;
  let celsius = look.celsius + (look.risePerMetre ?? 0) * (place.y - hit.foot);
  if (look.stripes !== undefined) {
    const sideways = hit.facing.axis === "x" ? place.z : place.x;
    celsius += look.stripes.kelvin * Math.cos((2 * Math.PI * sideways) / look.stripes.metres);
  }
  return hit.boxIndex < 0 ? celsius + cornerCelsius(layout, place) : celsius;
}

/** How much cooler it is near the edges at the far wall, which stands against the outside. */
function cornerCelsius(layout: RoomSpace, place: Point): number {
  const sides = Math.min(place.x - layout.leftX, layout.rightX - place.x);
  const ends = Math.min(place.y, layout.height - place.y);
  const back = layout.depth - place.z;
  // The two smallest of the three distances make the distance from an edge.
  const edge = Math.min(Math.max(sides, ends), Math.max(sides, back), Math.max(ends, back));
  return cornerKelvin * Math.exp(-edge / cornerMetres);
}
