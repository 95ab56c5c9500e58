import type { RegionObservation } from "#core/features/feature-second.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { HotPlace } from "#simulation/scenario/scenario.ts";
import type { PinholeCamera, Point } from "#simulation/scene/pinhole-camera.ts";
import type { PixelBox } from "./operator-mask.ts";

/** A hot place as it lies in the picture. */
export interface HotPlaceInPicture {
  readonly box: PixelBox;
  readonly place: HotPlace;
}

/** Somebody who marks a hot place on a picture leaves this much around it. */
const markingMarginPixels = 3;
/** Nothing taller than this stands over a fire's base when a mask is laid: flames of the first minutes. */
const flameTopMetres = 2;
const flameHalfWidthMetres = 0.6;
/** What is accepted in a hot place may be exceeded by this much (design: declared hot zones). */
const ceilingMarginKelvin = 30;
const ceilingAreaFactor = 1.5;

/** Where the hot places of an episode lie in its picture; those behind the lens are left out. */
export function hotPlacesInPicture(
  places: readonly HotPlace[],
  camera: PinholeCamera,
): readonly HotPlaceInPicture[] {
  return places.flatMap((place) => {
    const box = boxOf(corners(place.low, place.high), camera);
    if (box === null) return [];
    const margin = markingMarginPixels;
    const wider = {
      left: box.left - margin,
      top: box.top - margin,
      right: box.right + margin,
      bottom: box.bottom + margin,
    };
    return [{ place, box: wider }];
  });
}

/** What must stay in view of a fire: its place and the flames over it; null when it is behind the lens. */
export function flameBox(place: Point, camera: PinholeCamera): PixelBox | null {
  const low = { x: place.x - flameHalfWidthMetres, y: place.y - 0.3, z: place.z };
  const high = { x: place.x + flameHalfWidthMetres, y: place.y + flameTopMetres, z: place.z };
  return boxOf(corners(low, high), camera);
}

/**
 * Whether a region lies in a declared hot place at an hour of the day: 0 no; 1 its hottest pixel and its centre do and
 * it is no hotter and no larger than accepted; 2 they do, but it is 30 K hotter or half as large again, at which even a
 * device that knows the place must speak.
 */
export function hotPlaceOf(
  region: RegionObservation,
  at: { readonly hourOfDay: number; readonly places: readonly HotPlaceInPicture[] },
): 0 | 1 | 2 {
  let found: 0 | 1 | 2 = 0;
  const [areaPixels = 0, peakCelsius = 0] = region.features;
  for (const { place, box } of at.places) {
    if (!isWithinHours(at.hourOfDay, place.hoursOfDay)) continue;
    if (!holds(box, region.peakX, region.peakY) || !holds(box, region.centroidX, region.centroidY)) continue;
    const beyond =
      peakCelsius >= place.peakCelsius + ceilingMarginKelvin ||
      areaPixels >= place.areaPixels * ceilingAreaFactor;
    if (!beyond) return 1;
    found = 2;
  }
  return found;
}

/** Distance in pixels from a region's rectangle to a point of the picture; 0 inside of it. */
export function distanceToRegion(
  region: RegionObservation,
  point: { readonly x: number; readonly y: number },
): number {
  const { left, right, top, bottom } = region.box;
  const across = Math.max(0, left - point.x, point.x - right);
  const down = Math.max(0, top - point.y, point.y - bottom);
  return Math.hypot(across, down);
}

function isWithinHours(hour: number, [from, to]: HotPlace["hoursOfDay"]): boolean {
  const now = ((hour % 24) + 24) % 24;
  return from <= to ? now >= from && now < to : now >= from || now < to;
}

function holds(box: PixelBox, x: number, y: number): boolean {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

function corners(low: Point, high: Point): readonly Point[] {
  return [low.x, high.x].flatMap((x) =>
    [low.y, high.y].flatMap((y) => [low.z, high.z].map((z) => ({ x, y, z }))),
  );
}

function boxOf(points: readonly Point[], camera: PinholeCamera): PixelBox | null {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    const seen = camera.project(point);
    if (seen === null) continue;
    left = Math.min(left, seen.x);
    right = Math.max(right, seen.x);
    top = Math.min(top, seen.y);
    bottom = Math.max(bottom, seen.y);
  }
  if (left > leptonWidth - 1 || right < 0 || top > leptonHeight - 1 || bottom < 0) return null;
  return {
    left: Math.max(0, Math.floor(left)),
    right: Math.min(leptonWidth - 1, Math.ceil(right)),
    top: Math.max(0, Math.floor(top)),
    bottom: Math.min(leptonHeight - 1, Math.ceil(bottom)),
  };
}
