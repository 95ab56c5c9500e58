import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { Random } from "#core/random.ts";
import { celsiusToRadiance, radianceToCelsius } from "./band-radiance.ts";
import { correlatedTile } from "./correlated-tile.ts";
import { PinholeCamera, type Point } from "./pinhole-camera.ts";
import type { RoomSpace, SurfaceLook } from "./room-layout.ts";
import {
  castRay,
  castSurfaces,
  floorSurface,
  newSurfacesMet,
  type SurfacesMet,
  wallSurface,
} from "./surface-casting.ts";

const samplesPerSide = 2;
/** Boxes that say they emit less than this are smooth enough to mirror. */
const smoothEmissivity = 0.9;
/** Unevenness of plaster and paint, and of air along it: standard deviation and extent in pixels. */
const unevenKelvin = 0.12;
const unevenPixels = 5;
/** Corners of outer walls are cooler (a thermal bridge): at the corner, and the length over which it fades. */
const cornerKelvin = -0.7;
const cornerMetres = 0.25;

/** One place that a part of a pixel shows. */
export interface SurfaceSample {
  readonly place: Point;
  /** Unit normal of the surface. */
  readonly normal: Point;
  /** Index into the layout's boxes, −1 for walls, floor and ceiling. */
  readonly box: number;
}

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
  /** By pixel, the places that its quarters show, for pixels that show more than one surface. */
  readonly mixed: ReadonlyMap<number, readonly SurfaceSample[]>;
}

/** Stripes at least this wide hardly change over a pixel: its middle shows their mean. */
const wideStripesMetres = 0.4;

/**
 * Casts rays into a room, four a pixel, and mixes what they meet in radiance. A surface of emissivity ε shows ε of its
 * own radiance and 1 − ε of what it reflects: the mean of the room, or, where it is as smooth as glass or sheet metal,
 * what lies in the mirrored direction.
 */
export function renderStillScene(layout: RoomSpace, random: Random): StillScene {
  const camera = new PinholeCamera(layout.camera);
  const count = leptonWidth * leptonHeight;
  const quarters = castQuarters(layout, camera);
  const met = newSurfacesMet();
  castSurfaces(met, layout, { camera, dx: 0, dy: 0 });
  const scene: StillScene = {
    camera,
    celsius: new Float32Array(count),
    depth: new Float32Array(count),
    places: new Float32Array(3 * count),
    normals: new Float32Array(3 * count),
    boxes: new Int16Array(count),
    mixed: mixedPixels(camera, { met, quarters }),
  };
  keepGeometry(scene, met);
  const radiance = meanRadiance(layout, {
    camera,
    quarters,
    mirrored: mirroredRadiance(layout, scene),
    met,
    mixed: scene.mixed,
  });
  const uneven = correlatedTile({
    width: leptonWidth,
    height: leptonHeight,
    smoothingPixels: unevenPixels,
    random,
  });
  for (let i = 0; i < count; i += 1)
    scene.celsius[i] = radianceToCelsius(radiance[i]!) + unevenKelvin * uneven[i]!;
  return scene;
}

/** What all pixels' rays through one place within them meet. */
interface Quarter {
  readonly met: SurfacesMet;
  readonly dx: number;
  readonly dy: number;
}

function castQuarters(layout: RoomSpace, camera: PinholeCamera): readonly Quarter[] {
  return Array.from({ length: samplesPerSide * samplesPerSide }, (_, sub) => {
    const dx = ((sub % samplesPerSide) + 0.5) / samplesPerSide - 0.5;
    const dy = (Math.floor(sub / samplesPerSide) + 0.5) / samplesPerSide - 0.5;
    const met = newSurfacesMet();
    castSurfaces(met, layout, { camera, dx, dy });
    return { met, dx, dy };
  });
}

function mixedPixels(
  camera: PinholeCamera,
  cast: { readonly met: SurfacesMet; readonly quarters: readonly Quarter[] },
): StillScene["mixed"] {
  const { surface, facing } = cast.met;
  const mixed = new Map<number, readonly SurfaceSample[]>();
  for (let i = 0; i < surface.length; i += 1) {
    const isOne = cast.quarters.every(
      ({ met }) => met.surface[i] === surface[i] && met.facing[i] === facing[i],
    );
    if (isOne) continue;
    const samples = cast.quarters.map(({ met, dx, dy }): SurfaceSample => {
      const ray = camera.ray((i % leptonWidth) + dx, Math.floor(i / leptonWidth) + dy);
      const axis = Math.abs(met.facing[i]!);
      const sign = Math.sign(met.facing[i]!);
      const normal = { x: axis === 1 ? sign : 0, y: axis === 2 ? sign : 0, z: axis === 3 ? sign : 0 };
      return { place: along(camera, ray, met.depth[i]!), normal, box: Math.max(-1, met.surface[i]!) };
    });
    mixed.set(i, samples);
  }
  return mixed;
}

