/** A product of matrices, row by row in flat arrays: out = act(bias + left · right). */
export interface MatrixProduct {
  /** `rows` × `columns`. */
  readonly out: Float32Array;
  /** `rows` × `inner`, or `inner` × `rows` where `leftIs` says "turned". */
  readonly left: Float32Array;
  readonly leftIs: "straight" | "turned";
  /** `inner` × `columns`. */
  readonly right: Float32Array;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  /** What every row begins with, `columns` numbers; null for 0. */
  readonly bias: Float32Array | null;
  /** "relu" turns what is below 0 into 0. */
  readonly activation: "relu" | "identity";
}

/** One learnt array, its gradient and what Adam remembers of gradients. */
export interface AdamArrays {
  readonly values: Float32Array;
  readonly gradient: Float32Array;
  readonly mean: Float32Array;
  readonly square: Float32Array;
}

/** Numbers of one step of Adam (Kingma and Ba 2015), each a float32. */
export interface AdamStep {
  /** Shares that the memories of mean and square keep. */
  readonly keepMean: number;
  readonly keepSquare: number;
  /** Rate, with the corrections of the first steps in it. */
  readonly rate: number;
  /** Correction of the remembered square in the first steps: its root is divided by this. */
  readonly rootCorrection: number;
  /** Share of each value that is taken away beside the gradient (decoupled decay, Loshchilov and Hutter 2019). */
  readonly decay: number;
}

/**
 * The inner loops of a dense network, in float32. Every sum is added up in rising order of its index, rounded at every
 * addition and multiplication, so that each engine gives the same numbers to the last bit; `ReferenceNetworkEngine` is
 * the definition.
 */
export interface NetworkEngine {
  /** An array of zeros in the engine's memory; only such arrays may be handed to it. */
  allocate(length: number): Float32Array;
  multiply(product: MatrixProduct): void;
  /** out = the `rows` × `columns` matrix turned. */
  turn(of: {
    readonly out: Float32Array;
    readonly from: Float32Array;
    readonly rows: number;
    readonly columns: number;
  }): void;
  /** Makes those of the first `count` changes 0 whose output a ReLU has cut off. */
  cutOff(changes: Float32Array, outputs: Float32Array, count: number): void;
  /** out = sums of the first `rows` rows, column by column. */
  sumRows(of: {
    readonly out: Float32Array;
    readonly from: Float32Array;
    readonly rows: number;
    readonly columns: number;
  }): void;
  /** Takes one step down the gradient. */
  step(arrays: AdamArrays, step: AdamStep): void;
}

/** Kept away from dividing by 0 (Kingma and Ba 2015). */
export const adamEpsilon = 1e-8;

/** Numbers that an array takes up in an engine's memory: whole fours. */
export function allocatedFloats(length: number): number {
  return Math.ceil(length / 4) * 4;
}
