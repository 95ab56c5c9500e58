// The inner loops of gradient boosting. The definition is ReferenceBoostingEngine in
// src/learning/trainers/reference-boosting-engine.ts; results are equal to the last bit.
// Memory is laid out by the host, src/kernels/boosting-kernel.ts. A row's record is its bins, one byte a feature, and in
// its last eight bytes its scaled derivatives: the second one in the low half, the first one in the high half. So one
// addition of 64 bits counts both; the low half never overflows, because second derivatives are not negative.

const blockRecords: u32 = 128;
const missingBin: u32 = 255;
const allValuesBin: u32 = 254;

// @ts-ignore: decorator
@inline
function logisticOfTwo(odds: v128): v128 {
  const limit = f64x2.splat(40);
  const x = f64x2.min(limit, f64x2.max(f64x2.splat(-40), f64x2.neg(odds)));
  const k = f64x2.floor(f64x2.add(f64x2.mul(x, f64x2.splat(1.4426950408889634)), f64x2.splat(0.5)));
  const r = f64x2.sub(x, f64x2.mul(k, f64x2.splat(0.6931471805599453)));
  let series = f64x2.splat(1.0 / 40320.0);
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1.0 / 5040.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1.0 / 720.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1.0 / 120.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1.0 / 24.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1.0 / 6.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(0.5));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1));
  // 2^k by its exponent's bits.
  const exponent = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k));
  const power = i64x2.shl(i64x2.add(exponent, i64x2.splat(1023)), 52);
  const one = f64x2.splat(1);
  return f64x2.div(one, f64x2.add(one, f64x2.mul(series, power)));
}

/** Derivatives of all rows, two at a time: rows are padded to an even number, the last one has the weight 0. */
export function derive(
  rows: u32,
  odds: usize,
  labels: usize,
  weights: usize,
  first: usize,
  second: usize,
  packed: usize,
  recordBytes: usize,
  scale: f64,
  result: usize,
): void {
  const one = f64x2.splat(1);
  const half = f64x2.splat(0.5);
  const scales = f64x2.splat(scale);
  let firstSum: i64 = 0;
  let secondSum: i64 = 0;
  for (let row: u32 = 0; row < rows; row += 2) {
    const at = <usize>row;
    const p = logisticOfTwo(v128.load(odds + (at << 3)));
    const weight = f64x2.promote_low_f32x4(v128.load64_zero(weights + (at << 2)));
    const label = f64x2.replace_lane(f64x2.splat(<f64>load<u8>(labels + at)), 1, <f64>load<u8>(labels + at, 1));
    const rowFirst = f64x2.mul(weight, f64x2.sub(p, label));
    const rowSecond = f64x2.mul(weight, f64x2.mul(p, f64x2.sub(one, p)));
    v128.store64_lane(first + (at << 2), f32x4.demote_f64x2_zero(rowFirst), 0);
    v128.store64_lane(second + (at << 2), f32x4.demote_f64x2_zero(rowSecond), 0);
    const scaledFirst = i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(f64x2.add(f64x2.mul(rowFirst, scales), half)));
    const scaledSecond = i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(f64x2.add(f64x2.mul(rowSecond, scales), half)));
    firstSum += <i64>i32x4.extract_lane(scaledFirst, 0) + <i64>i32x4.extract_lane(scaledFirst, 1);
    secondSum += <i64>i32x4.extract_lane(scaledSecond, 0) + <i64>i32x4.extract_lane(scaledSecond, 1);
    const both = i8x16.shuffle(
      scaledSecond,
      scaledFirst,
      0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23,
    );
    const record = packed + at * recordBytes;
    v128.store64_lane(record, both, 0);
    v128.store64_lane(record + recordBytes, both, 1);
  }
  store<f64>(result, <f64>firstSum);
  store<f64>(result, <f64>secondSum, 8);
}

/** Puts the rows in their first order. */
export function resetIndex(index: usize, rows: u32): void {
  for (let row: u32 = 0; row < rows; row += 1) store<u32>(index + (<usize>row << 2), row);
}

// @ts-ignore: decorator
@inline
function addTo(cell: usize, unit: i64): void {
  store<i64>(cell, load<i64>(cell) + unit);
}

