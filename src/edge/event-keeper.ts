import { type EventLog, isInRange, type NewEntry } from "#core/event-log/event-log.ts";
import type { Cancel, Clock } from "#core/time.ts";

/** At this many entries that the disk has not taken, the oldest go that are no alarm. */
export const heldEntriesMax = 1_000;
/** Batches of telemetry that are on their way at once: an event that comes meanwhile waits for no more than these. */
export const telemetryAtOnceMax = 4;
/** An entry that the disk refused is tried again after so long. */
const retryMs = 5_000;
/** A disk that has not answered for so long is taken as one that fails; its answer still counts when it comes. */
const stuckAfterMs = 2_000;

/** What a keeper needs. */
export interface EventKeeperOptions {
  readonly log: EventLog;
  readonly clock: Clock;
  /** Told once what is wrong when the disk begins to fail, and null when it works again. */
  readonly onProblem: (problem: string | null) => void;
  /** Told the whole number of entries that went for want of room whenever it grows; never an alarm is among them. */
  readonly onDropped: (dropped: number) => void;
}

/**
 * Keeps entries until their receiver has them: in the event log, and in memory while the disk refuses them. Adding
 * returns at once; entries are sent from the log, and from memory only while the disk fails, so that an alarm leaves the
 * device whatever the disk does.
 */
export class EventKeeper {
  readonly #options: EventKeeperOptions;
  /** Not in the log yet, in order; the first is on its way there. */
  readonly #held = new Map<string, NewEntry>();
  /** Sequences of what was read from the log and is not removed. */
  readonly #sequences = new Map<string, number>();
  /** Received, but the disk would not forget them yet: not to be sent again. */
  readonly #toRemove = new Set<number>();
  /** Removed while the log was being read: what was read may still hold them. */
  readonly #removed = new Set<number>();
  #reads = 0;
  #onWaiting: () => void = () => {};
  #onReceived: (ids: readonly string[]) => void = () => {};
  #writing: Promise<void> | null = null;
  #removing = false;
  #cancelRetry: Cancel | null = null;
  #diskFails = false;
  #heldDropped = 0;
  #state: "open" | "closed" = "open";

  constructor(options: EventKeeperOptions) {
    this.#options = options;
  }

  /** Who is called when there may be something to send. */
  set onWaiting(listener: () => void) {
    this.#onWaiting = listener;
  }

  /** Who is called when the receiver has given receipts. */
  set onReceived(listener: (ids: readonly string[]) => void) {
    this.#onReceived = listener;
  }

  /** The log could not be opened: from now on everything is sent from memory, until it has taken all that waits. */
  logRefused(error: unknown): void {
    this.#failed(error);
  }

  /** The log is open after all: what waits for it goes there at once, also what it is just about to refuse. */
  async logOpened(): Promise<void> {
    await this.#writing;
    this.#cancelRetry?.();
    this.#retry();
  }

