import { greatestOf, lanes, pixel, signed, sumOf } from "./pixel-lanes";

/**
 * Adds the pixels to the histogram, writes the highest of each row, and writes to `totals` six doubles: sum and squares
 * of what pixels are above `origin`, sum and squares of their absolute change, the lowest and the highest. `kept` is the
 * address of a 16-bit mask for each pixel that is all ones where it counts; 0 when all do.
 */
export function countPixels(
  picture: usize,
  previous: usize,
  width: i32,
  height: i32,
  origin: i32,
  kept: usize,
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
    const counts = kept === 0 ? 0 : kept + <usize>y * stride;
    for (let x = 0; x < width; x += 8) {
      const at = now + (<usize>x << 1);
      let inside = lanes(0, width - x);
      if (counts !== 0) inside = v128.and(inside, v128.load(counts + (<usize>x << 1)));
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
    if (counts === 0) tally(now, width, histogram);
    else tallyKept(now, counts, width, histogram);
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
      if (counts !== 0 && load<u16>(counts + at) === 0) continue;
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

/** The same of the pixels that count: the others add 0 somewhere, which takes no branch. */
// @ts-ignore: decorator
@inline
function tallyKept(row: usize, counts: usize, width: i32, histogram: usize): void {
  const bytes: usize = <usize>width << 1;
  for (let at: usize = 0; at < bytes; at += 2) {
    const bin = histogram + (<usize>load<u16>(row + at) << 2);
    store<u32>(bin, load<u32>(bin) + (load<u16>(counts + at) & 1));
  }
}
