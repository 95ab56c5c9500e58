import { regionFeatureNames } from "../features/feature-schema.ts";
import type { RegionObservation } from "../features/feature-second.ts";
import type { DetectionPolicy, MotionPolicy } from "./detection-policy.ts";
import { reaches, type Verdict } from "./sustained.ts";

/** The numbers of one region that the rules look at, by name; absent ones are NaN. */
export interface RegionReading {
  readonly newSeverePixels: number;
  readonly areaPixels: number;
  readonly peakCelsius: number;
  /** How far the region is above its background, averaged over its pixels. */
  readonly meanExcessKelvin: number;
  readonly areaPixelsPerSecond: number;
  readonly peakKelvinPerSecond: number;
  /** The larger of excess flicker and area flicker. */
  readonly flicker: number;
  /** Whether it stays where it is, or grows there. */
  readonly fixed: Verdict;
  /** Whether it is a new thing rather than a known one a little warmer. */
  readonly fresh: Verdict;
  readonly location: { readonly x: number; readonly y: number };
}

/** Values of a region that its reasons tell; NaN where none was ever known. */
export type KnownReading = Readonly<Record<(typeof toldValues)[number], number>>;

const toldValues = ["areaPixels", "peakCelsius", "areaPixelsPerSecond", "peakKelvinPerSecond"] as const;

/** Of a region that was not seen yet. */
export const nothingKnown: KnownReading = {
  areaPixels: Number.NaN,
  peakCelsius: Number.NaN,
  areaPixelsPerSecond: Number.NaN,
  peakKelvinPerSecond: Number.NaN,
};

/** Brings known values up to date; an absent one leaves the last, because a rule that stands has to say why. */
export function updateKnown(known: KnownReading, reading: RegionReading): KnownReading {
  const updated = { ...known };
  for (const name of toldValues) if (Number.isFinite(reading[name])) updated[name] = reading[name];
  return updated;
}

const indexOf = Object.fromEntries(regionFeatureNames.map((name, index) => [name, index])) as Record<
  (typeof regionFeatureNames)[number],
  number
>;

/** Reads a region by name and judges whether it is fixed and whether it is new. */
export function readRegion(region: RegionObservation, policy: DetectionPolicy): RegionReading {
  const value = (name: (typeof regionFeatureNames)[number]): number =>
    region.features[indexOf[name]] ?? Number.NaN;
  const areaPixels = value("r_area");
  const areaPixelsPerSecond = value("r_area_vel");
  const peakCelsius = value("r_peak");
  return {
    newSeverePixels: region.newSeverePixels,
    areaPixels,
    peakCelsius,
    meanExcessKelvin: value("r_excess") / areaPixels,
    areaPixelsPerSecond,
    peakKelvinPerSecond: value("r_peak_vel"),
    flicker: maxKnown(value("r_flicker"), value("r_area_flicker")),
    fixed: judgeFixed(policy.motion, {
      movePixels: value("r_move"),
      overlap: value("r_overlap"),
      areaPixels,
      areaPixelsPerSecond,
      growthPixelsPerSecond: policy.regionGrowth.alarmPixelsPerSecond,
    }),
    fresh: reaches(peakCelsius - region.commissionedCelsius, policy.newKelvin),
    location: { x: Math.round(region.centroidX), y: Math.round(region.centroidY) },
  };
}

function judgeFixed(
  policy: MotionPolicy,
  region: {
    readonly movePixels: number;
    readonly overlap: number;
    readonly areaPixels: number;
    readonly areaPixelsPerSecond: number;
    readonly growthPixelsPerSecond: number;
  },
): Verdict {
  const rest = policy.restPixels + policy.restPerRootPixel * Math.sqrt(region.areaPixels);
  const moving = Number.isNaN(rest) ? "unknown" : reaches(region.movePixels, rest);
  if (moving === "no") return "yes";
  const growsInPlace =
    region.areaPixelsPerSecond >= region.growthPixelsPerSecond && region.overlap >= policy.growingOverlap;
  if (growsInPlace) return "yes";
  return moving === "yes" ? "no" : "unknown";
}

function maxKnown(one: number, other: number): number {
  if (Number.isNaN(one)) return other;
  return Number.isNaN(other) ? one : Math.max(one, other);
}
