import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead } from "hyparquet";
import { badInput } from "#core/failure.ts";
import { type DataCard, dataCardName, parseDataCard } from "./data-card.ts";
import {
  allColumnNames,
  episodeNumberNames,
  labelNames,
  type SplitName,
  splitNames,
} from "./dataset-columns.ts";

/** Most numbers held in memory at a time (1 GiB of 32-bit floats); a larger selection is refused. */
export const tableNumbersMax = 256 * 1024 * 1024;

/** What to read. */
export interface DatasetSelection {
  readonly splits: readonly SplitName[];
  /** Number columns: features, facts, numbers of episodes; see `dataset-columns.ts`. */
  readonly numbers: readonly string[];
  /** Word columns beside the label. */
  readonly words?: readonly string[];
}

/** Numbers of a column: features and facts as 32-bit floats; numbers of episodes, such as seeds, need all their digits. */
export type NumberColumn = Float32Array | Float64Array;

const wideNames = new Set<string>(episodeNumberNames);

/** A column of words: `names[codes[row]]`. */
export interface WordColumn {
  readonly codes: Uint16Array;
  readonly names: readonly string[];
}

/** Rows in memory, column by column; the splits one after the other, each in the order of its file. */
export interface DatasetTable {
  readonly rows: number;
  /** Codes of `labelNames`. */
  readonly labels: Uint8Array;
  /** Number of the episode: rows of one episode must never be divided. */
  readonly groups: Int32Array;
  /** Number of the pair of a fire and its unlit twin, else that of the episode: what must stay together. */
  readonly pairs: Int32Array;
  /** Codes of `splitNames`. */
  readonly splits: Uint8Array;
  /** By column name; absent values NaN. */
  readonly numbers: ReadonlyMap<string, NumberColumn>;
  readonly words: ReadonlyMap<string, WordColumn>;
}

/** A data set in a folder. */
export interface Dataset {
  readonly path: string;
  readonly card: DataCard;
  /** Reads some columns of some splits. Throws `badInput` for a column that there is not, or more than fits. */
  read(selection: DatasetSelection): Promise<DatasetTable>;
}

/** Opens a data set. Throws `badInput` when the folder holds none, or an unfinished one. */
export async function openDataset(path: string): Promise<Dataset> {
  const cardPath = join(path, dataCardName);
  const text = await readFile(cardPath, "utf8").catch((error: unknown) => {
    throw badInput(
      "dataset-missing",
      `${path} holds no finished data set (${dataCardName} cannot be read): name a folder that dataset generate or dataset import has made.`,
      { cause: error },
    );
  });
  const card = parseDataCard(text, cardPath);
  return { path, card, read: (selection) => readTable({ path, card }, selection) };
}

async function readTable(
  dataset: { readonly path: string; readonly card: DataCard },
  selection: DatasetSelection,
): Promise<DatasetTable> {
  checkColumns(selection);
  const files = dataset.card.files.filter(
    ({ name, split }) => name.endsWith(".parquet") && selection.splits.includes(split),
  );
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const numberNames = [...new Set(["episode", "pair", ...selection.numbers])];
  if (rows * numberNames.length > tableNumbersMax)
    throw badInput(
      "dataset-too-large",
      `${dataset.path}: ${rows} rows of ${numberNames.length} columns do not fit into memory: read fewer columns or splits.`,
    );
  const table = new TableInMaking(rows, { numberNames, wordNames: ["label", ...(selection.words ?? [])] });
  for (const { name, split, rows: rowsOfFile } of files) {
    table.splits.fill(splitNames.indexOf(split), table.filled, table.filled + rowsOfFile);
    await readFileInto(join(dataset.path, name), { table, rows: rowsOfFile });
    table.filled += rowsOfFile;
  }
  return table.finish();
}

function checkColumns({ numbers, words = [] }: DatasetSelection): void {
  const unknown = [...numbers, ...words].find((name) => !allColumnNames.includes(name));
  if (unknown !== undefined)
    throw badInput("dataset-column", `A data set has no column "${unknown}": see the guide to data sets.`);
}

async function readFileInto(
  path: string,
  into: { readonly table: TableInMaking; readonly rows: number },
): Promise<void> {
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    if (Number(metadata.num_rows) !== into.rows) throw new Error(`it has ${metadata.num_rows} rows`);
    let rowStart = 0;
    // One row group at a time, so that only that much is unpacked beside the table.
    for (const { num_rows } of metadata.row_groups) {
      const rowEnd = rowStart + Number(num_rows);
      const onChunk = into.table.take.bind(into.table);
      await parquetRead({ file, metadata, columns: into.table.columnNames, rowStart, rowEnd, onChunk });
      rowStart = rowEnd;
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw badInput(
      "dataset-damaged",
      `${path} is not as the data card says (${why}): copy or make it again.`,
      {
        cause: error,
      },
    );
  }
}

/** A table while its files are read. */
class TableInMaking {
  readonly columnNames: string[];
  readonly splits: Uint8Array;
  filled = 0;
  readonly #rows: number;
  readonly #numbers: ReadonlyMap<string, NumberColumn>;
  readonly #words: ReadonlyMap<string, { codes: Uint16Array; names: string[]; known: Map<string, number> }>;

  constructor(
    rows: number,
    columns: { readonly numberNames: readonly string[]; readonly wordNames: readonly string[] },
  ) {
    this.#rows = rows;
    this.columnNames = [...columns.wordNames, ...columns.numberNames];
    this.splits = new Uint8Array(rows);
    this.#numbers = new Map(
      columns.numberNames.map((name) => [
        name,
        wideNames.has(name) ? new Float64Array(rows) : new Float32Array(rows),
      ]),
    );
    this.#words = new Map(
      columns.wordNames.map((name) => [name, { codes: new Uint16Array(rows), names: [], known: new Map() }]),
    );
  }

  take(chunk: {
    readonly columnName: string;
    readonly columnData: ArrayLike<unknown>;
    readonly rowStart: number;
  }): void {
    const { columnName, columnData } = chunk;
    const first = this.filled + chunk.rowStart;
    const numbers = this.#numbers.get(columnName);
    if (numbers !== undefined) {
      for (let i = 0; i < columnData.length; i += 1) numbers[first + i] = Number(columnData[i]);
      return;
    }
    const words = this.#words.get(columnName);
    if (words === undefined) return;
    for (let i = 0; i < columnData.length; i += 1) {
      const word = String(columnData[i]);
      let code = words.known.get(word);
      if (code === undefined) {
        code = words.names.push(word) - 1;
        words.known.set(word, code);
      }
      words.codes[first + i] = code;
    }
  }

  finish(): DatasetTable {
    const label = this.#words.get("label")!;
    const labelCodes = label.names.map((name) => (labelNames as readonly string[]).indexOf(name));
    if (labelCodes.some((code) => code < 0))
      throw badInput(
        "dataset-damaged",
        `A label is none of ${labelNames.join(", ")}: make the data set again.`,
      );
    return {
      rows: this.#rows,
      labels: Uint8Array.from(label.codes, (code) => labelCodes[code]!),
      groups: Int32Array.from(this.#numbers.get("episode")!),
      pairs: Int32Array.from(this.#numbers.get("pair")!),
      splits: this.splits,
      numbers: this.#numbers,
      words: new Map([...this.#words].map(([name, { codes, names }]) => [name, { codes, names }])),
    };
  }
}
