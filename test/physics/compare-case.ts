import { TwoZoneRoom } from "#simulation/fire/two-zone-room.ts";
import {
  type ComparedKind,
  type ComparedQuantity,
  thresholds,
  tolerances,
  type ValidationCase,
} from "./validation-case.ts";

/** Measured and simulated course of one quantity of one experiment. */
export interface ComparedCurves {
  readonly quantity: ComparedQuantity;
  readonly seconds: readonly number[];
  readonly measured: readonly number[];
  readonly simulated: readonly number[];
}

/** One figure of one experiment, measured and simulated: a peak, or the time of a threshold in seconds. */
export interface Comparison {
  readonly kind: ComparedKind;
  readonly unit: ComparedQuantity["unit"] | "s";
  readonly tolerance: number;
  /** Infinity for a threshold that is never reached. */
  readonly measured: number;
  readonly simulated: number;
  readonly relativeError: number;
  readonly verdict: "pass" | "FAIL";
}

/** One experiment with all its curves and comparisons. */
export interface ComparedCase {
  readonly validationCase: ValidationCase;
  readonly curves: readonly ComparedCurves[];
  readonly comparisons: readonly Comparison[];
  /** Oxygen that the measured heat stands for and the modelled room no longer had. */
  readonly missingOxygenKilograms: number;
}

/** Step in which experiments are simulated. */
export const caseStepSeconds = 0.25;
const samplesMax = 300;

/** A curve while it is being simulated. */
interface Course {
  readonly quantity: ComparedQuantity;
  readonly measured: number[];
  readonly simulated: number[];
  measuredReachesAt: number;
  simulatedReachesAt: number;
}

/** Simulates an experiment and compares. */
export function compareCase(validationCase: ValidationCase): ComparedCase {
  const room = new TwoZoneRoom(validationCase.room);
  const { quantities, endSeconds, exchanges } = validationCase;
  const every = Math.max(1, endSeconds / samplesMax);
  const seconds: number[] = [];
  const courses = quantities.map((quantity): Course => {
    const never = Number.POSITIVE_INFINITY;
    return { quantity, measured: [], simulated: [], measuredReachesAt: never, simulatedReachesAt: never };
  });
  for (let step = 0; step * caseStepSeconds <= endSeconds; step += 1) {
    const at = step * caseStepSeconds;
    if (at >= seconds.length * every) {
      seconds.push(at);
      for (const course of courses) sample(course, at, room);
    }
    for (const course of courses) watchThreshold(course, at, room);
    const releases = validationCase.releasesAt(at + caseStepSeconds / 2, room.around);
    room.step(caseStepSeconds, releases, exchanges);
  }
  return {
    validationCase,
    curves: courses.map(({ quantity, measured, simulated }) => ({ quantity, seconds, measured, simulated })),
    comparisons: courses.flatMap((course) => [peakOf(course), ...timeOf(course)]),
    missingOxygenKilograms: room.balance.missingOxygenKilograms,
  };
}

function sample({ quantity, measured, simulated }: Course, at: number, room: TwoZoneRoom): void {
  const isCompared = at >= (quantity.fromSeconds ?? 0);
  measured.push(isCompared ? quantity.measured(at) : Number.NaN);
  simulated.push(isCompared ? quantity.simulated(room) : Number.NaN);
}

function watchThreshold(course: Course, at: number, room: TwoZoneRoom): void {
  const value = thresholdOf(course.quantity)?.value;
  if (value === undefined) return;
  if (course.measuredReachesAt > at && course.quantity.measured(at) >= value) course.measuredReachesAt = at;
  if (course.simulatedReachesAt > at && course.quantity.simulated(room) >= value)
    course.simulatedReachesAt = at;
}

function thresholdOf({
  kind,
  isTimed,
}: ComparedQuantity): (typeof thresholds)["CO2" | "gas temperature"] | null {
  if (!isTimed || (kind !== "CO2" && kind !== "gas temperature")) return null;
  return thresholds[kind];
}

function peakOf({ quantity, measured, simulated }: Course): Comparison {
  const extreme = (values: readonly number[]) => {
    const compared = values.filter(Number.isFinite);
    return quantity.extreme === "highest" ? Math.max(...compared) : Math.min(...compared);
  };
  const { kind, unit } = quantity;
  return comparison({ kind, unit, measured: extreme(measured), simulated: extreme(simulated) });
}

function timeOf({ quantity, measuredReachesAt, simulatedReachesAt }: Course): readonly Comparison[] {
  const threshold = thresholdOf(quantity);
  if (threshold === null || measuredReachesAt === Number.POSITIVE_INFINITY) return [];
  const { kind } = threshold;
  return [comparison({ kind, unit: "s", measured: measuredReachesAt, simulated: simulatedReachesAt })];
}

function comparison(of: Pick<Comparison, "kind" | "unit" | "measured" | "simulated">): Comparison {
  const relativeError = (of.simulated - of.measured) / of.measured;
  const tolerance = tolerances[of.kind];
  return { ...of, tolerance, relativeError, verdict: Math.abs(relativeError) <= tolerance ? "pass" : "FAIL" };
}
