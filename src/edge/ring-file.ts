import { McapRecordingWriter } from "#recording/mcap-writer.ts";
import type { RecordingEntry } from "#recording/recording-entry.ts";
import type { RingPlace, RingReader } from "./evidence-ring.ts";

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

/** How much of a file is on disk for certain. */
interface Synced {
  readonly place: RingPlace;
  readonly frames: number;
}

/** One recording that is filled from a ring, a little at a time. */
export class RingFile {
  readonly path: string;
  readonly #options: RingFileOptions;
  readonly #writer: McapRecordingWriter;
  #frames = 0;
  #lastFrameMicros = Number.NEGATIVE_INFINITY;
  #synced: Synced;

  private constructor(options: RingFileOptions, writer: McapRecordingWriter) {
    this.path = options.path;
    this.#options = options;
    this.#writer = writer;
    this.#synced = { place: options.reader.place, frames: 0 };
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

  /** Pictures of it that survive a power cut, and how many the reader had lost by then. */
  get synced(): { readonly frames: number; readonly lostFrames: number } {
    return { frames: this.#synced.frames, lostFrames: this.#synced.place.lostFrames };
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#writer.bytesWritten;
  }

  /** Writes at most so many entries; resolves with how many there were. Throws the Failures of the writer. */
  async take(max: number): Promise<number> {
    const { reader } = this.#options;
    let taken = 0;
    while (taken < max) {
      const before = { place: reader.place, frames: this.#frames };
      const entry = reader.next();
      if (entry === null) break;
      taken += 1;
      if (entry.kind !== "thermal" || this.#isDue(entry.atMicros)) await this.#write(entry, before);
    }
    return taken;
  }

  /** Makes all that was written survive a power cut. */
  async flush(): Promise<void> {
    await this.#writer.flush();
    this.#synced = { place: this.#options.reader.place, frames: this.#frames };
  }

  /** Completes the file and gives it its name. */
  async close(): Promise<void> {
    await this.flush();
    await this.#writer.close();
  }

  /**
   * Leaves the file as it is, for a disk that fails. The reader goes back to what is on disk for certain, so that
   * another file can go on from there.
   */
  async leave(): Promise<void> {
    this.#options.reader.goBack(this.#synced.place);
    await this.#writer.leave().catch(() => undefined);
  }

  /** The writer brings a chunk to disk when the next one begins: then all before this entry is there. */
  async #write(entry: RecordingEntry, before: Synced): Promise<void> {
    const onDisk = this.#writer.entriesOnDisk;
    if (entry.kind === "thermal") {
      this.#frames += 1;
      this.#lastFrameMicros = entry.atMicros;
    }
    try {
      await this.#writer.write(entry);
    } finally {
      if (this.#writer.entriesOnDisk > onDisk) this.#synced = before;
    }
  }

  /** A clock that was set back must not keep pictures out until it is there again. */
  #isDue(atMicros: number): boolean {
    return Math.abs(atMicros - this.#lastFrameMicros) >= this.#options.framePeriodMicros;
  }
}
