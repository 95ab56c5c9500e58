import { exactMax, greatestOf, lanes, pixel, rootsOfTwo, signed, smaller, sumOf, upperHalf } from "./pixel-lanes";

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
