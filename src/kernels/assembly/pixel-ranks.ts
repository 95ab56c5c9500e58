// Median and maximum of each pixel over several pictures, eight pixels at a time. The definitions are
// src/core/features/{median-of-nine,highest-of-rows}.ts; results are equal to the last bit, because nothing is added.
// Memory belongs to the host: pictures begin `rowBytes`, a multiple of 16, after each other, and whole vectors are read
// and written up to the end of each.

// @ts-ignore: decorator
@inline
function middleOf(a: v128, b: v128, c: v128): v128 {
  return i16x8.max_u(i16x8.min_u(a, b), i16x8.min_u(i16x8.max_u(a, b), c));
}

// @ts-ignore: decorator
@inline
function leastOf(a: v128, b: v128, c: v128): v128 {
  return i16x8.min_u(a, i16x8.min_u(b, c));
}

// @ts-ignore: decorator
@inline
function greatestOf(a: v128, b: v128, c: v128): v128 {
  return i16x8.max_u(a, i16x8.max_u(b, c));
}

/** Writes the median of nine pictures that begin at `rows`. */
export function medianOfNine(rows: usize, rowBytes: usize, result: usize): void {
  for (let k: usize = 0; k < rowBytes; k += 16) {
    let at = rows + k;
    const a = v128.load(at);
    at += rowBytes;
    const b = v128.load(at);
    at += rowBytes;
    const c = v128.load(at);
    at += rowBytes;
    const d = v128.load(at);
    at += rowBytes;
    const e = v128.load(at);
    at += rowBytes;
    const f = v128.load(at);
    at += rowBytes;
    const g = v128.load(at);
    at += rowBytes;
    const h = v128.load(at);
    at += rowBytes;
    const i = v128.load(at);
    const low = greatestOf(leastOf(a, b, c), leastOf(d, e, f), leastOf(g, h, i));
    const middle = middleOf(middleOf(a, b, c), middleOf(d, e, f), middleOf(g, h, i));
    const high = leastOf(greatestOf(a, b, c), greatestOf(d, e, f), greatestOf(g, h, i));
    v128.store(result + k, middleOf(low, middle, high));
  }
}

/** Writes the maximum of `count` pictures that begin at `rows`, at least one. */
export function highestOf(rows: usize, count: i32, rowBytes: usize, result: usize): void {
  for (let k: usize = 0; k < rowBytes; k += 16) {
    let highest = v128.load(rows + k);
    for (let row = 1; row < count; row += 1)
      highest = i16x8.max_u(highest, v128.load(rows + <usize>row * rowBytes + k));
    v128.store(result + k, highest);
  }
}
