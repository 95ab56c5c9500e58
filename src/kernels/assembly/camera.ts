// The loops over all pixels of an emulated camera, some pixels at a time. The definition is
// src/simulation/devices/plain-camera-loops.ts; results are equal to the last bit, because every number is worked out
// in 64 bits by the same steps and rounded to 32 where the definition keeps it.
// Memory belongs to the host. Pictures have a multiple of eight pixels, rows an even number.

/** Two numbers of 32 bits as of 64. */
// @ts-ignore: decorator
@inline
function two(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

// @ts-ignore: decorator
@inline
function keepTwo(at: usize, values: v128): void {
  v128.store64_lane(at, f32x4.demote_f64x2_zero(values), 0);
}

/** `tile` is the address of the first pixel's noise; rows of the tile are `tileWidth` numbers apart. */
export function stepWander(
  wander: usize,
  unevenness: usize,
  tile: usize,
  tileWidth: i32,
  columns: usize,
  rows: usize,
  width: i32,
  height: i32,
  kept: f64,
  amplitude: f64,
): void {
  const keptTwice = f64x2.splat(kept);
  const amplitudeTwice = f64x2.splat(amplitude);
  const rowBytes: usize = <usize>width << 2;
  let at: usize = 0;
  for (let y = 0; y < height; y += 1) {
    const row = f64x2.splat(<f64>load<f32>(rows + (<usize>y << 2)));
    const noise = tile + (<usize>(y * tileWidth) << 2);
    for (let x: usize = 0; x < rowBytes; x += 8) {
      const stays = f64x2.mul(keptTwice, two(wander + at));
      const added = f64x2.mul(f64x2.mul(amplitudeTwice, two(unevenness + at)), two(noise + x));
      keepTwo(wander + at, f64x2.add(f64x2.add(f64x2.add(stays, added), two(columns + x)), row));
      at += 8;
    }
  }
}

export function addNoise(
  radiance: usize,
  wander: usize,
  pattern: usize,
  detected: usize,
  pixels: i32,
  gain: f64,
  offset: f64,
): void {
  const gainTwice = f64x2.splat(gain);
  const offsetTwice = f64x2.splat(offset);
  const bytes: usize = <usize>pixels << 2;
  for (let at: usize = 0; at < bytes; at += 8) {
    const noisy = f64x2.add(two(radiance + at), f64x2.mul(gainTwice, two(wander + at)));
    keepTwo(detected + at, f64x2.add(f64x2.add(noisy, two(pattern + at)), offsetTwice));
  }
}

// @ts-ignore: decorator
@inline
function readingOf(readings: usize, count: i32): f32 {
  return load<f32>(readings + (<usize>count << 2));
}

export function countRadiance(
  detected: usize,
  pixels: i32,
  readings: usize,
  most: i32,
  zeroRadiance: f64,
  countsPerRadiance: f64,
): void {
  const zero = f64x2.splat(zeroRadiance);
  const perRadiance = f64x2.splat(countsPerRadiance);
  const half = f64x2.splat(0.5);
  const greatest = i32x4.splat(most);
  const least = i32x4.splat(0);
  const end = detected + (<usize>pixels << 2);
  for (let at = detected; at < end; at += 8) {
    const exact = f64x2.add(f64x2.mul(f64x2.sub(two(at), zero), perRadiance), half);
    const counts = i32x4.max_s(i32x4.min_s(i32x4.trunc_sat_f64x2_s_zero(exact), greatest), least);
    store<f32>(at, readingOf(readings, i32x4.extract_lane(counts, 0)));
    store<f32>(at, readingOf(readings, i32x4.extract_lane(counts, 1)), 4);
  }
}

// @ts-ignore: decorator
@inline
function roundedTwo(at: usize, perCount: v128, isWhole: bool): v128 {
  const values = isWhole ? two(at) : f64x2.div(two(at), perCount);
  return i32x4.trunc_sat_f64x2_s_zero(f64x2.add(values, f64x2.splat(0.5)));
}

// @ts-ignore: decorator
@inline
function roundedFour(at: usize, perCount: v128, isWhole: bool): v128 {
  const first = roundedTwo(at, perCount, isWhole);
  const second = roundedTwo(at + 8, perCount, isWhole);
  return i8x16.shuffle(first, second, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
}

/** Gives the sum of the words. */
export function writeWords(seen: usize, words: usize, pixels: i32, centikelvinPerCount: f64, most: i32): f64 {
  const perCount = f64x2.splat(centikelvinPerCount);
  const isWhole = centikelvinPerCount === 1;
  const greatest = i32x4.splat(most);
  const least = i32x4.splat(0);
  let sum: i64 = 0;
  for (let i: usize = 0; i < <usize>pixels; i += 8) {
    const at = seen + (i << 2);
    const low = i32x4.max_s(i32x4.min_s(roundedFour(at, perCount, isWhole), greatest), least);
    const high = i32x4.max_s(i32x4.min_s(roundedFour(at + 16, perCount, isWhole), greatest), least);
    v128.store(words + (i << 1), i16x8.narrow_i32x4_u(low, high));
    const both = i32x4.add(low, high);
    const pairs = i64x2.add(i64x2.extend_low_i32x4_u(both), i64x2.extend_high_i32x4_u(both));
    sum += i64x2.extract_lane(pairs, 0) + i64x2.extract_lane(pairs, 1);
  }
  return <f64>sum;
}
