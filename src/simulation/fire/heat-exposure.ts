import { leptonWidth } from "#core/frames/thermal-frame.ts";
import type { PinholeCamera, Point } from "../scene/pinhole-camera.ts";
import type { StillScene, SurfaceSample } from "../scene/still-scene.ts";
import { ceilingJetKelvinAtOneKilowatt } from "./plume-correlations.ts";
import type { SightLines } from "./sight-line.ts";

/** Absorptance of painted surfaces for a flame's radiation (assumed). */
export const absorptance = 0.9;
/** A point source nearer than this would heat without bound, in metres. */
export const nearestSourceMetres = 0.3;
/** The jet under the ceiling touches the walls this far down, in metres (1/e). */
const jetDepth = 0.2;
const leastTouch = 0.02;
/** Less exposure than this, in W/m² at 1 kW, is not worth looking for what shades it. */
const worthShading = 0.4;
const leastCeilingMetres = 0.05;
const touchMetres = 0.01;
/** The edge of a shadow is looked for at so many places along each side of a pixel. */
const edgeSamplesPerSide = 3;

/** A box with its sides along the room's axes. */
export interface Box {
  readonly low: Point;
  readonly high: Point;
}

/** What heats, and what it heats. */
export interface HeatSource {
  /** Where the flame radiates from. */
  readonly place: Point;
  /** How high over the floor it burns, and how high the ceiling is, in metres. */
  readonly baseHeight: number;
  readonly roomHeight: number;
  /** From several places within the flame: what only some of them shine on lies in half shadow. */
  readonly sightLines: readonly SightLines[];
  /** The burning object: its own surfaces are left to who draws them. */
  readonly own: Box | null;
}

/** What each pixel's surfaces get from the fire; four numbers a pixel that are means over what it shows. */
export interface HeatExposure {
  /** Heat that 1 kW of radiation throws on it, in W·m⁻². */
  readonly radiation: Float32Array;
  /** Excess of the ceiling jet at it for a fire of 1 kW, in kelvin; 0 out of its reach. */
  readonly jet: Float32Array;
  /** Height over the floor in metres. */
  readonly height: Float32Array;
  /** Share of the pixel that is not the burning object's own, 0 to 1. */
  readonly share: Float32Array;
}

/** What one place gets; null for the burning object's own. */
interface PlaceExposure {
  readonly radiation: number;
  readonly jet: number;
  /** From how many of the flame's places it is hidden. */
  readonly shades: number;
}

/**
 * What a fire does to all that a still scene shows. Pixels that show several surfaces, and those at the edge of a shadow,
 * get the mean over places within them, so that neither has a staircase for an edge. A flame is as wide as it is: around
 * its shadows lies a half shadow, in which a part of it is hidden.
 */
export function heatExposureOf(still: StillScene, source: HeatSource): HeatExposure {
  const count = still.depth.length;
  const exposure: HeatExposure = {
    radiation: new Float32Array(count),
    jet: new Float32Array(count),
    height: Float32Array.from({ length: count }, (_, i) => still.places[3 * i + 1]!),
    share: new Float32Array(count),
  };
  const shaded = new Uint8Array(count);
  for (let i = 0; i < count; i += 1) {
    const mixed = still.mixed.get(i);
    if (mixed !== undefined) keepMean(exposure, i, { samples: mixed, source });
    else shaded[i] = keepOne(exposure, i, { sample: sampleOf(still, i), source });
  }
  for (let i = 0; i < count; i += 1)
    if (!still.mixed.has(i) && isAtEdge(shaded, i, still))
      keepMean(exposure, i, { samples: withinPixel(still, i), source });
  return exposure;
}

/** Keeps what the middle of a pixel gets; from how many of the flame's places it is hidden. */
function keepOne(
  exposure: HeatExposure,
  i: number,
  of: { readonly sample: SurfaceSample; readonly source: HeatSource },
): number {
  const at = exposureAt(of.sample, of.source);
  if (at === null) return 0;
  exposure.radiation[i] = at.radiation;
  exposure.jet[i] = at.jet;
  exposure.share[i] = 1;
  return at.shades;
}

function keepMean(
  exposure: HeatExposure,
  i: number,
  of: { readonly samples: readonly SurfaceSample[]; readonly source: HeatSource },
): void {
  const each = 1 / of.samples.length;
  let radiation = 0;
  let jet = 0;
  let share = 0;
  for (const sample of of.samples) {
    const at = exposureAt(sample, of.source);
    if (at === null) continue;
    radiation += each * at.radiation;
    jet += each * at.jet;
    share += each;
  }
  exposure.radiation[i] = radiation;
  exposure.jet[i] = jet;
  exposure.share[i] = share;
}

