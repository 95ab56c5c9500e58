import type { InputPreparation } from "./input-preparation.ts";

/** Logistic regression on a prepared row: log-odds = row · weights + bias. */
export interface LinearModel {
  readonly kind: "linear";
  readonly preparation: InputPreparation;
  readonly weights: Float32Array;
  readonly bias: number;
}
