import { ByteWriter, type ColumnSource, ParquetWriter } from "hyparquet-writer";
import {
  codeColumns,
  datasetLayoutVersion,
  episodeNumberNames,
  episodeWordNames,
  numberColumnNames,
} from "./dataset-columns.ts";
import type { EpisodeRows } from "./episode-rows.ts";
import { HashedFile, type WrittenFile } from "./hashed-file.ts";

/** Rows of one row group: what is held in memory at a time, about 4 MB. */
export const rowGroupRows = 8192;

/** The writer has a reader, and types, of its own. */
type Schema = ConstructorParameters<typeof ParquetWriter>[0]["schema"];

const codeNames = Object.keys(codeColumns) as (keyof typeof codeColumns)[];

/** Episode numbers that are whole and below 2³¹. */
const wholeNumbers = new Set<string>(["episode", "pair", "seed", "is_hot_process", "mask"]);

/** The columns of a Parquet file in their order, with their types; all are required, absent numbers are NaN. */
const schema: Schema = [
  {
    name: "root",
    num_children:
      codeNames.length + numberColumnNames.length + episodeWordNames.length + episodeNumberNames.length,
  },
  ...codeNames.map(wordElement),
  ...numberColumnNames.map((name) => ({ name, type: "FLOAT", repetition_type: "REQUIRED" }) as const),
  ...episodeWordNames.map(wordElement),
  ...episodeNumberNames.map(
    (name) =>
      ({ name, type: wholeNumbers.has(name) ? "INT32" : "DOUBLE", repetition_type: "REQUIRED" }) as const,
  ),
];

function wordElement(name: string): Schema[number] {
  return { name, type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" };
}

/** Writes the rows of one split as Parquet, a row group at a time. */
export class ParquetSplit {
  readonly #file: HashedFile;
  readonly #bytes = new ByteWriter(1 << 20);
  readonly #parquet: ParquetWriter;
  readonly #numbers = numberColumnNames.map(() => new Float32Array(rowGroupRows));
  readonly #codes: string[][] = codeNames.map(() => []);
  readonly #words: string[][] = episodeWordNames.map(() => []);
  readonly #episodeNumbers: number[][] = episodeNumberNames.map(() => []);
  #filled = 0;

  private constructor(file: HashedFile) {
    this.#file = file;
    this.#parquet = new ParquetWriter({
      writer: this.#bytes,
      schema,
      createdBy: "emberwatch",
      kvMetadata: [{ key: "emberwatch-layout", value: String(datasetLayoutVersion) }],
    });
  }

  /** Begins the file. Throws as `HashedFile.create` does. */
  static async create(path: string): Promise<ParquetSplit> {
    return new ParquetSplit(await HashedFile.create(path));
  }

  /** Adds all rows of an episode. */
  async add(episode: EpisodeRows): Promise<void> {
    for (let row = 0; row < episode.rows; row += 1) {
      this.#addRow(episode, row);
      if (this.#filled === rowGroupRows) await this.#flush();
    }
  }

  /** Completes the file. */
  async finish(): Promise<WrittenFile> {
    await this.#flush();
    await this.#parquet.finish();
    await this.#drain();
    return this.#file.commit();
  }

  /** Gives up: nothing is left behind. */
  async discard(): Promise<void> {
    await this.#file.discard();
  }

  #addRow(episode: EpisodeRows, row: number): void {
    const at = this.#filled;
    const first = row * numberColumnNames.length;
    for (let k = 0; k < this.#numbers.length; k += 1)
      this.#numbers[k]![at] = episode.numbersByRow[first + k]!;
    this.#codes[0]!.push(codeColumns.label[episode.labels[row]!]!);
    this.#codes[1]!.push(codeColumns.stage[episode.stages[row]!]!);
    episodeWordNames.forEach((name, k) => {
      this.#words[k]!.push(episode.words[name]);
    });
    episodeNumberNames.forEach((name, k) => {
      this.#episodeNumbers[k]!.push(episode.numbers[name]);
    });
    this.#filled += 1;
  }

  async #flush(): Promise<void> {
    const rows = this.#filled;
    if (rows === 0) return;
    const columnData: ColumnSource[] = [
      ...codeNames.map((name, k) => ({ name, data: this.#codes[k]! })),
      // Most numbers differ from row to row: bytes of the same place compress better side by side.
      ...numberColumnNames.map((name, k) => ({
        name,
        data: this.#numbers[k]!.subarray(0, rows),
        encoding: "BYTE_STREAM_SPLIT" as const,
      })),
      ...episodeWordNames.map((name, k) => ({ name, data: this.#words[k]! })),
      ...episodeNumberNames.map((name, k) => ({ name, data: this.#episodeNumbers[k]! })),
    ];
    await this.#parquet.write({ columnData, rowGroupSize: rowGroupRows });
    await this.#drain();
    for (const column of [...this.#codes, ...this.#words, ...this.#episodeNumbers]) column.length = 0;
    this.#filled = 0;
  }

  /** Hands on what the Parquet writer has put into its buffer. */
  async #drain(): Promise<void> {
    await this.#file.write(this.#bytes.getBytes());
    this.#bytes.index = 0;
  }
}
