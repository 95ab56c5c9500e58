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

/** Shortest and longest time in which a simulated disk writes, in ms: those of an SD card that is asked to sync. */
const writeMs = { shortest: 1, longest: 30 } as const;

/** One thing a log was asked to do, in order. */
interface Operation {
  /** "write" changes the disk and takes time; "read" comes after the writes before it. */
  readonly kind: "write" | "read";
  readonly run: () => void;
  readonly refuse: (error: Error) => void;
}

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
  readonly #options: SimulatedLogDiskOptions;
  readonly #entries: EntryList;
  #operations: Operation[] = [];
  #writing = false;
  #health: "works" | "full" | "fails" = "works";
  #power = 0;

  constructor(options: SimulatedLogDiskOptions) {
    this.#options = options;
    this.#entries = new EntryList(options.entriesMax);
  }

  /** From now on it works, takes nothing more, or refuses everything. */
  setHealth(health: "works" | "full" | "fails"): void {
    this.#health = health;
  }

  /**
   * The power goes: of what is being written, in order, a part drawn by lot is on the disk and the rest never was; nobody
   * hears of either. Logs that were open are dead: their promises never settle. Open a new one.
   */
  cutPower(): void {
    const writes = this.#operations.filter(({ kind }) => kind === "write");
    this.#operations = [];
    this.#power += 1;
    this.#writing = false;
    const written = this.#options.random.integer(writes.length + 1);
    for (const operation of writes.slice(0, written)) if (this.#health === "works") operation.run();
  }

  /** Opens the log on this disk, as a process does that starts. */
  open(): SimulatedEventLog {
    this.#entries.forgetDropped();
    return new SimulatedEventLog({ entries: this.#entries, power: this.#power, disk: this });
  }

  /** Takes an operation in its turn; one of a process that lost its power is never done. */
  do(operation: Operation, power: number): void {
    if (power !== this.#power) return;
    this.#operations.push(operation);
    this.#work();
  }

  #work(): void {
    const operation = this.#operations[0];
    if (this.#writing || operation === undefined) return;
    this.#writing = true;
    const power = this.#power;
    const { clock, random } = this.#options;
    clock.after(random.between(writeMs.shortest, writeMs.longest), () => {
      if (power !== this.#power) return;
      this.#writing = false;
      this.#operations.shift();
      this.#settle(operation);
      this.#work();
    });
  }

  #settle({ kind, run, refuse }: Operation): void {
    if (this.#health === "fails") refuse(machineFault("event-log-failed", "The simulated disk fails."));
    else if (this.#health === "full" && kind === "write")
      refuse(machineFault("event-log-full", "The simulated disk is full."));
    else run();
  }
}

/**
 * An `EventLog` of the simulation, under the same contract as the one on SQLite. It takes its own time for everything
 * and loses what was not resolved when the power of its disk is cut.
 */
export class SimulatedEventLog implements EventLog {
  readonly #entries: EntryList;
  readonly #power: number;
  readonly #disk: SimulatedLogDisk;
  #open = true;

  /** Made by `SimulatedLogDisk.open`. */
  constructor(parts: {
    readonly entries: EntryList;
    readonly power: number;
    readonly disk: SimulatedLogDisk;
  }) {
    this.#entries = parts.entries;
    this.#power = parts.power;
    this.#disk = parts.disk;
  }

  append(entry: NewEntry): Promise<number> {
    return this.#do("write", () => this.#entries.append(entry));
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

  #do<T>(kind: Operation["kind"], action: () => T): Promise<T> {
    if (!this.#open) return Promise.reject(machineFault("event-log-closed", "The event log is closed."));
    return new Promise((resolve, reject) => {
      const run = (): void => {
        try {
          resolve(action());
        } catch (error) {
          reject(error);
        }
      };
      this.#disk.do({ kind, run, refuse: reject }, this.#power);
    });
  }
}
