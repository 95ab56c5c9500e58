import { assert } from "../failure.ts";

/** Rows of values of which the median is taken place by place. */
export const medianRows = 9;

type Row = Uint16Array;
type NineRows = readonly [Row, Row, Row, Row, Row, Row, Row, Row, Row];

/**
 * Writes to `out` the median of nine rows at each place. Each triple is sorted; the median of nine is the median of
 * the greatest low, the middle middle and the least high (Paeth, Median Finding on a 3×3 Grid, Graphics Gems 1990).
 * It works in registers and without branches: each value is read once, and noise mispredicts nothing.
 */
export function medianOfNine(rows: readonly Uint16Array[], out: Uint16Array): void {
  assert(rows.length === medianRows, "the median of nine has nine rows");
  const [a, b, c, d, e, f, g, h, i] = rows as NineRows;
  for (let k = 0; k < out.length; k += 1) {
    const a0 = a[k]!;
    const b0 = b[k]!;
    const c0 = c[k]!;
    const d0 = d[k]!;
    const e0 = e[k]!;
    const f0 = f[k]!;
    const g0 = g[k]!;
    const h0 = h[k]!;
    const i0 = i[k]!;
    const low1 = lesser(a0, lesser(b0, c0));
    const low2 = lesser(d0, lesser(e0, f0));
    const low3 = lesser(g0, lesser(h0, i0));
    const high1 = greater(a0, greater(b0, c0));
    const high2 = greater(d0, greater(e0, f0));
    const high3 = greater(g0, greater(h0, i0));
    const middle = middleOf(
      a0 + b0 + c0 - low1 - high1,
      d0 + e0 + f0 - low2 - high2,
      g0 + h0 + i0 - low3 - high3,
    );
    out[k] = middleOf(greater(low1, greater(low2, low3)), middle, lesser(high1, lesser(high2, high3)));
  }
}

function middleOf(a: number, b: number, c: number): number {
  return greater(lesser(a, b), lesser(greater(a, b), c));
}

// The difference where it is negative, else 0: no branch that noise would mispredict.

function lesser(a: number, b: number): number {
  return b + ((a - b) & ((a - b) >> 31));
}

function greater(a: number, b: number): number {
  return a - ((a - b) & ((a - b) >> 31));
}