function exposureAt({ place, normal, box }: SurfaceSample, source: HeatSource): PlaceExposure | null {
  if (source.own !== null && isWithin(place, source.own)) return null;
  const toX = source.place.x - place.x;
  const toY = source.place.y - place.y;
  const toZ = source.place.z - place.z;
  const distance = Math.max(nearestSourceMetres, Math.hypot(toX, toY, toZ));
  const facing = (toX * normal.x + toY * normal.y + toZ * normal.z) / distance;
  const watts = (absorptance * Math.max(0, facing) * 1000) / (4 * Math.PI * distance * distance);
  const shades = watts > worthShading ? countHidden(source.sightLines, place) : 0;
  const radiation = watts * (1 - shades / source.sightLines.length);
  const touch = Math.exp(-(source.roomHeight - place.y) / jetDepth);
  const ceilingHeight = source.roomHeight - source.baseHeight;
  if (box !== -1 || touch < leastTouch || ceilingHeight <= leastCeilingMetres)
    return { radiation, jet: 0, shades };
  const radius = Math.hypot(toX, toZ);
  return { radiation, jet: touch * ceilingJetKelvinAtOneKilowatt({ radius, ceilingHeight }), shades };
}

function countHidden(lines: readonly SightLines[], place: Point): number {
  let hidden = 0;
  for (const one of lines) if (one.isHidden(place)) hidden += 1;
  return hidden;
}

/** True where a neighbour on the same surface lies more or less in the shadow than this one. */
function isAtEdge(shaded: Uint8Array, i: number, still: StillScene): boolean {
  const x = i % leptonWidth;
  const differs = (k: number): boolean => shaded[k] !== shaded[i] && still.boxes[k] === still.boxes[i];
  return (
    (x > 0 && differs(i - 1)) ||
    (x < leptonWidth - 1 && differs(i + 1)) ||
    (i >= leptonWidth && differs(i - leptonWidth)) ||
    (i + leptonWidth < shaded.length && differs(i + leptonWidth))
  );
}

function sampleOf({ places, normals, boxes }: StillScene, i: number): SurfaceSample {
  return {
    place: { x: places[3 * i]!, y: places[3 * i + 1]!, z: places[3 * i + 2]! },
    normal: { x: normals[3 * i]!, y: normals[3 * i + 1]!, z: normals[3 * i + 2]! },
    box: boxes[i]!,
  };
}

/** Places evenly spread over a pixel that shows one plane surface. */
function withinPixel(still: StillScene, i: number): readonly SurfaceSample[] {
  const middle = sampleOf(still, i);
  const samples: SurfaceSample[] = [];
  for (let one = 0; one < edgeSamplesPerSide; one += 1)
    for (let two = 0; two < edgeSamplesPerSide; two += 1) {
      const x = (i % leptonWidth) + (two + 0.5) / edgeSamplesPerSide - 0.5;
      const y = Math.floor(i / leptonWidth) + (one + 0.5) / edgeSamplesPerSide - 0.5;
      samples.push({ ...middle, place: onPlane(still.camera, { x, y }, middle) });
    }
  return samples;
}

/** Where the ray through a place in the picture meets a surface's plane. */
function onPlane(
  camera: PinholeCamera,
  at: { readonly x: number; readonly y: number },
  { place, normal }: SurfaceSample,
): Point {
  const from = camera.position;
  const ray = camera.ray(at.x, at.y);
  const height =
    normal.x * (place.x - from.x) + normal.y * (place.y - from.y) + normal.z * (place.z - from.z);
  const along = height / (normal.x * ray.x + normal.y * ray.y + normal.z * ray.z);
  return { x: from.x + along * ray.x, y: from.y + along * ray.y, z: from.z + along * ray.z };
}

/** True on or inside a box, to a centimetre. */
export function isWithin(place: Point, box: Box): boolean {
  return (
    place.x >= box.low.x - touchMetres &&
    place.x <= box.high.x + touchMetres &&
    place.y >= box.low.y - touchMetres &&
    place.y <= box.high.y + touchMetres &&
    place.z >= box.low.z - touchMetres &&
    place.z <= box.high.z + touchMetres
  );
}
