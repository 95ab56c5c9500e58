import type { EventLog } from "#core/event-log/event-log.ts";
import { machineFault } from "#core/failure.ts";
import type { Random } from "#core/random.ts";
import type { Clock } from "#core/time.ts";
import { type DiskHealth, SimulatedDiskQueue } from "./simulated-disk-queue.ts";
import { SimulatedLogDisk } from "./simulated-event-log.ts";

/** What a simulated disk needs. */
export interface SimulatedDiskOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Smaller maximum of the event log than `loggedEntriesMax`. */
  readonly entriesMax?: number;
  /** A whole file is on the disk, whether or not whoever wrote it will hear of it. */
  readonly onWritten?: (path: string, text: string) => void;
}

/**
 * The disk of a simulated device: whole files that are replaced atomically, and an event log. Both write on their own, so
 * that a power cut may find one of two things done and the other not, in either order. It offers what a device agent
 * asks of its disk.
 */
export class SimulatedDisk {
  readonly #files = new Map<string, string>();
  readonly #fileQueue: SimulatedDiskQueue;
  readonly #log: SimulatedLogDisk;
  readonly #onWritten: (path: string, text: string) => void;
  #health: DiskHealth = "works";

  constructor(options: SimulatedDiskOptions) {
    this.#fileQueue = new SimulatedDiskQueue(options);
    this.#log = new SimulatedLogDisk(options);
    this.#onWritten = options.onWritten ?? (() => {});
  }

  /** From now on it works, takes nothing more, or refuses everything. */
  setHealth(health: DiskHealth): void {
    this.#health = health;
    this.#fileQueue.setHealth(health);
    this.#log.setHealth(health);
  }

  /** The power goes, or the process that wrote is killed: nobody hears of what was being written. */
  cutPower(): void {
    this.#fileQueue.cutPower();
    this.#log.cutPower();
  }

  /** The event log on it. */
  get log(): SimulatedLogDisk {
    return this.#log;
  }

  /** Folders are always there. */
  makeFolder(): void {}

  /** What the file holds; null when there is none. */
  async read(path: string): Promise<string | null> {
    return this.#files.get(path) ?? null;
  }

  /** Replaces a whole file; after a power cut either the old or the new one is there. */
  replace(path: string, text: string): Promise<void> {
    return new Promise((resolve, refuse) => {
      const run = (): void => {
        this.#files.set(path, text);
        this.#onWritten(path, text);
        resolve();
      };
      this.#fileQueue.do({ kind: "write", run, refuse }, this.#fileQueue.power);
    });
  }

  /** Moves a file aside at once. */
  async setAside(path: string, asidePath: string): Promise<void> {
    const text = this.#files.get(path);
    if (text === undefined) return;
    this.#files.delete(path);
    this.#files.set(asidePath, text);
  }

  /**
   * Opens the event log, as a process does that starts. Like SQLite, which makes files beside its own, it needs a disk that
   * takes something: rejects with machineFault "data-folder-unusable" otherwise.
   */
  async openEventLog(): Promise<{ readonly log: EventLog; readonly damage: readonly string[] }> {
    if (this.#health !== "works")
      throw machineFault("data-folder-unusable", "The event log cannot be opened on the simulated disk.");
    return { log: this.#log.open(), damage: [] };
  }
}
