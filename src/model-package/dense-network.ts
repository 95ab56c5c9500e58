import type { InputPreparation } from "./input-preparation.ts";

/** One dense layer: out = activation(in · weights + bias); weights row by row, one row for each input. */
export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly activation: "relu" | "identity";
}

/** A dense network whose last layer gives one number, the log-odds. */
export interface DenseNetwork {
  readonly kind: "network";
  readonly preparation: InputPreparation;
  readonly layers: readonly DenseLayer[];
}
