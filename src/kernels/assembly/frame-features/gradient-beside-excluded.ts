import { exactMax, greatestOf, lanes, pixel, rootsOfTwo, signed, smaller, sumOf, upperHalf } from "./pixel-lanes";

// @ts-ignore: decorator
@inline
function addTo(sum: usize, value: f64): void {
  store<f64>(sum, load<f64>(sum) + value);
}

/** From the pixel before to the one after, doubled where only one of both counts. */
// @ts-ignore: decorator
@inline
function difference(here: v128, before: usize, after: usize, beforeCounts: v128, afterCounts: v128): v128 {
  const from = v128.bitselect(signed(before), here, beforeCounts);
  const to = v128.bitselect(signed(after), here, afterCounts);
  const change = i16x8.sub_sat_s(to, from);
  return i16x8.add_sat_s(change, v128.andnot(change, v128.and(beforeCounts, afterCounts)));
}

/** The same of one pixel, in whole numbers that do not stop at 16 bits. */
// @ts-ignore: decorator
@inline
function steepDifference(at: usize, step: usize, beforeCounts: usize, afterCounts: usize): f64 {
  const hasBefore = load<u16>(beforeCounts) !== 0;
  const hasAfter = load<u16>(afterCounts) !== 0;
  const change = pixel(hasAfter ? at + step : at) - pixel(hasBefore ? at - step : at);
  return <f64>(hasBefore && hasAfter ? change : 2 * change);
}

/** Adds the magnitudes of eight pixels one after the other. */
// @ts-ignore: decorator
@inline
function withRoots(magnitudes: f64, low: v128, high: v128): f64 {
  let sum = magnitudes;
  let roots = rootsOfTwo(low);
  sum += f64x2.extract_lane(roots, 0);
  sum += f64x2.extract_lane(roots, 1);
  roots = rootsOfTwo(upperHalf(low));
  sum += f64x2.extract_lane(roots, 0);
  sum += f64x2.extract_lane(roots, 1);
  roots = rootsOfTwo(high);
  sum += f64x2.extract_lane(roots, 0);
  sum += f64x2.extract_lane(roots, 1);
  roots = rootsOfTwo(upperHalf(high));
  sum += f64x2.extract_lane(roots, 0);
  sum += f64x2.extract_lane(roots, 1);
  return sum;
}

/**
 * Does `sumGradient` of a picture of which some pixels do not count. `kept`, `west`, `east`, `north` and `south` are
 * addresses of 16-bit masks for each pixel: all ones where it, or its neighbour there, counts. Magnitudes are added
 * pixel by pixel, row by row.
 */
export function sumGradientBesideExcluded(
  picture: usize,
  width: i32,
  height: i32,
  kept: usize,
  west: usize,
  east: usize,
  north: usize,
  south: usize,
  sumXx: usize,
  sumXy: usize,
  sumYy: usize,
): f64 {
  const stride: usize = <usize>width << 1;
  const blocksX = (width + 7) >> 3;
  const sumsBytes: usize = <usize>(blocksX * ((height + 7) >> 3)) << 3;
  memory.fill(sumXx, 0, sumsBytes);
  memory.fill(sumXy, 0, sumsBytes);
  memory.fill(sumYy, 0, sumsBytes);
  let magnitudes: f64 = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 8) {
      const offset = <usize>(y * width + x) << 1;
      const block = <usize>((y >> 3) * blocksX + (x >> 3)) << 3;
      const at = picture + offset;
      const counts = v128.and(v128.load(kept + offset), lanes(0, width - x));
      const here = signed(at);
      const across = difference(here, at - 2, at + 2, v128.load(west + offset), v128.load(east + offset));
      const down = difference(
        here,
        y > 0 ? at - stride : at,
        y < height - 1 ? at + stride : at,
        v128.load(north + offset),
        v128.load(south + offset),
      );
      const dx = v128.and(across, counts);
      const dy = v128.and(down, counts);
      if (greatestOf(i16x8.max_u(i16x8.abs(dx), i16x8.abs(dy))) > exactMax) {
        // Pixel by pixel: beside flames.
        const end = offset + (<usize>smaller(8, width - x) << 1);
        for (let i = offset; i < end; i += 2) {
          if (load<u16>(kept + i) === 0) continue;
          const steepX = steepDifference(picture + i, 2, west + i, east + i);
          const steepY = steepDifference(picture + i, stride, north + i, south + i);
          addTo(sumXx + block, steepX * steepX);
          addTo(sumXy + block, steepX * steepY);
          addTo(sumYy + block, steepY * steepY);
          magnitudes += Math.sqrt(steepX * steepX + steepY * steepY);
        }
        continue;
      }
      const xxLow = i32x4.extmul_low_i16x8_s(dx, dx);
      const xxHigh = i32x4.extmul_high_i16x8_s(dx, dx);
      const yyLow = i32x4.extmul_low_i16x8_s(dy, dy);
      const yyHigh = i32x4.extmul_high_i16x8_s(dy, dy);
      addTo(sumXx + block, <f64>sumOf(i32x4.add(xxLow, xxHigh)));
      addTo(sumXy + block, <f64>sumOf(i32x4.dot_i16x8_s(dx, dy)));
      addTo(sumYy + block, <f64>sumOf(i32x4.add(yyLow, yyHigh)));
      magnitudes = withRoots(magnitudes, i32x4.add(xxLow, yyLow), i32x4.add(xxHigh, yyHigh));
    }
  }
  return magnitudes;
}
