import { exactMax, greatestOf, lanes, pixel, signed, sumOf } from "./pixel-lanes";

/** Two of these make one of those. */
const exactHalfMax: u32 = 5_792;

/**
 * Writes to `sums` five doubles: x·x, x·y, y·y, x·t and y·t of a block of at most 8 columns, the fourfold gradient of
 * both pictures times itself and times the change plus `offset`; and as a sixth the pixels that count. `shift` is from a
 * pixel to its partner. `usable` is the address of a 16-bit mask for each pixel that is all ones where a gradient can be
 * formed; 0 when it can everywhere.
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
  usable: usize,
  sums: usize,
): void {
  const stride: usize = <usize>width << 1;
  const columns = lanes(0, right - left);
  let inside = columns;
  let count = 0;
  let here: usize = usable === 0 ? 0 : usable + (<usize>(top * width + left) << 1);
  const partner = <usize>shift << 1;
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
    if (usable !== 0) {
      inside = v128.and(columns, v128.and(v128.load(here), v128.load(here + partner)));
      here += stride;
    }
    count += popcnt<i32>(i16x8.bitmask(inside));
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
    sumSteepFlowBlock(current, previous, width, left, right, top, bottom, shift, offset, usable, sums);
    return;
  }
  store<f64>(sums, <f64>count, 40);
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
  usable: usize,
  sums: usize,
): void {
  const stride: usize = <usize>width << 1;
  let count = 0;
  let xx: f64 = 0;
  let xy: f64 = 0;
  let yy: f64 = 0;
  let xt: f64 = 0;
  let yt: f64 = 0;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const here = usable + (<usize>(y * width + x) << 1);
      if (usable !== 0 && (load<u16>(here) === 0 || load<u16>(here + (<usize>shift << 1)) === 0)) continue;
      count += 1;
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
  store<f64>(sums, <f64>count, 40);
}
