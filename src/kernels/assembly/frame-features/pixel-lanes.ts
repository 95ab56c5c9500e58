// Eight pixels at a time in 16-bit lanes: what the loops over all pixels share.

/** A difference of at most this: sixteen squares of it fit a 32-bit sum, two in each of eight rows. */
export const exactMax: u32 = 11_584;

/** The smaller of two numbers. */
// @ts-ignore: decorator
@inline
export function smaller(a: i32, b: i32): i32 {
  return a < b ? a : b;
}

/** The pixel at an address. */
// @ts-ignore: decorator
@inline
export function pixel(at: usize): i32 {
  return <i32>load<u16>(at);
}

/** Eight pixels with their middle at 0, so that differences of 16 bits stop at their ends instead of wrapping. */
// @ts-ignore: decorator
@inline
export function signed(at: usize): v128 {
  return v128.xor(v128.load(at), i16x8.splat(-32768));
}

/** All bits set in lanes from `from` to before `to`. */
// @ts-ignore: decorator
@inline
export function lanes(from: i32, to: i32): v128 {
  const index = i16x8(0, 1, 2, 3, 4, 5, 6, 7);
  const isBefore = i16x8.lt_s(index, i16x8.splat(<i16>to));
  return v128.and(i16x8.ge_s(index, i16x8.splat(<i16>from)), isBefore);
}

/** The greatest of eight numbers without sign. */
// @ts-ignore: decorator
@inline
export function greatestOf(values: v128): u32 {
  const four = i16x8.max_u(values, i8x16.shuffle(values, values, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  const two = i16x8.max_u(four, i8x16.shuffle(four, four, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3));
  const one = i16x8.max_u(two, i8x16.shuffle(two, two, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1));
  return <u32>i16x8.extract_lane_u(one, 0);
}

/** The sum of four numbers. */
// @ts-ignore: decorator
@inline
export function sumOf(values: v128): i64 {
  return (
    <i64>i32x4.extract_lane(values, 0) +
    <i64>i32x4.extract_lane(values, 1) +
    <i64>i32x4.extract_lane(values, 2) +
    <i64>i32x4.extract_lane(values, 3)
  );
}

/** Square roots of the lower two of four numbers. */
// @ts-ignore: decorator
@inline
export function rootsOfTwo(squares: v128): v128 {
  return f64x2.sqrt(f64x2.convert_low_i32x4_s(squares));
}

/** The upper half in the place of the lower. */
// @ts-ignore: decorator
@inline
export function upperHalf(values: v128): v128 {
  return i8x16.shuffle(values, values, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
}
