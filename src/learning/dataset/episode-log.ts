import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { assert, machineFault } from "#core/failure.ts";
import {
  type EpisodeNumberName,
  type EpisodeWordName,
  episodeNumberNames,
  numberColumnNames,
} from "./dataset-columns.ts";
import type { EpisodeRows } from "./episode-rows.ts";

/** Marks the beginning of a record: "EWEP". */
const magic = 0x50455745;
const headerBytes = 16;
/** A record that claims to be longer is damage: a day of one episode has 43 MB. */
const recordBytesMax = 256 * 1024 * 1024;

/** The head of a record, as JSON; absent numbers null. */
interface RecordHead {
  readonly words: Record<EpisodeWordName, string>;
  readonly numbers: Record<EpisodeNumberName, number | null>;
  readonly rows: number;
  readonly blindSeconds: number;
}

/**
 * Finished episodes in a file, one after the other, so that an interrupted run goes on where it was. Each record has a
 * checksum; what a killed writer left half-written at the end is cut off when the log is opened again.
 */
export class EpisodeLog {
  readonly #path: string;
  readonly #file: FileHandle;
  #position: number;
  /** Episodes in the log. */
  episodes = 0;
  /** Rows in the log. */
  rows = 0;

  private constructor(path: string, options: { readonly file: FileHandle; readonly position: number }) {
    this.#path = path;
    this.#file = options.file;
    this.#position = options.position;
  }

  /** Opens a log or begins one. Throws a machine fault when the disk refuses. */
  static async open(path: string): Promise<EpisodeLog> {
    const file = await open(path, "a+").catch((error: unknown) => {
      throw machineFault("dataset-log", `${path} could not be opened: check the disk.`, { cause: error });
    });
    let end = 0;
    let episodes = 0;
    let rows = 0;
    for await (const record of records(file)) {
      end = record.endsAt;
      episodes += 1;
      rows += record.rows.rows;
    }
    await file.truncate(end);
    const log = new EpisodeLog(path, { file, position: end });
    log.episodes = episodes;
    log.rows = rows;
    return log;
  }

  /** Adds an episode. Throws a machine fault when the disk refuses. */
  async append(rows: EpisodeRows): Promise<void> {
    const bytes = encodeRecord(rows);
    // The file is opened for appending: what is written goes to its end.
    await this.#file.appendFile(bytes).catch((error: unknown) => {
      throw machineFault("dataset-log", `${this.#path} could not be written: free space on the disk.`, {
        cause: error,
      });
    });
    this.#position += bytes.length;
    this.episodes += 1;
    this.rows += rows.rows;
  }

  /** The episodes in their order, read one at a time. */
  async *read(): AsyncGenerator<EpisodeRows, void, undefined> {
    let end = 0;
    for await (const record of records(this.#file)) {
      end = record.endsAt;
      yield record.rows;
    }
    if (end !== this.#position)
      throw machineFault(
        "dataset-log",
        `${this.#path} changed while it was read: begin again in a new folder.`,
      );
  }

  /** Closes the file; it stays. */
  async close(): Promise<void> {
    await this.#file.close();
  }
}

function encodeRecord(episode: EpisodeRows): Buffer {
  const { words, numbers, rows, blindSeconds, labels, stages, numbersByRow } = episode;
  assert(
    labels.length === rows &&
      stages.length === rows &&
      numbersByRow.length === rows * numberColumnNames.length,
    "every row has its label, stage and numbers",
  );
  const head = Buffer.from(JSON.stringify({ words, numbers, rows, blindSeconds }));
  const floats = Buffer.from(numbersByRow.buffer, numbersByRow.byteOffset, numbersByRow.byteLength);
  const body = Buffer.concat([head, labels, stages, floats]);
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(magic, 0);
  header.writeUInt32LE(head.length, 4);
  header.writeUInt32LE(body.length, 8);
  header.writeUInt32LE(crc32(body), 12);
  return Buffer.concat([header, body]);
}

async function* records(
  file: FileHandle,
): AsyncGenerator<{ readonly rows: EpisodeRows; readonly endsAt: number }, void, undefined> {
  const { size } = await file.stat();
  const header = Buffer.alloc(headerBytes);
  for (let at = 0; at + headerBytes <= size; ) {
    await file.read(header, 0, headerBytes, at);
    const length = header.readUInt32LE(8);
    const endsAt = at + headerBytes + length;
    if (header.readUInt32LE(0) !== magic || length > recordBytesMax || endsAt > size) return;
    const body = Buffer.alloc(length);
    await file.read(body, 0, length, at + headerBytes);
    if (crc32(body) !== header.readUInt32LE(12)) return;
    yield { rows: decodeBody(body, header.readUInt32LE(4)), endsAt };
    at = endsAt;
  }
}

function decodeBody(body: Buffer, headLength: number): EpisodeRows {
  // The checksum has vouched for it: we wrote this ourselves.
  const head = JSON.parse(body.toString("utf8", 0, headLength)) as RecordHead;
  const { rows, words, blindSeconds } = head;
  const numbers = Object.fromEntries(
    episodeNumberNames.map((name) => [name, head.numbers[name] ?? Number.NaN]),
  ) as Record<EpisodeNumberName, number>;
  const labelsAt = headLength;
  const floatsAt = labelsAt + 2 * rows;
  const numbersByRow = new Float32Array(rows * numberColumnNames.length);
  body.copy(Buffer.from(numbersByRow.buffer), 0, floatsAt);
  return {
    words,
    numbers,
    rows,
    blindSeconds,
    labels: Uint8Array.from(body.subarray(labelsAt, labelsAt + rows)),
    stages: Uint8Array.from(body.subarray(labelsAt + rows, floatsAt)),
    numbersByRow,
  };
}
