// The inner loops of training a dense network in float32. The definition is referenceNetworkEngine in
// src/learning/trainers/reference-network-engine.ts; every sum is added up in the same order, so that results are equal
// to the last bit. All arrays lie in the module's memory, at addresses that the host hands in.

// @ts-ignore: decorator
@inline
function activated(values: v128, floor: v128): v128 {
  return f32x4.max(floor, values);
}

/** Four rows by eight columns: eight sums in registers. */
// @ts-ignore: decorator
@inline
function fourByEight(
  out: usize,
  left: usize,
  right: usize,
  inner: u32,
  rowBytes: usize,
  stepBytes: usize,
  columnBytes: usize,
  biasLow: v128,
  biasHigh: v128,
  floor: v128,
): void {
  let a0 = biasLow;
  let a1 = biasHigh;
  let b0 = biasLow;
  let b1 = biasHigh;
  let c0 = biasLow;
  let c1 = biasHigh;
  let d0 = biasLow;
  let d1 = biasHigh;
  let at = left;
  let from = right;
  for (let k: u32 = 0; k < inner; k += 1) {
    const low = v128.load(from);
    const high = v128.load(from, 16);
    const a = v128.load32_splat(at);
    a0 = f32x4.add(a0, f32x4.mul(a, low));
    a1 = f32x4.add(a1, f32x4.mul(a, high));
    const b = v128.load32_splat(at + rowBytes);
    b0 = f32x4.add(b0, f32x4.mul(b, low));
    b1 = f32x4.add(b1, f32x4.mul(b, high));
    const c = v128.load32_splat(at + 2 * rowBytes);
    c0 = f32x4.add(c0, f32x4.mul(c, low));
    c1 = f32x4.add(c1, f32x4.mul(c, high));
    const d = v128.load32_splat(at + 3 * rowBytes);
    d0 = f32x4.add(d0, f32x4.mul(d, low));
    d1 = f32x4.add(d1, f32x4.mul(d, high));
    at += stepBytes;
    from += columnBytes;
  }
  v128.store(out, activated(a0, floor));
  v128.store(out, activated(a1, floor), 16);
  v128.store(out + columnBytes, activated(b0, floor));
  v128.store(out + columnBytes, activated(b1, floor), 16);
  v128.store(out + 2 * columnBytes, activated(c0, floor));
  v128.store(out + 2 * columnBytes, activated(c1, floor), 16);
  v128.store(out + 3 * columnBytes, activated(d0, floor));
  v128.store(out + 3 * columnBytes, activated(d1, floor), 16);
}

/** One row by eight columns. */
// @ts-ignore: decorator
@inline
function oneByEight(
  out: usize,
  left: usize,
  right: usize,
  inner: u32,
  stepBytes: usize,
  columnBytes: usize,
  biasLow: v128,
  biasHigh: v128,
  floor: v128,
): void {
  let low = biasLow;
  let high = biasHigh;
  let at = left;
  let from = right;
  for (let k: u32 = 0; k < inner; k += 1) {
    const factor = v128.load32_splat(at);
    low = f32x4.add(low, f32x4.mul(factor, v128.load(from)));
    high = f32x4.add(high, f32x4.mul(factor, v128.load(from, 16)));
    at += stepBytes;
    from += columnBytes;
  }
  v128.store(out, activated(low, floor));
  v128.store(out, activated(high, floor), 16);
}

/** Four rows of one column at a time, then the rest one by one. */
function oneColumn(
  out: usize,
  left: usize,
  right: usize,
  rows: u32,
  inner: u32,
  rowBytes: usize,
  stepBytes: usize,
  columnBytes: usize,
  bias: f32,
  floor: f32,
): void {
  let row: u32 = 0;
  for (; row + 4 <= rows; row += 4) {
    let a = bias;
    let b = bias;
    let c = bias;
    let d = bias;
    let at = left + <usize>row * rowBytes;
    let from = right;
    for (let k: u32 = 0; k < inner; k += 1) {
      const factor = load<f32>(from);
      a += load<f32>(at) * factor;
      b += load<f32>(at + rowBytes) * factor;
      c += load<f32>(at + 2 * rowBytes) * factor;
      d += load<f32>(at + 3 * rowBytes) * factor;
      at += stepBytes;
      from += columnBytes;
    }
    const to = out + <usize>row * columnBytes;
    store<f32>(to, max<f32>(floor, a));
    store<f32>(to + columnBytes, max<f32>(floor, b));
    store<f32>(to + 2 * columnBytes, max<f32>(floor, c));
    store<f32>(to + 3 * columnBytes, max<f32>(floor, d));
  }
  for (; row < rows; row += 1) {
    let sum = bias;
    let at = left + <usize>row * rowBytes;
    let from = right;
    for (let k: u32 = 0; k < inner; k += 1) {
      sum += load<f32>(at) * load<f32>(from);
      at += stepBytes;
      from += columnBytes;
    }
    store<f32>(out + <usize>row * columnBytes, max<f32>(floor, sum));
  }
}