/** Sums of the records of `rows` rows, by feature and bin: records are first gathered into a block that fits the cache. */
export function count(
  records: usize,
  recordBytes: usize,
  features: u32,
  index: usize,
  rows: u32,
  histogram: usize,
  block: usize,
): void {
  memory.fill(histogram, 0, <usize>features << 11);
  const eights = features >> 3;
  for (let done: u32 = 0; done < rows; done += blockRecords) {
    const some = min(blockRecords, rows - done);
    let to = block;
    for (let k: u32 = 0; k < some; k += 1) {
      const from = records + <usize>load<u32>(index + (<usize>(done + k) << 2)) * recordBytes;
      for (let at: usize = 0; at < recordBytes; at += 16) v128.store(to + at, v128.load(from + at));
      to += recordBytes;
    }
    let record = block;
    for (let k: u32 = 0; k < some; k += 1) {
      const unit = load<i64>(record + recordBytes - 8);
      let cells = histogram;
      for (let eight: u32 = 0; eight < eights; eight += 1) {
        const bins = load<u64>(record + (<usize>eight << 3));
        addTo(cells + (<usize>(bins & 255) << 3), unit);
        addTo(cells + (<usize>((bins >> 8) & 255) << 3) + 2048, unit);
        addTo(cells + (<usize>((bins >> 16) & 255) << 3) + 4096, unit);
        addTo(cells + (<usize>((bins >> 24) & 255) << 3) + 6144, unit);
        addTo(cells + (<usize>((bins >> 32) & 255) << 3) + 8192, unit);
        addTo(cells + (<usize>((bins >> 40) & 255) << 3) + 10240, unit);
        addTo(cells + (<usize>((bins >> 48) & 255) << 3) + 12288, unit);
        addTo(cells + (<usize>(bins >> 56) << 3) + 14336, unit);
        cells += 16384;
      }
      for (let feature = eights << 3; feature < features; feature += 1) {
        addTo(cells + (<usize>load<u8>(record + <usize>feature) << 3), unit);
        cells += 2048;
      }
      record += recordBytes;
    }
  }
}

/** Takes one histogram away from another. */
export function takeAway(parent: usize, child: usize, features: u32): void {
  const bytes = <usize>features << 11;
  for (let at: usize = 0; at < bytes; at += 16)
    v128.store(parent + at, i64x2.sub(v128.load(parent + at), v128.load(child + at)));
}

let nodeFirst: f64 = 0;
let nodeSecond: f64 = 0;
let nodeLow: f64 = 0;
let nodeHigh: f64 = 0;
let penalty: f64 = 0;
let hessianMin: f64 = 0;
let direction: f64 = 0;

let bestGain: f64 = 0;
let bestFeature: i32 = 0;
let bestBin: u32 = 0;
let bestMissingLeft: u32 = 0;
let bestPrefix: i64 = 0;

// @ts-ignore: decorator
@inline
function freeWorth(leftFirst: v128, leftSecond: v128, rightFirst: v128, rightSecond: v128): v128 {
  const l2 = f64x2.splat(penalty);
  return f64x2.add(
    f64x2.div(f64x2.mul(leftFirst, leftFirst), f64x2.add(leftSecond, l2)),
    f64x2.div(f64x2.mul(rightFirst, rightFirst), f64x2.add(rightSecond, l2)),
  );
}

// @ts-ignore: decorator
@inline
function limitedWorth(leftFirst: v128, leftSecond: v128, rightFirst: v128, rightSecond: v128): v128 {
  const l2 = f64x2.splat(penalty);
  const low = f64x2.splat(nodeLow);
  const high = f64x2.splat(nodeHigh);
  const two = f64x2.splat(2);
  const leftAll = f64x2.add(leftSecond, l2);
  const rightAll = f64x2.add(rightSecond, l2);
  const left = f64x2.min(high, f64x2.max(low, f64x2.div(f64x2.neg(leftFirst), leftAll)));
  const right = f64x2.min(high, f64x2.max(low, f64x2.div(f64x2.neg(rightFirst), rightAll)));
  const lefts = f64x2.add(
    f64x2.mul(f64x2.mul(two, leftFirst), left),
    f64x2.mul(f64x2.mul(leftAll, left), left),
  );
  const worth = f64x2.add(
    f64x2.add(lefts, f64x2.mul(f64x2.mul(two, rightFirst), right)),
    f64x2.mul(f64x2.mul(rightAll, right), right),
  );
  const runsAgainst = f64x2.lt(f64x2.mul(f64x2.splat(direction), f64x2.sub(right, left)), f64x2.splat(0));
  return v128.bitselect(f64x2.splat(-Infinity), f64x2.neg(worth), runsAgainst);
}

