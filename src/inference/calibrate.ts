import { assert } from "#core/failure.ts";
import type { Calibration } from "#model-package/calibration.ts";

/** The calibrated probability of an ensemble's log-odds. */
export function calibrate(calibration: Calibration, odds: number): number {
  const calibrated =
    calibration.kind === "platt"
      ? calibration.slope * odds + calibration.offset
      : onLine(calibration.knots, odds);
  return 1 / (1 + Math.exp(-calibrated));
}

function onLine(knots: readonly { readonly at: number; readonly value: number }[], odds: number): number {
  const first = knots[0];
  assert(first !== undefined, "a piecewise calibration has knots");
  let before = first;
  for (const knot of knots) {
    if (odds <= knot.at) {
      const share = knot === before ? 1 : (odds - before.at) / (knot.at - before.at);
      return before.value + share * (knot.value - before.value);
    }
    before = knot;
  }
  return before.value;
}
