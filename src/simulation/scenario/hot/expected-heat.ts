import type { Random } from "#core/random.ts";
import { PinholeCamera, type Point } from "../../scene/pinhole-camera.ts";
import type { EpisodeLot, HotPlace } from "../scenario.ts";

/** One in so many hot processes runs when nobody expects it. */
const outsideHoursShare = 0.15;
const hoursADay = 24;
/** An engineer marks a place a little larger than what it shows, and accepts a little more heat than usual. */
const areaMargin = 1.3;
const peakMarginKelvin = 30;

/** What a hot process occupies and how hot it usually looks. */
export interface UsualHeat {
  readonly name: string;
  readonly low: Point;
  readonly high: Point;
  readonly usualCelsius: number;
  /** Share of the box's outline that is hot at once. */
  readonly filledShare: number;
}

/** Marks a hot process as somebody who knows the site would: its box, its hours, what peak and area are accepted. */
export function expectedHeat(lot: EpisodeLot, random: Random, heat: UsualHeat): HotPlace {
  const { name, low, high, usualCelsius, filledShare } = heat;
  return {
    name,
    low,
    high,
    hoursOfDay: drawHours(lot, random),
    peakCelsius: usualCelsius + peakMarginKelvin,
    areaPixels: Math.ceil(areaMargin * Math.max(4, filledShare * outlinePixels(lot, low, high))),
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

/** Area of the rectangle around a box in the picture, in pixels. */
function outlinePixels(lot: EpisodeLot, low: Point, high: Point): number {
  const camera = new PinholeCamera(lot.room.space.camera);
  const xs: number[] = [];
  const ys: number[] = [];
  for (const x of [low.x, high.x])
    for (const y of [low.y, high.y])
      for (const z of [low.z, high.z]) {
        const at = camera.project({ x, y, z });
        if (at === null) continue;
        xs.push(at.x);
        ys.push(at.y);
      }
  if (xs.length === 0) return 0;
  return (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys));
}
