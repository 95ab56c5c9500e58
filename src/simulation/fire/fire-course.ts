import type { FireStage } from "../scene/scene-thing.ts";
import { ordinaryUseCelsius } from "./overheating.ts";
import { nothing, type TimeCurve } from "./time-curve.ts";

/** A jet of burning gas out of a cell or a vessel. */
export interface JetCourse {
  /** Heat release in kW. */
  readonly release: TimeCurve;
  /** How far it leans, in metres sideways per metre of height. */
  readonly lean: { readonly x: number; readonly z: number };
}

/** A course has at most this many jets: a pack of cells. */
export const jetsMax = 48;

/** How a fire goes from its beginning to its end, as curves over the seconds since it began. */
export interface FireCourse {
  /** Heat release of its flames in kW. */
  readonly flame: TimeCurve;
  /** Heat release of what smoulders and glows in kW. */
  readonly smoulder: TimeCurve;
  /** How much hotter than the air the fuel is made by what heats it from outside or within; 0 where nothing does. */
  readonly fuelExcessKelvin: TimeCurve;
  /** Diameter of the heated or smouldering part in metres. */
  readonly fuelDiameter: TimeCurve;
  /** White vapour that rises from it, 0 to 1. */
  readonly vapour: TimeCurve;
  readonly jets: readonly JetCourse[];
  /**
   * Surface temperature from which heat is more than use makes and leads to fire. While nothing smoulders or burns, a
   * cooler fuel only warms; and hot points of it count from here on.
   */
  readonly overheatedCelsius: number;
}

/** A course of which only some curves are given: the others stay 0. Overheated is what is hotter than in ordinary use. */
export function fireCourse(given: Partial<FireCourse>): FireCourse {
  return {
    flame: nothing,
    smoulder: nothing,
    fuelExcessKelvin: nothing,
    fuelDiameter: nothing,
    vapour: nothing,
    jets: [],
    overheatedCelsius: ordinaryUseCelsius,
    ...given,
  };
}

/** A fire at one moment of its course. */
export interface FireMoment {
  readonly stage: FireStage;
  /** Without the jets. */
  readonly flameKilowatts: number;
  readonly jetKilowatts: number;
  readonly smoulderKilowatts: number;
  readonly fuelExcessKelvin: number;
  readonly fuelDiameter: number;
  readonly vapour: number;
}

/** Flames that are put out fall to 1/e within this time: they die within a second. Assumed. */
const putOutFadeSeconds = 0.35;

/** A course whose flames and embers are put out at a time. What heats its fuel from outside goes on. */
export function putOutCourse(course: FireCourse, seconds: number): FireCourse {
  const out = (curve: TimeCurve): TimeCurve => curve.fadedFrom(seconds, putOutFadeSeconds);
  return {
    ...course,
    flame: out(course.flame),
    smoulder: out(course.smoulder),
    vapour: out(course.vapour),
    jets: course.jets.map((jet) => ({ ...jet, release: out(jet.release) })),
  };
}

/** Less than this is no flame. */
const faintestFlameKilowatts = 0.01;

/** A fire at this many seconds after its beginning; `incipient` whatever its fuel's temperature. */
export function momentOf(course: FireCourse, seconds: number): FireMoment {
  const flameKilowatts = course.flame.at(seconds);
  let jetKilowatts = 0;
  for (const jet of course.jets) jetKilowatts += jet.release.at(seconds);
  const smoulderKilowatts = course.smoulder.at(seconds);
  const fuelExcessKelvin = course.fuelExcessKelvin.at(seconds);
  return {
    stage: stageOf(course, seconds, { flames: flameKilowatts + jetKilowatts, smoulderKilowatts }),
    flameKilowatts,
    jetKilowatts,
    smoulderKilowatts,
    fuelExcessKelvin,
    fuelDiameter: course.fuelDiameter.at(seconds),
    vapour: course.vapour.at(seconds),
  };
}

function stageOf(
  course: FireCourse,
  seconds: number,
  now: { readonly flames: number; readonly smoulderKilowatts: number },
): FireStage {
  if (seconds < 0) return "none";
  if (now.flames > faintestFlameKilowatts) return "flaming";
  if (now.smoulderKilowatts > 0) return "smouldering";
  return seconds < endOf(course) ? "incipient" : "cooling";
}

/** When the last thing of a course is over. */
function endOf(course: FireCourse): number {
  let end = Math.max(course.flame.endSeconds, course.smoulder.endSeconds, course.fuelExcessKelvin.endSeconds);
  for (const jet of course.jets) end = Math.max(end, jet.release.endSeconds);
  return end;
}