/** What parting the rows after these two sums is worth; −∞ where a side is too light. */
// @ts-ignore: decorator
@inline
function worthOfTwo(prefixes: v128, isLimited: bool): v128 {
  const leftSecond = f64x2.convert_low_i32x4_s(
    i8x16.shuffle(prefixes, prefixes, 0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11),
  );
  const leftFirst = f64x2.convert_low_i32x4_s(
    i8x16.shuffle(prefixes, prefixes, 4, 5, 6, 7, 12, 13, 14, 15, 4, 5, 6, 7, 12, 13, 14, 15),
  );
  const rightFirst = f64x2.sub(f64x2.splat(nodeFirst), leftFirst);
  const rightSecond = f64x2.sub(f64x2.splat(nodeSecond), leftSecond);
  const worth = isLimited
    ? limitedWorth(leftFirst, leftSecond, rightFirst, rightSecond)
    : freeWorth(leftFirst, leftSecond, rightFirst, rightSecond);
  const least = f64x2.splat(hessianMin);
  const isTooLight = v128.or(f64x2.lt(leftSecond, least), f64x2.lt(rightSecond, least));
  return v128.bitselect(f64x2.splat(-Infinity), worth, isTooLight);
}

function take(gain: f64, feature: i32, bin: u32, missingLeft: u32, prefix: i64): void {
  if (!(gain > bestGain)) return;
  bestGain = gain;
  bestFeature = feature;
  bestBin = bin;
  bestMissingLeft = missingLeft;
  bestPrefix = prefix;
}

/** Lists the filled bins of a feature and the sums up to each; returns how many they are. */
// @ts-ignore: decorator
@inline
function listFilled(cells: usize, bins: u32, prefixes: usize, filled: usize): u32 {
  let sum: i64 = 0;
  let found: u32 = 0;
  for (let bin: u32 = 0; bin < bins; bin += 1) {
    const cell = load<i64>(cells + (<usize>bin << 3));
    sum += cell;
    store<i64>(prefixes + (<usize>found << 3), sum);
    store<u32>(filled + (<usize>found << 2), bin);
    found += <u32>(cell != 0);
  }
  // The last number may have been overwritten by a bin without rows.
  store<i64>(prefixes + (<usize>found << 3), sum);
  return found;
}

// @ts-ignore: decorator
@inline
function scan(cells: usize, feature: i32, bins: u32, isLimited: bool, prefixes: usize, filled: usize): void {
  const missing = load<i64>(cells + (<usize>missingBin << 3));
  const found = listFilled(cells, bins, prefixes, filled);
  if (found == 0) return;
  const cuts = found - 1;
  const missings = i64x2.splat(missing);
  for (let k: u32 = 0; k < cuts; k += 2) {
    const two = v128.load(prefixes + (<usize>k << 3));
    const right = worthOfTwo(two, isLimited);
    let better = f64x2.gt(right, f64x2.splat(bestGain));
    let left = f64x2.splat(-Infinity);
    if (missing != 0) {
      left = worthOfTwo(i64x2.add(two, missings), isLimited);
      better = v128.or(better, f64x2.gt(left, f64x2.splat(bestGain)));
    }
    if (!v128.any_true(better)) continue;
    for (let lane: u32 = 0; lane < 2 && k + lane < cuts; lane += 1) {
      const at = <usize>(k + lane);
      const cut = (load<u32>(filled + (at << 2)) + load<u32>(filled + (at << 2), 4) - 1) >> 1;
      const prefix = load<i64>(prefixes + (at << 3));
      const rightGain = lane == 0 ? f64x2.extract_lane(right, 0) : f64x2.extract_lane(right, 1);
      take(rightGain, feature, cut, 0, prefix);
      if (missing == 0) continue;
      const leftGain = lane == 0 ? f64x2.extract_lane(left, 0) : f64x2.extract_lane(left, 1);
      take(leftGain, feature, cut, 1, prefix + missing);
    }
  }
  if (missing == 0) return;
  const all = load<i64>(prefixes + (<usize>cuts << 3));
  take(f64x2.extract_lane(worthOfTwo(i64x2.splat(all), isLimited), 0), feature, allValuesBin, 0, all);
}

