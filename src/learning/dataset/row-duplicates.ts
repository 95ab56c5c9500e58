import { createHash } from "node:crypto";
import { featureColumnNames, splitNames } from "./dataset-columns.ts";
import type { DatasetTable } from "./open-dataset.ts";

/** Words and numbers that the search for leaks reads beside the features. */
export const leakWords = ["family", "room", "scenario", "kind"] as const;

/** Stands in a table for a word that nobody knows: rows do not share it. */
export const unknownWord = "none";

/** Rows that occur twice, and what occurs in two splits. */
export interface LeakReport {
  /** Rows equal in every feature to an earlier one: of its own pair (before ignition: meant so), or of another. */
  readonly duplicatesInPair: number;
  readonly duplicatesElsewhere: number;
  /** Rows equal to one of another split. */
  readonly duplicatesAcrossSplits: number;
  readonly episodesInTwoSplits: readonly string[];
  readonly pairsInTwoSplits: readonly string[];
  /** Families of fires and nuisances; quiet belongs in every split. */
  readonly familiesInTwoSplits: readonly string[];
  readonly roomsInTwoSplits: readonly string[];
  /** Those of them that the test split has. */
  readonly testRoomsElsewhere: readonly string[];
}

/** Looks for rows and groups that occur in more than one place. */
export function findLeaks(table: DatasetTable): LeakReport {
  const splitOf = (row: number) => splitNames[table.splits[row]!]!;
  const word = (name: string) => {
    const column = table.words.get(name)!;
    return (row: number) => column.names[column.codes[row]!]!;
  };
  const kind = word("kind");
  const inTwo = (key: (row: number) => string | null) => keysInTwoSplits(table, { key, splitOf });
  const family = word("family");
  const roomWord = word("room");
  const room = (row: number) => (roomWord(row) === unknownWord ? null : roomWord(row));
  const roomsInTwoSplits = inTwo(room);
  const testRooms = new Set<string | null>();
  for (let row = 0; row < table.rows; row += 1) if (splitOf(row) === "test") testRooms.add(room(row));
  return {
    ...countDuplicates(table),
    episodesInTwoSplits: inTwo((row) => String(table.groups[row])),
    pairsInTwoSplits: inTwo((row) => String(table.pairs[row])),
    familiesInTwoSplits: inTwo((row) =>
      kind(row) === "fire" || kind(row) === "nuisance" ? family(row) : null,
    ),
    roomsInTwoSplits,
    testRoomsElsewhere: roomsInTwoSplits.filter((name) => testRooms.has(name)),
  };
}

function keysInTwoSplits(
  table: DatasetTable,
  by: { readonly key: (row: number) => string | null; readonly splitOf: (row: number) => string },
): readonly string[] {
  const first = new Map<string, string>();
  const found = new Set<string>();
  for (let row = 0; row < table.rows; row += 1) {
    const key = by.key(row);
    if (key === null) continue;
    const split = by.splitOf(row);
    const known = first.get(key);
    if (known === undefined) first.set(key, split);
    else if (known !== split) found.add(key);
  }
  return [...found].sort();
}

function countDuplicates(
  table: DatasetTable,
): Pick<LeakReport, "duplicatesInPair" | "duplicatesElsewhere" | "duplicatesAcrossSplits"> {
  const columns = featureColumnNames.flatMap((name) => table.numbers.get(name) ?? []);
  const seen = new Map<string, number>();
  const row = new Float32Array(columns.length);
  const bytes = new Uint8Array(row.buffer);
  let duplicatesInPair = 0;
  let duplicatesElsewhere = 0;
  let duplicatesAcrossSplits = 0;
  for (let i = 0; i < table.rows; i += 1) {
    for (let k = 0; k < columns.length; k += 1) row[k] = columns[k]![i]!;
    const key = createHash("sha1").update(bytes).digest("base64");
    const first = seen.get(key);
    if (first === undefined) seen.set(key, i);
    else if (table.splits[first] !== table.splits[i]) duplicatesAcrossSplits += 1;
    else if (table.pairs[first] === table.pairs[i]) duplicatesInPair += 1;
    else duplicatesElsewhere += 1;
  }
  return { duplicatesInPair, duplicatesElsewhere, duplicatesAcrossSplits };
}
