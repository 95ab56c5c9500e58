import type { Random } from "#core/random.ts";
import { PinholeCamera, type Point } from "../../scene/pinhole-camera.ts";
import type { EpisodeLot, HotPlace } from "../scenario.ts";

/** One in so many hot processes runs when nobody expects it. */
const outsideHoursShare = 0.15;
const hoursADay = 24;
/** An engineer accepts a little more than what is usual; the lens widens all by a pixel or so around. */
const areaMargin = 1.3;
const lensPixels = 8;
const peakMarginKelvin = 30;

/** What a hot process occupies and how hot it usually looks. */
export interface UsualHeat {
  readonly name: string;
  readonly low: Point;
  readonly high: Point;
  readonly usualCelsius: number;
  /** How much of it is hot at once as seen from the front. */
  readonly usualSquareMetres: number;
}

/** Marks a hot process as somebody who knows the site would: its box, its hours, what peak and area are accepted. */
export function expectedHeat(lot: EpisodeLot, random: Random, heat: UsualHeat): HotPlace {
  const { name, low, high, usualCelsius, usualSquareMetres } = heat;
  const pixels = usualSquareMetres * pixelsPerSquareMetre(lot, middleOf(low, high));
  return {
    name,
    low,
    high,
    hoursOfDay: drawHours(lot, random),
    peakCelsius: usualCelsius + peakMarginKelvin,
    areaPixels: Math.ceil(areaMargin * pixels + lensPixels),
  };
}

/** Hours that hold the episode, or none of it in one case of seven. */
function drawHours(lot: EpisodeLot, random: Random): readonly [number, number] {
  const hours = lot.seconds / 3600;
  const { hourOfDay } = lot.climate;
  const before = random.between(0.5, 5);
  const after = hours + random.between(0.5, 5);
  const isOutside = random.uniform() < outsideHoursShare;
  // The other half of the day.
  const from = isOutside ? hourOfDay + after : hourOfDay - before;
  const to = isOutside ? hourOfDay - before : hourOfDay + after;
  return [wrapHour(from), wrapHour(to)];
}

function wrapHour(hour: number): number {
  return ((hour % hoursADay) + hoursADay) % hoursADay;
}

function middleOf(low: Point, high: Point): Point {
  return { x: (low.x + high.x) / 2, y: (low.y + high.y) / 2, z: (low.z + high.z) / 2 };
}

/** How large a square metre that faces the camera appears at a place; 0 behind the lens. */
function pixelsPerSquareMetre(lot: EpisodeLot, place: Point): number {
  const at = new PinholeCamera(lot.room.space.camera).project(place);
  return at === null ? 0 : at.scale * at.scale;
}
