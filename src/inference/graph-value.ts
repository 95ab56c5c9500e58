/** A value on its way through a graph: rows of float32 numbers. Truth values are 1 and 0. */
export interface GraphValue {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}