function keepGeometry(scene: StillScene, met: SurfacesMet): void {
  const { camera } = scene;
  const from = camera.position;
  scene.depth.set(met.depth);
  for (let i = 0; i < met.depth.length; i += 1) {
    const ray = camera.ray(i % leptonWidth, Math.floor(i / leptonWidth));
    const depth = met.depth[i]!;
    scene.places[3 * i] = from.x + ray.x * depth;
    scene.places[3 * i + 1] = from.y + ray.y * depth;
    scene.places[3 * i + 2] = from.z + ray.z * depth;
    const facing = met.facing[i]!;
    scene.normals[3 * i + Math.abs(facing) - 1] = Math.sign(facing);
    scene.boxes[i] = Math.max(-1, met.surface[i]!);
  }
}

function lookOf(layout: RoomSpace, surface: number): SurfaceLook {
  if (surface >= 0) return layout.boxes[surface]!.look;
  return surface === wallSurface ? layout.walls : surface === floorSurface ? layout.floor : layout.ceiling;
}

/** What smooth surfaces mirror at each pixel, in radiance; the mean of the room everywhere else. */
function mirroredRadiance(layout: RoomSpace, scene: StillScene): Float32Array {
  const shell = [layout.walls, layout.floor, layout.ceiling].map(({ celsius }) => celsiusToRadiance(celsius));
  const mean = (4 * shell[0]! + shell[1]! + shell[2]!) / 6;
  const mirrored = new Float32Array(scene.celsius.length).fill(mean);
  for (let i = 0; i < mirrored.length; i += 1) {
    const box = scene.boxes[i]!;
    if (box < 0 || (layout.boxes[box]!.look.emissivity ?? 1) > smoothEmissivity) continue;
    const ray = scene.camera.ray(i % leptonWidth, Math.floor(i / leptonWidth));
    const [nx, ny, nz] = [scene.normals[3 * i]!, scene.normals[3 * i + 1]!, scene.normals[3 * i + 2]!];
    const turned = {
      x: nx === 0 ? ray.x : -ray.x,
      y: ny === 0 ? ray.y : -ray.y,
      z: nz === 0 ? ray.z : -ray.z,
    };
    const from = { x: scene.places[3 * i]!, y: scene.places[3 * i + 1]!, z: scene.places[3 * i + 2]! };
    const hit = castRay(layout, { from, ray: turned });
    const { celsius, risePerMetre } = lookOf(layout, hit.surface);
    const foot = hit.surface < 0 ? 0 : layout.boxes[hit.surface]!.low.y;
    const above = from.y + turned.y * hit.distance - foot;
    mirrored[i] = celsiusToRadiance(celsius + (risePerMetre ?? 0) * above);
  }
  return mirrored;
}

function meanRadiance(
  layout: RoomSpace,
  seen: {
    readonly camera: PinholeCamera;
    readonly quarters: readonly Quarter[];
    readonly mirrored: Float32Array;
    readonly met: SurfacesMet;
    readonly mixed: StillScene["mixed"];
  },
): Float32Array {
  const { camera, mirrored, mixed } = seen;
  const isFine = Array.from({ length: mirrored.length }, (_, i) => {
    const { stripes } = lookOf(layout, seen.met.surface[i]!);
    return mixed.has(i) || (stripes !== undefined && stripes.metres < wideStripesMetres);
  });
  const sum = new Float32Array(mirrored.length);
  const add = ({ met, dx, dy }: Quarter, i: number, share: number): void => {
    const surface = met.surface[i]!;
    const look = lookOf(layout, surface);
    const ray = camera.ray((i % leptonWidth) + dx, Math.floor(i / leptonWidth) + dy);
    const own = celsiusToRadiance(
      lookCelsius(layout, { surface, look, facing: met.facing[i]! }, along(camera, ray, met.depth[i]!)),
    );
    const emissivity = look.emissivity ?? layout.emissivity ?? 1;
    sum[i] = sum[i]! + share * (emissivity * own + (1 - emissivity) * mirrored[i]!);
  };
  const middle = { met: seen.met, dx: 0, dy: 0 };
  for (let i = 0; i < sum.length; i += 1)
    if (isFine[i]!) for (const quarter of seen.quarters) add(quarter, i, 1 / seen.quarters.length);
    else add(middle, i, 1);
  return sum;
}

function along(camera: PinholeCamera, ray: Point, depth: number): Point {
  const from = camera.position;
  return { x: from.x + ray.x * depth, y: from.y + ray.y * depth, z: from.z + ray.z * depth };
}

function lookCelsius(
  layout: RoomSpace,
  met: { readonly surface: number; readonly look: SurfaceLook; readonly facing: number },
  place: Point,
): number {
  const { look, surface } = met;
  const foot = surface < 0 ? 0 : layout.boxes[surface]!.low.y;
  let celsius = look.celsius + (look.risePerMetre ?? 0) * (place.y - foot);
  if (look.stripes !== undefined) {
    const sideways = Math.abs(met.facing) === 1 ? place.z : place.x;
    celsius += look.stripes.kelvin * Math.cos((2 * Math.PI * sideways) / look.stripes.metres);
  }
  return surface < 0 ? celsius + cornerCelsius(layout, place) : celsius;
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
