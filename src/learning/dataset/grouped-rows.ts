import { crc32 } from "node:zlib";
import { badInput } from "#core/failure.ts";
import { type ImportedGroup, type ImportedRow, wholePictureRow } from "./imported-group.ts";

/** Rows without a group are dealt to this many by their content, so that equal rows stay together. */
export const groupsWithoutNames = 100;

/** Rows of a table, put together by their group's name or, where they have none, by their content. */
export class GroupedRows {
  readonly #file: Pick<ImportedGroup, "origin" | "countedBy">;
  readonly #groups = new Map<
    string,
    Pick<ImportedGroup, "name" | "grouping"> & { readonly rows: ImportedRow[] }
  >();

  constructor(file: Pick<ImportedGroup, "origin" | "countedBy">) {
    this.#file = file;
  }

  /**
   * Adds a row; `group` null: the table names no groups. Throws `badInput` at an empty name: rows that are not known to
   * belong together must not be taken for one recording.
   */
  add(
    row: { readonly number: number; readonly vector: Float64Array; readonly label: number },
    group: string | null,
  ): void {
    const { number, vector, label } = row;
    const { origin, countedBy } = this.#file;
    if (group !== null && group.trim() === "")
      throw badInput(
        "import-group",
        `${origin}, ${countedBy} ${number}: the group is empty: name it, or leave the whole column out.`,
      );
    const name = group ?? `rows-${contentNumber(vector)}`;
    const key = `${group === null ? "content" : "name"} ${name}`;
    const own = this.#groups.get(key) ?? {
      name,
      grouping: group === null ? "by content" : "named",
      rows: [],
    };
    this.#groups.set(key, own);
    own.rows.push({ number, second: Number.NaN, source: wholePictureRow(vector), label });
  }

  /** All groups, in the order in which they began. */
  finish(): readonly ImportedGroup[] {
    return [...this.#groups.values()].map((group) => ({ ...this.#file, ...group, blindSeconds: 0 }));
  }
}

/** The same for equal rows. */
function contentNumber(vector: Float64Array): number {
  return crc32(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)) % groupsWithoutNames;
}
