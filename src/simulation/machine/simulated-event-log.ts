import { EntryList } from "#core/event-log/entry-list.ts";
import type {
  EntryRange,
  EventLog,
  EventLogCounts,
  LoggedEntry,
  NewEntry,
} from "#core/event-log/event-log.ts";
import { machineFault } from "#core/failure.ts";
import type { Random } from "#core/random.ts";
import type { Clock } from "#core/time.ts";
import { type DiskHealth, type DiskOperation, SimulatedDiskQueue } from "./simulated-disk-queue.ts";

/** What outlives a power cut in a simulation: the disk of one device. */
export interface SimulatedLogDiskOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Smaller maximum than `loggedEntriesMax`. */
  readonly entriesMax?: number;
}

/**
 * The disk under `SimulatedEventLog`s: what was resolved is on it, of what was not a part may be, as on a real one. It
 * can be full, fail, and lose its power.
 */
export class SimulatedLogDisk {
  readonly #entries: EntryList;
  readonly #queue: SimulatedDiskQueue;
  readonly #held = new Set<string>();

  constructor(options: SimulatedLogDiskOptions) {
    this.#entries = new EntryList(options.entriesMax);
    this.#queue = new SimulatedDiskQueue(options);
  }

  /** From now on it works, takes nothing more, or refuses everything. */
  setHealth(health: DiskHealth): void {
    this.#queue.setHealth(health);
  }

  /**
   * The power goes, as in `SimulatedDiskQueue.cutPower`. Logs that were open are dead: their promises never settle. Open
   * a new one.
   */
  cutPower(): void {
    this.#queue.cutPower();
  }

  /** Opens the log on this disk, as a process does that starts. */
  open(): SimulatedEventLog {
    this.#entries.forgetDropped();
    return new SimulatedEventLog({ entries: this.#entries, queue: this.#queue, held: this.#held });
  }

  /** Whether an entry with this id was ever on this disk: it stays true when the entry is gone. */
  hasHeld(id: string): boolean {
    return this.#held.has(id);
  }

  /** What is on the disk at this moment. */
  get counts(): EventLogCounts {
    return this.#entries.counts;
  }
}

/**
 * An `EventLog` of the simulation, under the same contract as the one on SQLite. It takes its own time for everything
 * and loses what was not resolved when the power of its disk is cut.
 */
export class SimulatedEventLog implements EventLog {
  readonly #entries: EntryList;
  readonly #power: number;
  readonly #queue: SimulatedDiskQueue;
  readonly #held: Set<string>;
  #open = true;

  /** Made by `SimulatedLogDisk.open`. */
  constructor(parts: {
    readonly entries: EntryList;
    readonly queue: SimulatedDiskQueue;
    readonly held: Set<string>;
  }) {
    this.#entries = parts.entries;
    this.#queue = parts.queue;
    this.#held = parts.held;
    this.#power = parts.queue.power;
  }

  append(entry: NewEntry): Promise<number> {
    return this.#do("write", () => {
      const sequence = this.#entries.append(entry);
      this.#held.add(entry.id);
      return sequence;
    });
  }

  read(range: EntryRange): Promise<readonly LoggedEntry[]> {
    return this.#do("read", () => this.#entries.read(range));
  }

  remove(sequences: readonly number[]): Promise<void> {
    return this.#do("write", () => this.#entries.remove(sequences));
  }

  counts(): Promise<EventLogCounts> {
    return this.#do("read", () => this.#entries.counts);
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    const last = this.#do("read", () => undefined);
    this.#open = false;
    await last.catch(() => undefined);
  }

  #do<T>(kind: DiskOperation["kind"], action: () => T): Promise<T> {
    if (!this.#open) return Promise.reject(machineFault("event-log-closed", "The event log is closed."));
    return new Promise((resolve, reject) => {
      const run = (): void => {
        try {
          resolve(action());
        } catch (error) {
          reject(error);
        }
      };
      this.#queue.do({ kind, run, refuse: reject }, this.#power);
    });
  }
}
