import {
  type AdamArrays,
  type AdamStep,
  adamEpsilon,
  type MatrixProduct,
  type NetworkEngine,
} from "./network-engine.ts";

/** The definition of a network engine, in plain typed arrays. */
export const referenceNetworkEngine: NetworkEngine = {
  allocate: (length) => new Float32Array(length),

  multiply({ out, left, leftIs, right, rows, inner, columns, bias, activation }: MatrixProduct): void {
    const rowStride = leftIs === "straight" ? inner : 1;
    const innerStride = leftIs === "straight" ? 1 : rows;
    const floor = activation === "relu" ? 0 : -Infinity;
    for (let row = 0; row < rows; row += 1) {
      const to = row * columns;
      for (let column = 0; column < columns; column += 1)
        out[to + column] = bias === null ? 0 : bias[column]!;
      for (let k = 0; k < inner; k += 1) {
        const factor = left[row * rowStride + k * innerStride]!;
        const from = k * columns;
        for (let column = 0; column < columns; column += 1)
          out[to + column] = out[to + column]! + Math.fround(factor * right[from + column]!);
      }
      for (let column = 0; column < columns; column += 1)
        out[to + column] = Math.max(floor, out[to + column]!);
    }
  },

  turn({ out, from, rows, columns }): void {
    for (let row = 0; row < rows; row += 1)
      for (let column = 0; column < columns; column += 1)
        out[column * rows + row] = from[row * columns + column]!;
  },

  cutOff(changes, outputs, count): void {
    for (let k = 0; k < count; k += 1) changes[k] = outputs[k]! > 0 ? changes[k]! : 0;
  },

  sumRows({ out, from, rows, columns }): void {
    for (let column = 0; column < columns; column += 1) {
      let sum = 0;
      for (let row = 0; row < rows; row += 1) sum = Math.fround(sum + from[row * columns + column]!);
      out[column] = sum;
    }
  },

  step({ values, gradient, mean, square }: AdamArrays, step: AdamStep): void {
    const keepMean = Math.fround(step.keepMean);
    const takeMean = Math.fround(1 - keepMean);
    const keepSquare = Math.fround(step.keepSquare);
    const takeSquare = Math.fround(1 - keepSquare);
    const rate = Math.fround(step.rate);
    const rootCorrection = Math.fround(step.rootCorrection);
    const kept = Math.fround(1 - Math.fround(step.decay));
    const epsilon = Math.fround(adamEpsilon);
    for (let k = 0; k < values.length; k += 1) {
      const slope = gradient[k]!;
      const newMean = Math.fround(Math.fround(keepMean * mean[k]!) + Math.fround(takeMean * slope));
      const newSquare = Math.fround(
        Math.fround(keepSquare * square[k]!) + Math.fround(takeSquare * Math.fround(slope * slope)),
      );
      mean[k] = newMean;
      square[k] = newSquare;
      const root = Math.fround(Math.fround(Math.fround(Math.sqrt(newSquare)) / rootCorrection) + epsilon);
      values[k] = Math.fround(kept * values[k]!) - Math.fround(Math.fround(rate * newMean) / root);
    }
  },
};
