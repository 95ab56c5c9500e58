// Whole-number sums over a picture of uint16 pixels and its change, eight pixels at a time.
// The definition is referenceFrameMoments in src/core/frames/frame-moments.ts; results are equal to the last bit.
// Memory: the host writes the picture at `current`, the one before at `previous`, and reads five doubles at `result`.

// @ts-ignore: decorator
@inline
function addSquares(total: v128, values: v128): v128 {
  // 16 x 16 bits fill 32 bits: products are widened to 64 before they are added.
  const low = i32x4.extmul_low_i16x8_u(values, values);
  const high = i32x4.extmul_high_i16x8_u(values, values);
  const first = i64x2.add(i64x2.extend_low_i32x4_u(low), i64x2.extend_high_i32x4_u(low));
  const second = i64x2.add(i64x2.extend_low_i32x4_u(high), i64x2.extend_high_i32x4_u(high));
  return i64x2.add(total, i64x2.add(first, second));
}

// @ts-ignore: decorator
@inline
function sumOfFour(lanes: v128): u64 {
  return (
    <u64>(<u32>i32x4.extract_lane(lanes, 0)) +
    <u64>(<u32>i32x4.extract_lane(lanes, 1)) +
    <u64>(<u32>i32x4.extract_lane(lanes, 2)) +
    <u64>(<u32>i32x4.extract_lane(lanes, 3))
  );
}

// @ts-ignore: decorator
@inline
function sumOfTwo(lanes: v128): u64 {
  return <u64>i64x2.extract_lane(lanes, 0) + <u64>i64x2.extract_lane(lanes, 1);
}

// @ts-ignore: decorator
@inline
function greatestOfEight(lanes: v128): u32 {
  const four = i16x8.max_u(lanes, i8x16.shuffle(lanes, lanes, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  const two = i16x8.max_u(four, i8x16.shuffle(four, four, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3));
  const one = i16x8.max_u(two, i8x16.shuffle(two, two, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1));
  return <u32>i16x8.extract_lane_u(one, 0);
}

export function measure(current: usize, previous: usize, pixels: u32, result: usize): void {
  let sums = i32x4.splat(0);
  let squares = i64x2.splat(0);
  let greatest = i16x8.splat(0);
  let differenceSums = i32x4.splat(0);
  let differenceSquares = i64x2.splat(0);
  const vectorBytes: usize = <usize>(pixels & ~7) << 1;
  for (let at: usize = 0; at < vectorBytes; at += 16) {
    const now = v128.load(current + at);
    const before = v128.load(previous + at);
    const difference = i16x8.sub(i16x8.max_u(now, before), i16x8.min_u(now, before));
    sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(now));
    squares = addSquares(squares, now);
    greatest = i16x8.max_u(greatest, now);
    differenceSums = i32x4.add(differenceSums, i32x4.extadd_pairwise_i16x8_u(difference));
    differenceSquares = addSquares(differenceSquares, difference);
  }
  let sum = sumOfFour(sums);
  let squareSum = sumOfTwo(squares);
  let max = greatestOfEight(greatest);
  let differenceSum = sumOfFour(differenceSums);
  let differenceSquareSum = sumOfTwo(differenceSquares);
  const bytes: usize = <usize>pixels << 1;
  for (let at = vectorBytes; at < bytes; at += 2) {
    const now = <u32>load<u16>(current + at);
    const before = <u32>load<u16>(previous + at);
    const difference = now > before ? now - before : before - now;
    sum += now;
    squareSum += <u64>now * <u64>now;
    if (now > max) max = now;
    differenceSum += difference;
    differenceSquareSum += <u64>difference * <u64>difference;
  }
  store<f64>(result, <f64>sum);
  store<f64>(result, <f64>squareSum, 8);
  store<f64>(result, <f64>max, 16);
  store<f64>(result, <f64>differenceSum, 24);
  store<f64>(result, <f64>differenceSquareSum, 32);
}
