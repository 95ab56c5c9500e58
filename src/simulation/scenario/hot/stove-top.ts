import type { Random } from "#core/random.ts";
import { Attendant } from "../../scene/hot/attendant.ts";
import { CookingPan } from "../../scene/hot/cooking-pan.ts";
import { drawOnTimes, type OnTime } from "../../scene/hot/on-times.ts";
import type { Point } from "../../scene/pinhole-camera.ts";
import type { EpisodeLot, HotPlace } from "../scenario.ts";
import { expectedHeat } from "./expected-heat.ts";
import { type HotSpot, standingSpot, surfaceSpot, workSpot } from "./hot-spot.ts";

/** Half sides of a stove's top, and where its plates lie. */
const halfTopMetres = 0.26;
const plateOffMetres = 0.13;
const standing = { name: "stove", halfWidth: 0.3, halfDepth: 0.3, height: 0.88 };
/** Plates, pans and some steam. */
const usualStoveSquareMetres = 0.12;
/** Steam over a pan is seen up to here. */
const steamMetres = 1.1;

/** A stove's top on a worktop, or on a stove that stands by itself. */
export function stoveSpot(lot: EpisodeLot, random: Random): HotSpot {
  const hasWorktop = lot.room.surfaces.some(({ kind }) => kind === "worktop");
  if (hasWorktop && random.uniform() < 0.75)
    return surfaceSpot(lot, random, { kinds: ["worktop"], roomMetres: halfTopMetres });
  return standingSpot(lot, random, { standing, between: [2, 7] });
}

/** Middles of the plates in use, one to three of four, just over the top. */
export function platesInUse(spot: HotSpot, random: Random): readonly Point[] {
  const count = 1 + random.integer(3);
  const first = random.integer(4);
  return Array.from({ length: count }, (_, k) => {
    const corner = (first + k) % 4;
    return {
      x: spot.place.x + ((corner & 1) === 1 ? plateOffMetres : -plateOffMetres),
      y: spot.place.y + 0.01,
      z: spot.place.z + (corner >> 1 === 1 ? plateOffMetres : -plateOffMetres),
    };
  });
}

/** When a plate or burner is on. */
export function cookingTimes(lot: EpisodeLot, random: Random): readonly OnTime[] {
  return drawOnTimes(random, {
    seconds: lot.seconds,
    onSeconds: [90, 1500],
    offSeconds: [60, 400],
    alreadyOnShare: 0.6,
  });
}

/** A pan of water or of something frying on a plate. */
export function panOn(
  lot: EpisodeLot,
  random: Random,
  options: {
    readonly plate: Point;
    readonly liftMetres: number;
    readonly under: { readonly kilowatts: number };
  },
): CookingPan {
  const kind = random.uniform() < 0.6 ? "water" : "oil";
  const { insideCelsius } = lot.climate;
  const highestCelsius = random.between(150, 230);
  const begun = random.uniform() < 0.5 ? random.uniform() : 0;
  return new CookingPan({
    place: { ...options.plate, y: options.plate.y + options.liftMetres },
    radiusMetres: random.between(0.08, 0.14),
    heightMetres: kind === "water" ? random.between(0.09, 0.2) : random.between(0.04, 0.07),
    wallEmissivity: random.uniform() < 0.5 ? random.between(0.15, 0.4) : 0.9,
    content: { kind, kilograms: kind === "water" ? random.between(0.5, 3) : random.between(0.15, 0.6) },
    startCelsius: insideCelsius + begun * ((kind === "water" ? 100 : highestCelsius) - insideCelsius),
    highestCelsius,
    under: options.under,
    random,
  });
}

/** Somebody who cooks: stands before the stove for some of the time. */
export function cookAt(lot: EpisodeLot, random: Random, spot: HotSpot): Attendant {
  const { place } = spot;
  return new Attendant({
    ...workSpot(lot, random, {
      boxes: spot.boxes,
      at: place,
      aside: random.between(0.15, 0.6),
      before: random.between(0.35, 0.6),
    }),
    stays: drawOnTimes(random, {
      seconds: lot.seconds,
      onSeconds: [15, 180],
      offSeconds: [15, 200],
      alreadyOnShare: 0.5,
    }),
    crouch: 0,
    handAt: (seconds) => ({
      x: place.x + 0.08 * Math.sin(2.3 * seconds),
      y: place.y + 0.22,
      z: place.z + 0.05 * Math.cos(2.3 * seconds),
    }),
    ambientCelsius: lot.climate.insideCelsius,
    random,
  });
}

/** The stove as somebody who knows the site marks it: its top and the steam over it. */
export function stoveHeat(
  lot: EpisodeLot,
  random: Random,
  options: { readonly spot: HotSpot; readonly usualCelsius: number },
): HotPlace {
  const { place } = options.spot;
  return expectedHeat(lot, random, {
    name: "stove",
    low: { x: place.x - 0.5, y: place.y - 0.05, z: place.z - 0.4 },
    high: { x: place.x + 0.5, y: place.y + steamMetres, z: place.z + 0.4 },
    usualCelsius: options.usualCelsius,
    usualSquareMetres: usualStoveSquareMetres,
  });
}