  /** Takes an entry in; returns at once. */
  add(entry: NewEntry): void {
    if (this.#held.size >= heldEntriesMax) this.#dropHeld();
    this.#held.set(entry.id, entry);
    this.#write();
    // While the disk fails it is sent from memory.
    if (this.#diskFails) this.#onWaiting();
  }

  /**
   * The oldest entries that wait, in order; telemetry only when nothing else does, and a few of it. Never rejects: a log
   * that cannot be read is a problem and gives none.
   */
  async waiting(max: number): Promise<readonly NewEntry[]> {
    const allElse = await this.#waitingOf("all-else", max);
    if (allElse.length > 0) return allElse;
    return this.#waitingOf("telemetry", Math.min(max, telemetryAtOnceMax));
  }

  /** What has been added and is not known to be in the log, in order: to be kept with whatever is true because of it. */
  unkept(): readonly NewEntry[] {
    return [...this.#held.values()];
  }

  /** Forgets entries that their receiver has. */
  received(ids: readonly string[]): void {
    for (const id of ids) {
      const sequence = this.#sequences.get(id);
      this.#sequences.delete(id);
      this.#held.delete(id);
      if (sequence !== undefined) this.#toRemove.add(sequence);
    }
    this.#remove();
    this.#onReceived(ids);
  }

  /** Resolves when everything added so far is in the log, has failed to get there, or the disk does not answer. */
  async settled(): Promise<void> {
    if (this.#writing !== null) await this.#answered(this.#writing).catch(() => undefined);
  }

  /** Lets go of the log; what it has not taken by then is lost. */
  async close(): Promise<void> {
    this.#state = "closed";
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    await this.#answered(this.#options.log.close()).catch(() => undefined);
  }

  async #waitingOf(of: "telemetry" | "all-else", max: number): Promise<readonly NewEntry[]> {
    const stored = await this.#readLog(of, max);
    if (!this.#diskFails || stored.length >= max) return stored;
    const ids = new Set(stored.map(({ id }) => id));
    const held = [...this.#held.values()].filter(
      (entry) => !ids.has(entry.id) && isInRange(entry.class, { of }),
    );
    return [...stored, ...held].slice(0, max);
  }

  async #readLog(of: "telemetry" | "all-else", max: number): Promise<readonly NewEntry[]> {
    const { log } = this.#options;
    this.#reads += 1;
    try {
      // What was received but could not be removed stands in the way; it is at most the whole log.
      for (let after = 0; ; ) {
        const page = await this.#answered(log.read({ after, max, of }));
        const entries = page.filter(
          ({ sequence }) => !this.#toRemove.has(sequence) && !this.#removed.has(sequence),
        );
        this.#workedIfNothingIsLeft();
        for (const { id, sequence } of entries) this.#sequences.set(id, sequence);
        if (entries.length > 0 || page.length < max) return entries;
        after = page.at(-1)!.sequence;
      }
    } catch (error) {
      this.#failed(error);
      return [];
    } finally {
      this.#reads -= 1;
      if (this.#reads === 0) this.#removed.clear();
    }
  }

  /** One append at a time, so that the order of the log is the order in which entries were added. */
  #write(): void {
    if (this.#writing !== null || this.#cancelRetry !== null || this.#state === "closed") return;
    this.#writing = this.#writeHeld().finally(() => {
      this.#writing = null;
    });
  }

  async #writeHeld(): Promise<void> {
    const refused = new Set<string>();
    for (let entry = this.#next(refused); entry !== undefined; entry = this.#next(refused)) {
      try {
        const appended = this.#options.log.append(entry);
        // The disk may be stuck: the entry is then sent from memory, while its append goes on.
        await this.#answered(appended).catch((error: unknown) => this.#failed(error));
        await this.#appended(entry, await appended);
      } catch (error) {
        refused.add(entry.id);
        this.#failed(error);
      }
    }
    if (this.#held.size > 0) this.#retryLater();
  }

  /** Once something was refused only alarms are tried: a log that is full of alarms takes nothing else. */
  #next(refused: ReadonlySet<string>): NewEntry | undefined {
    for (const entry of this.#held.values()) {
      if (!refused.has(entry.id) && (refused.size === 0 || entry.class === "alarm")) return entry;
    }
    return undefined;
  }

  async #appended(entry: NewEntry, sequence: number): Promise<void> {
    // Its receiver may have it already, from memory.
    const isReceived = !this.#held.delete(entry.id);
    if (isReceived) this.#toRemove.add(sequence);
    this.#workedIfNothingIsLeft();
    this.#remove();
    const { dropped } = await this.#options.log.counts();
    if (dropped + this.#heldDropped > 0) this.#options.onDropped(dropped + this.#heldDropped);
    this.#onWaiting();
  }

  /** One removal at a time: receipts that come meanwhile go into the next one, with one sync of the disk for them all. */
  #remove(): void {
    if (this.#removing || this.#toRemove.size === 0 || this.#state === "closed") return;
    this.#removing = true;
    const sequences = [...this.#toRemove];
    void this.#options.log
      .remove(sequences)
      .then(
        () => {
          for (const sequence of sequences) {
            this.#toRemove.delete(sequence);
            if (this.#reads > 0) this.#removed.add(sequence);
          }
          this.#workedIfNothingIsLeft();
          return "removed";
        },
        (error: unknown) => {
          this.#failed(error);
          return "refused";
        },
      )
      .then((outcome) => {
        this.#removing = false;
        // What was refused is tried again after a pause.
        if (outcome === "removed") this.#remove();
      });
  }

  #retryLater(): void {
    if (this.#state === "closed") return;
    this.#cancelRetry ??= this.#options.clock.after(retryMs, () => this.#retry());
  }

  #retry(): void {
    this.#cancelRetry = null;
    this.#write();
    this.#remove();
    this.#probe();
    this.#onWaiting();
  }

  /** With nothing to write or remove, only a question tells that the disk works again. */
  #probe(): void {
    if (!this.#diskFails || this.#held.size > 0 || this.#toRemove.size > 0) return;
    void this.#answered(this.#options.log.counts()).then(
      () => this.#workedIfNothingIsLeft(),
      (error: unknown) => this.#failed(error),
    );
  }

  #dropHeld(): void {
    for (const wanted of ["telemetry", "event"] as const) {
      for (const [id, entry] of this.#held) {
        if (entry.class !== wanted) continue;
        this.#held.delete(id);
        this.#heldDropped += 1;
        this.#options.onDropped(this.#heldDropped);
        return;
      }
    }
  }

  /** Settles as the promise does, but rejects when that takes too long. */
  #answered<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancel = this.#options.clock.after(stuckAfterMs, () => {
        reject(new Error(`The disk has not answered for ${stuckAfterMs / 1_000} s.`));
      });
      promise.then(resolve, reject).finally(cancel);
    });
  }

  #failed(error: unknown): void {
    if (this.#state === "closed") return;
    const isNew = !this.#diskFails;
    this.#diskFails = true;
    this.#retryLater();
    if (!isNew) return;
    this.#options.onProblem(error instanceof Error ? error.message : String(error));
    this.#onWaiting();
  }

  /** A disk that gives and forgets no more than it did is none that works, as long as it has not taken everything. */
  #workedIfNothingIsLeft(): void {
    if (this.#held.size > 0 || this.#toRemove.size > 0) return;
    if (this.#diskFails) this.#options.onProblem(null);
    this.#diskFails = false;
  }
}
