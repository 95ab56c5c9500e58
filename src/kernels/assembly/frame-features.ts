// The loops over all pixels behind the features of one picture, eight pixels at a time. The definitions are
// src/core/features/{block-gradient,frame-statistics,image-pyramid,flow-block}.ts; results are equal to the last bit,
// because sums are whole numbers and square roots are added in the definition's order.
// Memory belongs to the host. Around each picture it leaves 16 bytes, because whole vectors are read and written beyond
// the ends of rows; what comes from there is masked out or written again.
// Differences are taken in 16 bits that stop at their ends. Where one is so great that it or a sum might not be exact,
// the block or row is done again pixel by pixel: beside flames.

/** A difference of at most this: sixteen squares of it fit a 32-bit sum, two in each of eight rows. */
const exactMax: u32 = 11_584;
/** Two of these make one of those. */
const exactHalfMax: u32 = 5_792;

// @ts-ignore: decorator
@inline
function smaller(a: i32, b: i32): i32 {
  return a < b ? a : b;
}

// @ts-ignore: decorator
@inline
function pixel(at: usize): i32 {
  return <i32>load<u16>(at);
}

/** Eight pixels with their middle at 0, so that differences of 16 bits stop at their ends instead of wrapping. */
// @ts-ignore: decorator
@inline
function signed(at: usize): v128 {
  return v128.xor(v128.load(at), i16x8.splat(-32768));
}

/** All bits set in lanes from `from` to before `to`. */
// @ts-ignore: decorator
@inline
function lanes(from: i32, to: i32): v128 {
  const index = i16x8(0, 1, 2, 3, 4, 5, 6, 7);
  const isBefore = i16x8.lt_s(index, i16x8.splat(<i16>to));
  return v128.and(i16x8.ge_s(index, i16x8.splat(<i16>from)), isBefore);
}