/** out = max(floor, bias + left · right); a bias at address 0 is none. Left has free strides, right and out are row by row. */
export function multiply(
  out: usize,
  left: usize,
  right: usize,
  rows: u32,
  inner: u32,
  columns: u32,
  rowFloats: u32,
  stepFloats: u32,
  bias: usize,
  floor: f32,
): void {
  const rowBytes = <usize>rowFloats << 2;
  const stepBytes = <usize>stepFloats << 2;
  const columnBytes = <usize>columns << 2;
  const floors = f32x4.splat(floor);
  let column: u32 = 0;
  for (; column + 8 <= columns; column += 8) {
    const offset = <usize>column << 2;
    const biasLow = bias == 0 ? f32x4.splat(0) : v128.load(bias + offset);
    const biasHigh = bias == 0 ? f32x4.splat(0) : v128.load(bias + offset, 16);
    let row: u32 = 0;
    for (; row + 4 <= rows; row += 4)
      fourByEight(
        out + offset + <usize>row * columnBytes,
        left + <usize>row * rowBytes,
        right + offset,
        inner,
        rowBytes,
        stepBytes,
        columnBytes,
        biasLow,
        biasHigh,
        floors,
      );
    for (; row < rows; row += 1)
      oneByEight(
        out + offset + <usize>row * columnBytes,
        left + <usize>row * rowBytes,
        right + offset,
        inner,
        stepBytes,
        columnBytes,
        biasLow,
        biasHigh,
        floors,
      );
  }
  for (; column < columns; column += 1) {
    const offset = <usize>column << 2;
    const start = bias == 0 ? <f32>0 : load<f32>(bias + offset);
    oneColumn(out + offset, left, right + offset, rows, inner, rowBytes, stepBytes, columnBytes, start, floor);
  }
}

/** out = the matrix turned. */
export function turn(out: usize, from: usize, rows: u32, columns: u32): void {
  for (let row: u32 = 0; row < rows; row += 1) {
    let to = out + (<usize>row << 2);
    for (let column: u32 = 0; column < columns; column += 1) {
      store<f32>(to, load<f32>(from));
      from += 4;
      to += <usize>rows << 2;
    }
  }
}

/** Changes become 0 where the output is not above 0; arrays are padded to whole fours. */
export function cutOff(changes: usize, outputs: usize, count: u32): void {
  const zero = f32x4.splat(0);
  for (let k: u32 = 0; k < count; k += 4) {
    const at = <usize>k << 2;
    v128.store(changes + at, v128.and(v128.load(changes + at), f32x4.gt(v128.load(outputs + at), zero)));
  }
}

/** out = sums of the rows, column by column. */
export function sumRows(out: usize, from: usize, rows: u32, columns: u32): void {
  const columnBytes = <usize>columns << 2;
  let column: u32 = 0;
  for (; column + 4 <= columns; column += 4) {
    let sums = f32x4.splat(0);
    let at = from + (<usize>column << 2);
    for (let row: u32 = 0; row < rows; row += 1) {
      sums = f32x4.add(sums, v128.load(at));
      at += columnBytes;
    }
    v128.store(out + (<usize>column << 2), sums);
  }
  for (; column < columns; column += 1) {
    let sum: f32 = 0;
    let at = from + (<usize>column << 2);
    for (let row: u32 = 0; row < rows; row += 1) {
      sum += load<f32>(at);
      at += columnBytes;
    }
    store<f32>(out + (<usize>column << 2), sum);
  }
}

/** One step of Adam with decoupled decay; arrays are padded to whole fours. */
export function step(
  values: usize,
  gradient: usize,
  mean: usize,
  square: usize,
  count: u32,
  keepMean: f32,
  keepSquare: f32,
  rate: f32,
  rootCorrection: f32,
  decay: f32,
  epsilon: f32,
): void {
  const keepMeans = f32x4.splat(keepMean);
  const takeMeans = f32x4.splat(1 - keepMean);
  const keepSquares = f32x4.splat(keepSquare);
  const takeSquares = f32x4.splat(1 - keepSquare);
  const kept = f32x4.splat(1 - decay);
  for (let k: u32 = 0; k < count; k += 4) {
    const at = <usize>k << 2;
    const slope = v128.load(gradient + at);
    const newMean = f32x4.add(f32x4.mul(keepMeans, v128.load(mean + at)), f32x4.mul(takeMeans, slope));
    const newSquare = f32x4.add(
      f32x4.mul(keepSquares, v128.load(square + at)),
      f32x4.mul(takeSquares, f32x4.mul(slope, slope)),
    );
    v128.store(mean + at, newMean);
    v128.store(square + at, newSquare);
    const root = f32x4.add(
      f32x4.div(f32x4.sqrt(newSquare), f32x4.splat(rootCorrection)),
      f32x4.splat(epsilon),
    );
    const change = f32x4.div(f32x4.mul(f32x4.splat(rate), newMean), root);
    v128.store(values + at, f32x4.sub(f32x4.mul(kept, v128.load(values + at)), change));
  }
}
