import { join } from "node:path";
import { type Cancel, type Clock, microsPerSecond } from "#core/time.ts";
import type { RecordingEntry } from "#recording/recording-entry.ts";
import { type EvidenceRing, type RingReader, ringEntriesMax } from "./evidence-ring.ts";
import { RecordingFolder } from "./recording-folder.ts";
import type { ContinuousPolicy } from "./recording-policies.ts";
import { RingFile } from "./ring-file.ts";

const turnMs = 1_000;
/** Entries of one turn, ten times as many as a second brings. */
const entriesATurn = 128;
const retryMs = 60_000;
const prefix = "continuous-";

/** What a recorder needs. */
export interface ContinuousRecorderOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly ring: EvidenceRing;
  readonly policy: ContinuousPolicy;
  readonly config: () => RecordingEntry;
  /** What a recorder before this one had told was wrong last, and not taken back; nothing when absent. */
  readonly problem?: string | null | undefined;
  /** Told once what is wrong when nothing can be written, and null when it can again. */
  readonly onProblem: (problem: string | null) => void;
}

/**
 * Records all the time: a picture now and then, and every reading, feature, score and event, so that rules and models can
 * be judged over weeks. The oldest file goes first.
 */
export class ContinuousRecorder {
  readonly #options: ContinuousRecorderOptions;
  readonly #folder: RecordingFolder;
  readonly #reader: RingReader;
  #file: RingFile | null = null;
  #turn: Promise<void> | null = null;
  #cancel: Cancel = () => {};
  #syncedMs = 0;
  #retryAtMs = Number.NEGATIVE_INFINITY;
  #problem: string | null;
  /** A folder that is not there yet, or files without their names. */
  #folderIs: "unknown" | "ready" = "unknown";

  constructor(options: ContinuousRecorderOptions) {
    this.#options = options;
    this.#folder = new RecordingFolder(options.folder, prefix);
    this.#reader = options.ring.reader("now");
    this.#problem = options.problem ?? null;
  }

  /** Gives files their names that a power cut has left, and begins. A disk that refuses is a problem, no error. */
  async start(): Promise<void> {
    try {
      await this.#recover();
    } catch (error) {
      this.#report(error instanceof Error ? error.message : String(error));
    }
    this.#cancel = this.#options.clock.every(turnMs, () => this.#work());
  }

  /** Writes what is left in the ring and closes the file. */
  async stop(): Promise<void> {
    this.#cancel();
    await this.#turn;
    try {
      await this.#file?.take(ringEntriesMax);
      await this.#file?.close();
    } catch (error) {
      await this.#file?.leave();
      this.#report(error instanceof Error ? error.message : String(error));
    }
    this.#file = null;
  }

  /** Resolves when the turn that is under way is over. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  #work(): void {
    const nowMs = this.#options.clock.monotonicMs();
    if (this.#turn !== null || nowMs < this.#retryAtMs) return;
    this.#turn = this.#write(nowMs)
      .catch(async (error: unknown) => {
        this.#retryAtMs = nowMs + retryMs;
        this.#report(error instanceof Error ? error.message : String(error));
        const file = this.#file;
        this.#file = null;
        this.#folderIs = "unknown";
        await file?.leave();
      })
      .finally(() => {
        this.#turn = null;
      });
  }

  async #write(nowMs: number): Promise<void> {
    const { policy } = this.#options;
    if (this.#file === null) {
      this.#file = await this.#createFile();
      // A disk that refused before is synced at once: only that shows that it works again.
      this.#syncedMs = this.#problem === null ? nowMs : Number.NEGATIVE_INFINITY;
    }
    await this.#file.take(entriesATurn);
    if (nowMs - this.#syncedMs >= policy.syncSeconds * 1_000) {
      await this.#file.flush();
      this.#syncedMs = nowMs;
      this.#report(null);
    }
    if (this.#file.bytes < policy.fileBytesMax) return;
    await this.#file.close();
    this.#file = null;
  }

  async #recover(): Promise<void> {
    if (this.#folderIs === "ready") return;
    await this.#folder.recover();
    this.#folderIs = "ready";
  }

  async #createFile(): Promise<RingFile> {
    await this.#recover();
    const { clock, config, policy, folder } = this.#options;
    // Room for the file that begins.
    const limits = { bytesMax: policy.bytesMax - policy.fileBytesMax, filesMax: policy.filesMax - 1 };
    await this.#folder.trim(limits, (name) => name.endsWith(".partial"));
    const seconds = Math.floor(clock.nowMicros() / microsPerSecond);
    const name = await this.#folder.freeName(`${prefix}${String(seconds).padStart(11, "0")}`);
    return RingFile.create({
      path: join(folder, name),
      reader: this.#reader,
      config: config(),
      chunkSpanMicros: policy.syncSeconds * microsPerSecond,
      framePeriodMicros: policy.framePeriodSeconds * microsPerSecond,
    });
  }

  #report(problem: string | null): void {
    const changed = (problem === null) !== (this.#problem === null);
    this.#problem = problem;
    if (changed) this.#options.onProblem(problem);
  }
}
