import { type CurvePoint, TimeCurve } from "./time-curve.ts";

/** Classes of fire growth. */
export type GrowthClass = "slow" | "medium" | "fast" | "ultra-fast";

/** Growth α in kW/s² of Q = α·t², by which 1055 kW are reached after 600, 300, 150 and 75 s (facts §4.1). */
export const growthKilowattsPerSquareSecond: Readonly<Record<GrowthClass, number>> = {
  slow: 0.00293,
  medium: 0.01172,
  fast: 0.0469,
  "ultra-fast": 0.1876,
};

/** Heat release in kW of a fire that grows with the square of time. */
export function tSquaredKilowatts(kilowattsPerSquareSecond: number, seconds: number): number {
  return kilowattsPerSquareSecond * Math.max(0, seconds) ** 2;
}

/** A fire that grows, levels off, and burns out when its fuel is used up. */
export interface GrowingFire {
  /** α in kW/s². */
  readonly growth: number;
  readonly peakKilowatts: number;
  /** Energy of its fuel. */
  readonly fuelKilojoules: number;
  /** What burns at once when it is lit: a sheet of paper, a puddle. 0 where nothing does. */
  readonly kindlingKilowatts?: number;
  /** Share of the fuel that is left when burning begins to slow down. */
  readonly decayShare?: number;
}

const growthSteps = 60;
const decaySteps = 24;
const usualDecayShare = 0.3;

/**
 * Heat release of a growing fire: t² growth, then level, then falling in proportion to the fuel that is left (as
 * compartment models let it decay once most is burnt). Its integral is the fuel's energy. A fire without the fuel to
 * reach its peak begins to decay earlier.
 */
export function heatReleaseOf(fire: GrowingFire): TimeCurve {
  const { growth, fuelKilojoules, kindlingKilowatts = 0, decayShare = usualDecayShare } = fire;
  const before = (1 - decayShare) * fuelKilojoules;
  const grown = (seconds: number): number => kindlingKilowatts + tSquaredKilowatts(growth, seconds);
  const burnt = (seconds: number): number => kindlingKilowatts * seconds + (growth * seconds ** 3) / 3;
  let growthSeconds = Math.sqrt(Math.max(0, fire.peakKilowatts - kindlingKilowatts) / growth);
  if (burnt(growthSeconds) > before) growthSeconds = secondsUntil(burnt, before, growthSeconds);
  const peak = grown(growthSeconds);
  const points: CurvePoint[] = [];
  for (let i = 0; i <= growthSteps; i += 1) {
    const seconds = (growthSeconds * i) / growthSteps;
    if (i === 0 || growthSeconds > 0) points.push([seconds, grown(seconds)]);
  }
  // What the straight lines between the points add is taken from the level stretch, so that the energy comes out.
  const spent = points.length > 1 ? new TimeCurve(points).integral() : 0;
  const levelSeconds = Math.max(0, before - spent) / peak;
  if (levelSeconds > 0) points.push([growthSeconds + levelSeconds, peak]);
  appendDecay(points, { peak, kilojoules: fuelKilojoules - Math.max(before, spent) });
  return new TimeCurve(points);
}

/** Decays as exp(−t/τ) for three τ, then in a straight line; together they give the kilojoules that are left. */
function appendDecay(points: CurvePoint[], left: { peak: number; kilojoules: number }): void {
  const tau = left.kilojoules / left.peak;
  const from = points[points.length - 1]![0];
  const kept: CurvePoint[] = [[0, left.peak]];
  for (let i = 1; i <= decaySteps; i += 1) {
    const seconds = (3 * tau * i) / decaySteps;
    kept.push([seconds, left.peak * Math.exp(-seconds / tau)]);
    points.push([from + seconds, kept[i]![1]]);
  }
  const remaining = left.kilojoules - new TimeCurve(kept).integral();
  const last = kept[decaySteps]!;
  points.push([from + last[0] + (2 * Math.max(0, remaining)) / last[1], 0]);
}

/** Time at which an increasing function reaches a value, found by halving. */
function secondsUntil(of: (seconds: number) => number, value: number, latest: number): number {
  let low = 0;
  let high = latest;
  for (let i = 0; i < 50; i += 1) {
    const middle = (low + high) / 2;
    if (of(middle) < value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** By how much a fire's times are stretched when its growth is multiplied: α·t² has t ∝ 1/√α. */
export function timeStretch(growthFactor: number): number {
  return 1 / Math.sqrt(growthFactor);
}
