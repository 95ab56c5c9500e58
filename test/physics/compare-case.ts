import { TwoZoneRoom } from "#simulation/fire/two-zone-room.ts";
import { type ComparedQuantity, tolerances, type ValidationCase } from "./validation-case.ts";

/** One quantity of one experiment, measured and simulated. */
export interface Comparison {
  readonly quantity: ComparedQuantity;
  readonly tolerance: number;
  readonly measuredPeak: number;
  readonly simulatedPeak: number;
  readonly relativeError: number;
  readonly verdict: "pass" | "FAIL";
  readonly seconds: readonly number[];
  readonly measured: readonly number[];
  readonly simulated: readonly number[];
}

/** One experiment with all its comparisons. */
export interface ComparedCase {
  readonly validationCase: ValidationCase;
  readonly comparisons: readonly Comparison[];
}

const stepSeconds = 0.25;
const samplesMax = 300;

/** Simulates an experiment by its measured heat release and compares. */
export function compareCase(validationCase: ValidationCase): ComparedCase {
  const room = new TwoZoneRoom(validationCase.room);
  const { quantities, endSeconds } = validationCase;
  const every = Math.max(1, endSeconds / samplesMax);
  const seconds: number[] = [];
  const measured: number[][] = quantities.map(() => []);
  const simulated: number[][] = quantities.map(() => []);
  const sample = (at: number) => {
    seconds.push(at);
    quantities.forEach((quantity, i) => {
      measured[i]?.push(quantity.measured(at));
      simulated[i]?.push(quantity.simulated(room));
    });
  };
  for (let step = 0; step * stepSeconds < endSeconds; step += 1) {
    const at = step * stepSeconds;
    if (at >= seconds.length * every) sample(at);
    room.step(stepSeconds, validationCase.releasesAt(at + stepSeconds / 2, room.around));
  }
  sample(endSeconds);
  return {
    validationCase,
    comparisons: quantities.map((quantity, i) =>
      comparisonOf(quantity, { seconds, measured: measured[i] ?? [], simulated: simulated[i] ?? [] }),
    ),
  };
}

function comparisonOf(
  quantity: ComparedQuantity,
  curves: Pick<Comparison, "seconds" | "measured" | "simulated">,
): Comparison {
  const extreme = (values: readonly number[]) =>
    quantity.extreme === "highest" ? Math.max(...values) : Math.min(...values);
  const measuredPeak = extreme(curves.measured);
  const simulatedPeak = extreme(curves.simulated);
  const relativeError = (simulatedPeak - measuredPeak) / measuredPeak;
  const tolerance = tolerances[quantity.kind];
  const verdict = Math.abs(relativeError) <= tolerance ? "pass" : "FAIL";
  return { quantity, tolerance, measuredPeak, simulatedPeak, relativeError, verdict, ...curves };
}