/** Limits that hold for all nodes. */
export function setRules(l2: f64, leafHessianMin: f64): void {
  penalty = l2;
  hessianMin = leafHessianMin;
}

/** Finds a node's best split and writes it into `result`; the feature is −1 when none gains `gainMin`. */
export function findSplit(
  histogram: usize,
  features: u32,
  first: f64,
  second: f64,
  low: f64,
  high: f64,
  gainMin: f64,
  allowed: usize,
  directions: usize,
  valueBins: usize,
  scratch: usize,
  result: usize,
): void {
  nodeFirst = first;
  nodeSecond = second;
  nodeLow = low;
  nodeHigh = high;
  bestGain = gainMin;
  bestFeature = -1;
  const isBounded = low > -Infinity || high < Infinity;
  for (let feature: u32 = 0; feature < features; feature += 1) {
    if (load<u8>(allowed + <usize>feature) != 1) continue;
    direction = <f64>load<i8>(directions + <usize>feature);
    const bins = load<u32>(valueBins + (<usize>feature << 2));
    const cells = histogram + (<usize>feature << 11);
    // Two calls, so that the compiler makes a copy of the loop for each kind.
    if (isBounded || direction != 0) scan(cells, feature, bins, true, scratch, scratch + 2080);
    else scan(cells, feature, bins, false, scratch, scratch + 2080);
  }
  store<f64>(result, <f64>bestFeature);
  store<f64>(result, <f64>bestBin, 8);
  store<f64>(result, <f64>bestMissingLeft, 16);
  store<f64>(result, <f64>(<i32>(bestPrefix >> 32)), 24);
  store<f64>(result, <f64>(<u32>bestPrefix), 32);
}

/** Sorts rows into left and right, both in their order; `column` holds the bins of the feature for all rows. */
export function part(index: usize, rows: u32, column: usize, bin: u32, missingLeft: u32, scratch: usize): u32 {
  let left: u32 = 0;
  let right: u32 = 0;
  for (let k: u32 = 0; k < rows; k += 1) {
    const row = load<u32>(index + (<usize>k << 2));
    const rowBin = <u32>load<u8>(column + <usize>row);
    const goesLeft = select<u32>(missingLeft, <u32>(rowBin <= bin), rowBin == missingBin);
    store<u32>(index + (<usize>left << 2), row);
    store<u32>(scratch + (<usize>right << 2), row);
    left += goesLeft;
    right += 1 - goesLeft;
  }
  memory.copy(index + (<usize>left << 2), scratch, <usize>right << 2);
  return left;
}

/** Sums of the rows' derivatives as they are, in the order of the rows. */
export function sums(index: usize, rows: u32, first: usize, second: usize, result: usize): void {
  let firstSum: f64 = 0;
  let secondSum: f64 = 0;
  for (let k: u32 = 0; k < rows; k += 1) {
    const at = <usize>load<u32>(index + (<usize>k << 2)) << 2;
    firstSum += <f64>load<f32>(first + at);
    secondSum += <f64>load<f32>(second + at);
  }
  store<f64>(result, firstSum);
  store<f64>(result, secondSum, 8);
}

/** Adds a leaf's value to its rows' log-odds. */
export function addToOdds(index: usize, rows: u32, odds: usize, value: f64): void {
  for (let k: u32 = 0; k < rows; k += 1) {
    const at = odds + (<usize>load<u32>(index + (<usize>k << 2)) << 3);
    store<f64>(at, load<f64>(at) + value);
  }
}
