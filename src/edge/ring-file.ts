import { McapRecordingWriter } from "#recording/mcap-writer.ts";
import type { RecordingEntry } from "#recording/recording-entry.ts";
import type { RingReader } from "./evidence-ring.ts";

/** How a file is written out of a ring. */
export interface RingFileOptions {
  readonly path: string;
  readonly reader: RingReader;
  /** The device's set-up, which stands first. */
  readonly config: RecordingEntry;
  /** What a power cut may cost, in microseconds of recording. */
  readonly chunkSpanMicros: number;
  /** Least time between two pictures that are written; 0 writes all. */
  readonly framePeriodMicros: number;
}

/** One recording that is filled from a ring, a little at a time. */
export class RingFile {
  readonly path: string;
  readonly #options: RingFileOptions;
  readonly #writer: McapRecordingWriter;
  #frames = 0;
  #lastFrameMicros = Number.NEGATIVE_INFINITY;

  private constructor(options: RingFileOptions, writer: McapRecordingWriter) {
    this.path = options.path;
    this.#options = options;
    this.#writer = writer;
  }

  /** Begins PATH.partial; throws the Failures of `McapRecordingWriter`. */
  static async create(options: RingFileOptions): Promise<RingFile> {
    const { path, chunkSpanMicros, config, reader } = options;
    const writer = await McapRecordingWriter.create(path, { chunkSpanMicros });
    const file = new RingFile(options, writer);
    try {
      // Readers count time from a file's first entry, and what the ring holds is older than the file.
      await writer.write({ ...config, atMicros: reader.nextMicros ?? config.atMicros });
    } catch (error) {
      await file.leave();
      throw error;
    }
    return file;
  }

  /** Pictures written so far. */
  get frames(): number {
    return this.#frames;
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#writer.bytesWritten;
  }

  /** Writes at most so many entries; resolves with how many there were. Throws the Failures of the writer. */
  async take(max: number): Promise<number> {
    let taken = 0;
    while (taken < max) {
      const entry = this.#options.reader.next();
      if (entry === null) break;
      taken += 1;
      if (entry.kind !== "thermal") await this.#writer.write(entry);
      else if (this.#isDue(entry.atMicros)) {
        this.#frames += 1;
        this.#lastFrameMicros = entry.atMicros;
        await this.#writer.write(entry);
      }
    }
    return taken;
  }

  /** Makes all that was written survive a power cut. */
  flush(): Promise<void> {
    return this.#writer.flush();
  }

  /** Completes the file and gives it its name. */
  close(): Promise<void> {
    return this.#writer.close();
  }

  /** Leaves the file as it is, for a disk that fails. */
  async leave(): Promise<void> {
    await this.#writer.leave().catch(() => undefined);
  }

  /** A clock that was set back must not keep pictures out until it is there again. */
  #isDue(atMicros: number): boolean {
    return Math.abs(atMicros - this.#lastFrameMicros) >= this.#options.framePeriodMicros;
  }
}
