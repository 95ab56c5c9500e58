/** At most this many names are suggested. */
const namesMax = 3;
/** Longer words are compared by their first letters only. */
const lettersMax = 64;

/**
 * The names that a mistyped word may have meant, nearest first: those that begin with it or are within a third of its
 * letters in edit distance (Levenshtein: letters put in, left out or changed). None where nothing is near.
 */
export function nearestNames(word: string, names: readonly string[]): readonly string[] {
  const wanted = word.toLowerCase().slice(0, lettersMax);
  if (wanted === "") return [];
  const reach = Math.max(1, Math.floor(wanted.length / 3));
  return names
    .map((name) => ({ name, distance: distanceOf(wanted, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= reach || isPartOf(wanted, name.toLowerCase()))
    .sort((one, other) => one.distance - other.distance)
    .slice(0, namesMax)
    .map(({ name }) => name);
}

/** A word of four letters and more may be part of a name; two letters are in half of them. */
function isPartOf(wanted: string, name: string): boolean {
  return wanted.length >= 4 && name.includes(wanted);
}

/** Levenshtein's distance, row by row of its table. */
function distanceOf(one: string, other: string): number {
  let before = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = before[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      row.push(Math.min(changed, before[j]! + 1, row[j - 1]! + 1));
    }
    before = row;
  }
  return before[other.length]!;
}
