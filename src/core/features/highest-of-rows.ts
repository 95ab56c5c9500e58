type ThreeRows = readonly [Uint16Array, Uint16Array, Uint16Array];

/** Writes to `out` the greatest value of all rows at each place; 0 without rows. */
export function highestOfRows(rows: readonly Uint16Array[], out: Uint16Array): void {
  out.fill(0);
  // A row twice changes nothing.
  for (let k = 0; k < rows.length; k += 3)
    raise(out, [rows[k]!, rows[k + 1] ?? rows[k]!, rows[k + 2] ?? rows[k]!]);
}

/**
 * Three rows a turn, so that the highest so far is read and written a third as often. Without branches, because noise
 * makes every second one wrong: a negative difference is kept, any other becomes 0.
 */
function raise(highest: Uint16Array, [a, b, c]: ThreeRows): void {
  for (let i = 0; i < highest.length; i += 1) {
    const ab = a[i]! - ((a[i]! - b[i]!) & ((a[i]! - b[i]!) >> 31));
    const abc = ab - ((ab - c[i]!) & ((ab - c[i]!) >> 31));
    highest[i] = abc - ((abc - highest[i]!) & ((abc - highest[i]!) >> 31));
  }
}