// @ts-ignore: decorator
@inline
function greatestOf(values: v128): u32 {
  const four = i16x8.max_u(values, i8x16.shuffle(values, values, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  const two = i16x8.max_u(four, i8x16.shuffle(four, four, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3));
  const one = i16x8.max_u(two, i8x16.shuffle(two, two, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1));
  return <u32>i16x8.extract_lane_u(one, 0);
}

// @ts-ignore: decorator
@inline
function sumOf(values: v128): i64 {
  return (
    <i64>i32x4.extract_lane(values, 0) +
    <i64>i32x4.extract_lane(values, 1) +
    <i64>i32x4.extract_lane(values, 2) +
    <i64>i32x4.extract_lane(values, 3)
  );
}

// @ts-ignore: decorator
@inline
function rootsOfTwo(squares: v128): v128 {
  return f64x2.sqrt(f64x2.convert_low_i32x4_s(squares));
}

// @ts-ignore: decorator
@inline
function upperHalf(values: v128): v128 {
  return i8x16.shuffle(values, values, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
}

/** Makes a picture of half the size from one of `fineWidth`: the rounded mean of 2×2 pixels. */
export function halve(fine: usize, fineWidth: i32, coarse: usize, width: i32, height: i32): void {
  const two = i32x4.splat(2);
  const fineStride: usize = <usize>fineWidth << 1;
  for (let y = 0; y < height; y += 1) {
    const from = fine + 2 * <usize>y * fineStride;
    const to = coarse + (<usize>(y * width) << 1);
    for (let x = 0; x < width; x += 8) {
      const at = from + (<usize>x << 2);
      const upperLeft = i32x4.extadd_pairwise_i16x8_u(v128.load(at));
      const upperRight = i32x4.extadd_pairwise_i16x8_u(v128.load(at, 16));
      const lowerLeft = i32x4.extadd_pairwise_i16x8_u(v128.load(at + fineStride));
      const lowerRight = i32x4.extadd_pairwise_i16x8_u(v128.load(at + fineStride, 16));
      const left = i32x4.shr_u(i32x4.add(i32x4.add(upperLeft, lowerLeft), two), 2);
      const right = i32x4.shr_u(i32x4.add(i32x4.add(upperRight, lowerRight), two), 2);
      v128.store(to + (<usize>x << 1), i16x8.narrow_i32x4_u(left, right));
    }
  }
}

/** Writes three sums a block to `sumXx`, `sumXy` and `sumYy`, and gives the sum of all magnitudes, doubled. */
export function sumGradient(
  picture: usize,
  width: i32,
  height: i32,
  sumXx: usize,
  sumXy: usize,
  sumYy: usize,
): f64 {
  let magnitudes: f64 = 0;
  let block: usize = 0;
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      magnitudes += gradientOfBlock(picture, width, height, left, top, sumXx + block, sumXy + block, sumYy + block);
      block += 8;
    }
  }
  return magnitudes;
}

// @ts-ignore: decorator
@inline
function gradientOfBlock(
  picture: usize,
  width: i32,
  height: i32,
  left: i32,
  top: i32,
  sumXx: usize,
  sumXy: usize,
  sumYy: usize,
): f64 {
  const stride: usize = <usize>width << 1;
  const bottom = smaller(top + 8, height);
  const inside = lanes(0, width - left);
  const atLeftEnd = lanes(0, left === 0 ? 1 : 0);
  const atRightEnd = lanes(width - 1 - left, width - left);
  const isEnd = left === 0 || left + 8 >= width;
  let xx = i32x4.splat(0);
  let xy = i32x4.splat(0);
  let yy = i32x4.splat(0);
  let roots = f64x2.splat(0);
  let extreme = i16x8.splat(0);
  let at = picture + (<usize>(top * width + left) << 1);
  for (let y = top; y < bottom; y += 1) {
    const west = signed(at - 2);
    const east = signed(at + 2);
    let dx = i16x8.sub_sat_s(east, west);
    if (isEnd) {
      const here = signed(at);
      const first = i16x8.sub_sat_s(east, here);
      const last = i16x8.sub_sat_s(here, west);
      dx = v128.bitselect(i16x8.add_sat_s(first, first), dx, atLeftEnd);
      dx = v128.bitselect(i16x8.add_sat_s(last, last), dx, atRightEnd);
    }
    const north = signed(y > 0 ? at - stride : at);
    const south = signed(y < height - 1 ? at + stride : at);
    let dy = i16x8.sub_sat_s(south, north);
    if (y === 0 || y === height - 1) dy = i16x8.add_sat_s(dy, dy);
    dx = v128.and(dx, inside);
    dy = v128.and(dy, inside);
    extreme = i16x8.max_u(extreme, i16x8.max_u(i16x8.abs(dx), i16x8.abs(dy)));
    const xxLow = i32x4.extmul_low_i16x8_s(dx, dx);
    const xxHigh = i32x4.extmul_high_i16x8_s(dx, dx);
    const yyLow = i32x4.extmul_low_i16x8_s(dy, dy);
    const yyHigh = i32x4.extmul_high_i16x8_s(dy, dy);
    xx = i32x4.add(xx, i32x4.add(xxLow, xxHigh));
    yy = i32x4.add(yy, i32x4.add(yyLow, yyHigh));
    xy = i32x4.add(xy, i32x4.dot_i16x8_s(dx, dy));
    const low = i32x4.add(xxLow, yyLow);
    const high = i32x4.add(xxHigh, yyHigh);
    roots = f64x2.add(roots, rootsOfTwo(low));
    roots = f64x2.add(roots, rootsOfTwo(upperHalf(low)));
    roots = f64x2.add(roots, rootsOfTwo(high));
    roots = f64x2.add(roots, rootsOfTwo(upperHalf(high)));
    at += stride;
  }
  if (greatestOf(extreme) > exactMax)
    return steepGradientOfBlock(picture, width, height, left, top, sumXx, sumXy, sumYy);
  store<f64>(sumXx, <f64>sumOf(xx));
  store<f64>(sumXy, <f64>sumOf(xy));
  store<f64>(sumYy, <f64>sumOf(yy));
  return f64x2.extract_lane(roots, 0) + f64x2.extract_lane(roots, 1);
}

/** The same pixel by pixel. */
function steepGradientOfBlock(
  picture: usize,
  width: i32,
  height: i32,
  left: i32,
  top: i32,
  sumXx: usize,
  sumXy: usize,
  sumYy: usize,
): f64 {
  const stride: usize = <usize>width << 1;
  const right = smaller(left + 8, width);
  const bottom = smaller(top + 8, height);
  let xx: f64 = 0;
  let xy: f64 = 0;
  let yy: f64 = 0;
  let even: f64 = 0;
  let odd: f64 = 0;
  for (let y = top; y < bottom; y += 1) {
    const up: usize = y > 0 ? stride : 0;
    const down: usize = y < height - 1 ? stride : 0;
    for (let x = left; x < right; x += 1) {
      const at = picture + (<usize>(y * width + x) << 1);
      const west: usize = x > 0 ? 2 : 0;
      const east: usize = x < width - 1 ? 2 : 0;
      let dx = pixel(at + east) - pixel(at - west);
      let dy = pixel(at + down) - pixel(at - up);
      if (west === 0 || east === 0) dx *= 2;
      if (up === 0 || down === 0) dy *= 2;
      const dxx = <f64>dx * <f64>dx;
      const dyy = <f64>dy * <f64>dy;
      xx += dxx;
      xy += <f64>dx * <f64>dy;
      yy += dyy;
      const root = Math.sqrt(dxx + dyy);
      if ((x & 1) === 0) even += root;
      else odd += root;
    }
  }
  store<f64>(sumXx, xx);
  store<f64>(sumXy, xy);
  store<f64>(sumYy, yy);
  return even + odd;
}

/**
 * Adds the pixels to the histogram, writes the highest of each row, and writes to `totals` six doubles: sum and squares
 * of what pixels are above `origin`, sum and squares of their absolute change, the lowest and the highest.
 */
export function countPixels(
  picture: usize,
  previous: usize,
  width: i32,
  height: i32,
  origin: i32,
  histogram: usize,
  rowHighest: usize,
  totals: usize,
): void {
  const stride: usize = <usize>width << 1;
  const signedOrigin = i16x8.splat(<i16>(origin - 32768));
  // Each lane of a row's sums takes two squares of every eight pixels.
  const rowExactMax = <u32>Math.sqrt(<f64>0x7fffffff / <f64>(2 * ((width + 7) >> 3)));
  let sum: i64 = 0;
  let squares: i64 = 0;
  let change: i64 = 0;
  let changeSquares: i64 = 0;
  let lowest = i16x8.splat(-1);
  let allHighest: u32 = 0;
  for (let y = 0; y < height; y += 1) {
    let rowSum = i32x4.splat(0);
    let rowSquares = i32x4.splat(0);
    let rowChange = i32x4.splat(0);
    let rowChangeSquares = i32x4.splat(0);
    let extreme = i16x8.splat(0);
    let highest = i16x8.splat(0);
    const now = picture + <usize>y * stride;
    const before = previous + <usize>y * stride;
    for (let x = 0; x < width; x += 8) {
      const at = now + (<usize>x << 1);
      const inside = lanes(0, width - x);
      const pixels = v128.load(at);
      const here = v128.xor(pixels, i16x8.splat(-32768));
      const above = v128.and(i16x8.sub_sat_s(here, signedOrigin), inside);
      const difference = i16x8.sub_sat_s(here, signed(before + (<usize>x << 1)));
      const changed = v128.and(i16x8.abs(difference), inside);
      extreme = i16x8.max_u(extreme, i16x8.max_u(i16x8.abs(above), changed));
      highest = i16x8.max_u(highest, v128.and(pixels, inside));
      lowest = i16x8.min_u(lowest, v128.or(pixels, v128.not(inside)));
      rowSum = i32x4.add(rowSum, i32x4.extadd_pairwise_i16x8_s(above));
      rowSquares = i32x4.add(rowSquares, i32x4.dot_i16x8_s(above, above));
      rowChange = i32x4.add(rowChange, i32x4.extadd_pairwise_i16x8_u(changed));
      rowChangeSquares = i32x4.add(rowChangeSquares, i32x4.dot_i16x8_s(changed, changed));
    }
    tally(now, width, histogram);
    const rowGreatest = greatestOf(highest);
    store<u16>(rowHighest + (<usize>y << 1), <u16>rowGreatest);
    if (rowGreatest > allHighest) allHighest = rowGreatest;
    if (greatestOf(extreme) <= rowExactMax) {
      sum += sumOf(rowSum);
      squares += sumOf(rowSquares);
      change += sumOf(rowChange);
      changeSquares += sumOf(rowChangeSquares);
      continue;
    }
    for (let at: usize = 0; at < stride; at += 2) {
      const above = <i64>(pixel(now + at) - origin);
      const difference = <i64>(pixel(now + at) - pixel(before + at));
      sum += above;
      squares += above * above;
      change += difference < 0 ? -difference : difference;
      changeSquares += difference * difference;
    }
  }
  store<f64>(totals, <f64>sum);
  store<f64>(totals, <f64>squares, 8);
  store<f64>(totals, <f64>change, 16);
  store<f64>(totals, <f64>changeSquares, 24);
  store<f64>(totals, <f64>(65_535 - greatestOf(v128.not(lowest))), 32);
  store<f64>(totals, <f64>allHighest, 40);
}

/** Adds one row to the histogram. */
// @ts-ignore: decorator
@inline
function tally(row: usize, width: i32, histogram: usize): void {
  const end = row + (<usize>width << 1);
  for (let at = row; at < end; at += 2) {
    const bin = histogram + (<usize>load<u16>(at) << 2);
    store<u32>(bin, load<u32>(bin) + 1);
  }
}

/**
 * Writes to `sums` five doubles: x·x, x·y, y·y, x·t and y·t of a block of at most 8 columns, the fourfold gradient of
 * both pictures times itself and times the change plus `offset`. `shift` is from a pixel to its partner.
 */
export function sumFlowBlock(
  current: usize,
  previous: usize,
  width: i32,
  left: i32,
  right: i32,
  top: i32,
  bottom: i32,
  shift: i32,
  offset: f64,
  sums: usize,
): void {
  const stride: usize = <usize>width << 1;
  const inside = lanes(0, right - left);
  let xx = i32x4.splat(0);
  let xy = i32x4.splat(0);
  let yy = i32x4.splat(0);
  let xt = i32x4.splat(0);
  let yt = i32x4.splat(0);
  let x1 = i32x4.splat(0);
  let y1 = i32x4.splat(0);
  let half = i16x8.splat(0);
  let whole = i16x8.splat(0);
  let i = current + (<usize>(top * width + left) << 1);
  let j = previous + (<usize>(top * width + left + shift) << 1);
  for (let y = top; y < bottom; y += 1) {
    const dx1 = v128.and(i16x8.sub_sat_s(signed(i + 2), signed(i - 2)), inside);
    const dx2 = v128.and(i16x8.sub_sat_s(signed(j + 2), signed(j - 2)), inside);
    const dy1 = v128.and(i16x8.sub_sat_s(signed(i + stride), signed(i - stride)), inside);
    const dy2 = v128.and(i16x8.sub_sat_s(signed(j + stride), signed(j - stride)), inside);
    const dt = v128.and(i16x8.sub_sat_s(signed(j), signed(i)), inside);
    half = i16x8.max_u(half, i16x8.max_u(i16x8.abs(dx1), i16x8.abs(dx2)));
    half = i16x8.max_u(half, i16x8.max_u(i16x8.abs(dy1), i16x8.abs(dy2)));
    whole = i16x8.max_u(whole, i16x8.abs(dt));
    const dx = i16x8.add_sat_s(dx1, dx2);
    const dy = i16x8.add_sat_s(dy1, dy2);
    xx = i32x4.add(xx, i32x4.dot_i16x8_s(dx, dx));
    xy = i32x4.add(xy, i32x4.dot_i16x8_s(dx, dy));
    yy = i32x4.add(yy, i32x4.dot_i16x8_s(dy, dy));
    xt = i32x4.add(xt, i32x4.dot_i16x8_s(dx, dt));
    yt = i32x4.add(yt, i32x4.dot_i16x8_s(dy, dt));
    x1 = i32x4.add(x1, i32x4.extadd_pairwise_i16x8_s(dx));
    y1 = i32x4.add(y1, i32x4.extadd_pairwise_i16x8_s(dy));
    i += stride;
    j += stride;
  }
  if (greatestOf(half) > exactHalfMax || greatestOf(whole) > exactMax) {
    sumSteepFlowBlock(current, previous, width, left, right, top, bottom, shift, offset, sums);
    return;
  }
  store<f64>(sums, <f64>sumOf(xx));
  store<f64>(sums, <f64>sumOf(xy), 8);
  store<f64>(sums, <f64>sumOf(yy), 16);
  store<f64>(sums, <f64>sumOf(xt) + offset * <f64>sumOf(x1), 24);
  store<f64>(sums, <f64>sumOf(yt) + offset * <f64>sumOf(y1), 32);
}

/** The same pixel by pixel. */
function sumSteepFlowBlock(
  current: usize,
  previous: usize,
  width: i32,
  left: i32,
  right: i32,
  top: i32,
  bottom: i32,
  shift: i32,
  offset: f64,
  sums: usize,
): void {
  const stride: usize = <usize>width << 1;
  let xx: f64 = 0;
  let xy: f64 = 0;
  let yy: f64 = 0;
  let xt: f64 = 0;
  let yt: f64 = 0;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const i = current + (<usize>(y * width + x) << 1);
      const j = previous + (<usize>(y * width + x + shift) << 1);
      const dx = <f64>(pixel(i + 2) - pixel(i - 2) + pixel(j + 2) - pixel(j - 2));
      const dy = <f64>(pixel(i + stride) - pixel(i - stride) + pixel(j + stride) - pixel(j - stride));
      const dt = <f64>(pixel(j) - pixel(i)) + offset;
      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
      xt += dx * dt;
      yt += dy * dt;
    }
  }
  store<f64>(sums, xx);
  store<f64>(sums, xy, 8);
  store<f64>(sums, yy, 16);
  store<f64>(sums, xt, 24);
  store<f64>(sums, yt, 32);
}
