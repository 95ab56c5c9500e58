/**
 * Share of bad pixels that the maker does not allow (facts sheet §1.1, Lepton engineering data sheet: operability above
 * 99 %); the finder maps no more than this.
 */
const badShare = 0.01;

/**
 * So many bad pixels in one row or column are a cluster, which the maker does not allow either (§1.1: "no clusters").
 * The data sheet does not say how many make one. The number is assumed: a few stray pixels, one pair of them, do not
 * reach it by chance, and the 19 that a real module had in its row 76 are more than twice as many.
 */
export const badPixelsInLine = 8;

/**
 * What is wrong with a camera whose bad pixels are these (1 = bad), as a sentence with what to do; null when they are no
 * more than a good camera may have. Rows and columns are counted from 0, as everywhere.
 */
export function badPixelComplaint(map: Uint8Array, widthPixels: number): string | null {
  const heightPixels = map.length / widthPixels;
  const inRow = new Uint32Array(heightPixels);
  const inColumn = new Uint32Array(widthPixels);
  let bad = 0;
  for (let i = 0; i < map.length; i += 1) {
    if (map[i] === 0) continue;
    bad += 1;
    inRow[Math.floor(i / widthPixels)]! += 1;
    inColumn[i % widthPixels]! += 1;
  }
  if (bad >= Math.floor(badShare * map.length))
    return "At least 1 % of the camera's pixels are bad: replace the camera.";
  const row = inRow.findIndex((count) => count >= badPixelsInLine);
  if (row >= 0) return lineComplaint(`row ${row}`);
  const column = inColumn.findIndex((count) => count >= badPixelsInLine);
  return column < 0 ? null : lineComplaint(`column ${column}`);
}

/** No exact number in it: pixels are found one after the other, and the fault is told once. */
function lineComplaint(line: string): string {
  return `${badPixelsInLine} or more pixels in ${line} of the camera's picture are bad: their neighbours stand in for them, so that small heat is seen worse there. Replace the camera.`;
}
