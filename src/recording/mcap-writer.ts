import type { McapChunkBuilder } from "@mcap/core";
import { assert, Failure, machineFault } from "#core/failure.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { microsPerSecond } from "#core/time.ts";
import { encodeEntryJson } from "./entry-json.ts";
import { channelIdOf, mcapChannels, mcapProfile, mcapSchemas } from "./mcap-channels.ts";
import { McapFileWriter } from "./mcap-file-writer.ts";
import { type Overwrite, writeFailure } from "./partial-file.ts";
import type { RecordingEntry } from "./recording-entry.ts";
import { atMicrosMax } from "./recording-limits.ts";
import { encodeThermalMessage } from "./thermal-message.ts";

/** A chunk ends when its entries span this long: a killed writer loses at most as much. Its first picture is a key picture. */
export const chunkSpanMicrosMax = 10 * microsPerSecond;

/** A chunk ends when it holds this many bytes before compression. */
export const chunkBytesMax = 4 * 1024 * 1024;

/** Chunks that may wait for the disk; a further one is refused. */
export const waitingChunksMax = 8;

/** Largest file; `write` refuses more. About 20 hours of pictures. */
export const recordingBytesMax = 4 * 1024 * 1024 * 1024;

/** How to write a recording. */
export interface McapWriterOptions {
  /** By default an existing file is never touched. */
  readonly overwrite?: Overwrite;
  /** Smaller limit than `recordingBytesMax`. */
  readonly bytesMax?: number;
  /** Other span than `chunkSpanMicrosMax`: what a power cut may cost. */
  readonly chunkSpanMicros?: number;
}

/**
 * Writes a recording as MCAP, so that reading it back gives exactly the same entries in the same order. The file is
 * PATH.partial until `close`. Entries go to disk chunk by chunk; the promise of `write` waits only when a chunk is
 * written. Not kept: the sign of a zero.
 */
export class McapRecordingWriter {
  readonly #path: string;
  readonly #file: McapFileWriter;
  readonly #bytesMax: number;
  readonly #chunkSpanMicros: number;
  #chunkStartMicros: number | null = null;
  #previousFrame: ThermalFrame | null = null;
  #waiting = 0;
  #entriesOnDisk = 0;
  #written: Promise<void> = Promise.resolve();
  #failure: Failure | null = null;

  private constructor(path: string, file: McapFileWriter, options: McapWriterOptions) {
    this.#path = path;
    this.#file = file;
    this.#bytesMax = Math.min(options.bytesMax ?? recordingBytesMax, recordingBytesMax);
    this.#chunkSpanMicros = options.chunkSpanMicros ?? chunkSpanMicrosMax;
  }

  /**
   * Begins PATH.partial. Throws Failure: "input" when the file exists or the folder is missing or read-only, "machine"
   * when the disk refuses.
   */
  static async create(path: string, options: McapWriterOptions = {}): Promise<McapRecordingWriter> {
    const file = await McapFileWriter.create({
      path,
      overwrite: options.overwrite ?? "refuse",
      profile: mcapProfile,
      schemas: mcapSchemas(),
      channels: mcapChannels(),
    });
    return new McapRecordingWriter(path, file, options);
  }

  /** Bytes of the file so far, without the chunk being filled. */
  get bytesWritten(): number {
    return this.#file.position;
  }

  /** Entries that survive a power cut: the first so many that were written. */
  get entriesOnDisk(): number {
    return this.#entriesOnDisk;
  }

  /**
   * Appends an entry. Rejects with Failure("machine"): "recording-full" at the size limit (the entry is not written,
   * the file can be closed and is whole), "recording-too-slow" when the disk is too far behind, or what the disk says;
   * after a disk failure every further write rejects.
   */
  async write(entry: RecordingEntry): Promise<void> {
    assert(
      Number.isSafeInteger(entry.atMicros) && entry.atMicros >= 0,
      "entries have a time in microseconds",
    );
    assert(entry.atMicros <= atMicrosMax, "entries lie before the year 2200");
    if (this.#failure !== null) throw this.#failure;
    this.#refuseTooMuch();
    const chunkWritten = this.#chunkIsDone(entry.atMicros) ? this.#endChunk() : null;
    this.#chunkStartMicros ??= entry.atMicros;
    const data = this.#encode(entry);
    this.#file.addMessage({ channelId: channelIdOf(entry.kind), atMicros: entry.atMicros, data });
    await chunkWritten;
  }

  /** Brings everything written so far to disk, so that it survives a power cut; rejects as `write` does. */
  async flush(): Promise<void> {
    await this.#endChunk();
  }

  /** Closes the file as it is, under its partial name: for a disk that fails. */
  async leave(): Promise<void> {
    await this.#written;
    await this.#file.leave();
  }

  /** Writes what is left and gives the file its name. Rejects with the Failure of the disk, leaving PATH.partial. */
  async close(): Promise<void> {
    try {
      await this.#endChunk();
    } catch (error) {
      await this.#file.leave();
      throw error;
    }
    await this.#file.close();
  }

  /** Gives the recording up: nothing is left behind. */
  async abandon(): Promise<void> {
    await this.#written;
    await this.#file.abandon();
  }

  #encode(entry: RecordingEntry): Uint8Array {
    if (entry.kind !== "thermal") return encodeEntryJson(entry);
    const data = encodeThermalMessage(entry.frame, this.#previousFrame);
    // A copy: the caller may use its pixels again.
    this.#previousFrame = { ...entry.frame, pixels: entry.frame.pixels.slice() };
    return data;
  }

  #refuseTooMuch(): void {
    if (this.#waiting >= waitingChunksMax)
      throw machineFault(
        "recording-too-slow",
        `${this.#path} cannot be written as fast as entries come: use a faster disk.`,
      );
    if (this.#file.position + this.#file.chunkBytes < this.#bytesMax) return;
    throw machineFault(
      "recording-full",
      `${this.#path} has reached ${this.#bytesMax} bytes, the most for one recording: begin another file.`,
    );
  }

  #chunkIsDone(atMicros: number): boolean {
    if (this.#chunkStartMicros === null) return false;
    const spanMicros = Math.abs(atMicros - this.#chunkStartMicros);
    return spanMicros >= this.#chunkSpanMicros || this.#file.chunkBytes >= chunkBytesMax;
  }

  async #endChunk(): Promise<void> {
    const chunk = this.#file.takeChunk();
    this.#chunkStartMicros = null;
    this.#previousFrame = null;
    if (chunk !== null) {
      this.#waiting += 1;
      this.#written = this.#written.then(() => this.#writeChunk(chunk));
    }
    await this.#written;
    if (this.#failure !== null) throw this.#failure;
  }

  async #writeChunk(chunk: McapChunkBuilder): Promise<void> {
    try {
      if (this.#failure !== null) return;
      await this.#file.writeChunk(chunk, "sync");
      this.#entriesOnDisk += chunk.numMessages;
    } catch (error) {
      this.#failure = error instanceof Failure ? error : writeFailure(this.#path, error);
    } finally {
      this.#waiting -= 1;
    }
  }
}
