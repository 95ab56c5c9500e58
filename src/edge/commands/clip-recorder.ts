import { basename, join } from "node:path";
import { type Cancel, type Clock, microsPerSecond } from "#core/time.ts";
import type { EvidenceManifest } from "#recording/evidence-manifest.ts";
import { partialEnding } from "#recording/partial-file.ts";
import type { RecordingEntry } from "#recording/recording-entry.ts";
import { type EvidenceRing, type RingReader, ringEntriesMax, ringSeconds } from "../evidence-ring.ts";
import { type FolderLimits, manifestEnding, RecordingFolder } from "../recording-folder.ts";
import { replaceFile } from "../replace-file.ts";
import { RingFile } from "../ring-file.ts";
import type { Answer } from "./command-target.ts";

/** Clips that somebody asked for; the oldest go. They never take the room of evidence. */
export const clipLimits: FolderLimits = { bytesMax: 256 * 1024 * 1024, filesMax: 50 };

/** How often what has come is written: decisions go on between two turns. */
const turnMs = 100;
/** Entries of one turn: the last minute is on disk within three seconds. */
const entriesATurn = 32;
/** What a power cut may cost. */
const chunkSpanMicros = 5 * microsPerSecond;
/** A clip that is not done so long after its end is given up: the disk does not keep up. */
const graceMs = 20_000;
const prefix = "clip-";

/** What a clip recorder needs. */
export interface ClipRecorderOptions {
  readonly folder: string;
  readonly deviceId: string;
  readonly clock: Clock;
  readonly ring: EvidenceRing;
  /** The device's set-up now. */
  readonly config: () => RecordingEntry;
}

/** Writes what the ring holds, and what comes, into a file because somebody asked for it. One at a time. */
export class ClipRecorder {
  readonly #options: ClipRecorderOptions;
  readonly #folder: RecordingFolder;
  #state: "idle" | "recording" | "stopped" = "idle";
  #work: Promise<unknown> = Promise.resolve();
  #taking: Promise<unknown> = Promise.resolve();
  /** Takes what has come now instead of at the next turn. */
  #wake: () => void = () => {};

  constructor(options: ClipRecorderOptions) {
    this.#options = options;
    this.#folder = new RecordingFolder(options.folder, prefix);
  }

  /** Gives what a power cut has left of a clip its name. Throws what the disk throws. */
  async start(): Promise<void> {
    await this.#folder.recover();
  }

  /** Completes what is being recorded with what has come so far. */
  async stop(): Promise<void> {
    this.#state = "stopped";
    this.#wake();
    await this.#taking;
  }

  /** Resolves when what is under way with the disk is over. */
  async settled(): Promise<void> {
    await this.#work;
  }

  /** Records the last minute and so many seconds more; the answer names the file and its hash. */
  async take(seconds: number): Promise<Answer> {
    if (this.#state !== "idle") {
      return { ok: false, text: "A clip is being recorded already: send it again when that one is done." };
    }
    this.#state = "recording";
    const taking = this.#take(seconds);
    this.#taking = taking;
    return taking;
  }

  async #take(seconds: number): Promise<Answer> {
    try {
      const begun = this.#begin();
      this.#work = begun.catch(() => undefined);
      const { file, reader } = await begun;
      await this.#fill(file, seconds).catch(async (error: unknown) => {
        await file.leave();
        throw error;
      });
      const finished = this.#finish(file, reader.lostFrames);
      this.#work = finished.catch(() => undefined);
      return await finished;
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      return { ok: false, text: `The clip could not be recorded: ${cause}`.slice(0, 500) };
    } finally {
      if (this.#isRecording()) this.#state = "idle";
    }
  }

  async #begin(): Promise<{ readonly file: RingFile; readonly reader: RingReader }> {
    const { clock, ring, config, folder } = this.#options;
    const startMicros = clock.nowMicros();
    // The disk may have refused the folder at the start.
    await this.#folder.recover();
    const reader = ring.reader({ sinceMicros: startMicros - ringSeconds * microsPerSecond });
    await this.#folder.trim(clipLimits, (name) => name.endsWith(partialEnding));
    const time = new Date(startMicros / 1_000).toISOString().slice(0, 19).replace(/[-:]/g, "");
    const path = join(folder, await this.#folder.freeName(`${prefix}${time}Z`));
    const options = { path, reader, config: config(), chunkSpanMicros, framePeriodMicros: 0 };
    return { file: await RingFile.create(options), reader };
  }

  async #finish(file: RingFile, droppedFrames: number): Promise<Answer> {
    await file.close();
    const name = basename(file.path);
    const hash = await this.#folder.hash(name);
    await this.#writeManifest(name, { ...hash, frames: file.frames, droppedFrames });
    const text = `Recorded as ${file.path}: ${file.frames} pictures, ${hash.bytes} bytes, SHA-256 ${hash.sha256}.`;
    return { ok: true, text: text.slice(0, 500) };
  }

  /** Takes a few entries at each turn until the time is over and all is written. */
  #fill(file: RingFile, seconds: number): Promise<void> {
    const { clock } = this.#options;
    const endMs = clock.monotonicMs() + 1_000 * seconds;
    let isTaking = false;
    let cancel: Cancel = () => {};
    return new Promise((resolve, reject) => {
      const end = (how: () => void): void => {
        cancel();
        this.#wake = () => {};
        how();
      };
      const turn = async (): Promise<void> => {
        const nowMs = clock.monotonicMs();
        const isCaughtUp = (await file.take(entriesATurn)) < entriesATurn;
        if (!this.#isRecording()) await file.take(ringEntriesMax);
        if (!this.#isRecording() || (nowMs >= endMs && isCaughtUp)) end(resolve);
        else if (nowMs > endMs + graceMs) end(() => reject(new Error("The disk does not keep up.")));
      };
      this.#wake = () => {
        if (isTaking) return;
        isTaking = true;
        this.#work = turn()
          .catch((error: unknown) => end(() => reject(error)))
          .finally(() => {
            isTaking = false;
          });
      };
      cancel = clock.every(turnMs, () => this.#wake());
      if (!this.#isRecording()) this.#wake();
    });
  }

  async #writeManifest(
    name: string,
    what: Pick<EvidenceManifest, "sha256" | "bytes" | "frames" | "droppedFrames">,
  ): Promise<void> {
    const { deviceId, folder } = this.#options;
    const manifest: EvidenceManifest = {
      v: 1,
      device: deviceId,
      file: name,
      ...what,
      incidents: [],
      ending: "closed",
    };
    await replaceFile(join(folder, name + manifestEnding), `${JSON.stringify(manifest, null, 2)}\n`);
  }

  #isRecording(): boolean {
    return this.#state === "recording";
  }
}
