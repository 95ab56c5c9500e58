/**
 * Turns an ensemble's log-odds into a calibrated probability: by Platt's two numbers, or by a rising line of at most 32
 * knots in the log-odds, constant beyond its ends.
 */
export type Calibration =
  | { readonly kind: "platt"; readonly slope: number; readonly offset: number }
  | {
      readonly kind: "piecewise";
      readonly knots: readonly { readonly at: number; readonly value: number }[];
    };

/** Most knots of a piecewise calibration. */
export const calibrationKnotsMax = 32;
