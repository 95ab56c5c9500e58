import type {
  EntryRange,
  EventLog,
  EventLogCounts,
  LoggedEntry,
  NewEntry,
} from "#core/event-log/event-log.ts";
import { machineFault } from "#core/failure.ts";
import type { Clock } from "#core/time.ts";

/** A log that could not be opened is tried again by the next call after so long. */
export const openAgainMs = 5_000;

/** What a log needs that is opened later. */
export interface RetriedEventLogOptions {
  readonly clock: Clock;
  /** Opens the log; rejects while the disk refuses. */
  readonly open: () => Promise<EventLog>;
  /** Why the first attempt, just now, failed. */
  readonly refusal: unknown;
}

/**
 * An event log whose disk would not let it be opened at the start. Each call is refused until an attempt succeeds, so
 * that whoever keeps entries keeps them in memory and gives them again.
 */
export class RetriedEventLog implements EventLog {
  readonly #options: RetriedEventLogOptions;
  #log: EventLog | null = null;
  #opening: Promise<EventLog> | null = null;
  #refusal: unknown;
  #triedMs: number;
  #state: "open" | "closed" = "open";

  constructor(options: RetriedEventLogOptions) {
    this.#options = options;
    this.#refusal = options.refusal;
    this.#triedMs = options.clock.monotonicMs();
  }

  async append(entry: NewEntry): Promise<number> {
    return (await this.#opened()).append(entry);
  }

  async read(range: EntryRange): Promise<readonly LoggedEntry[]> {
    return (await this.#opened()).read(range);
  }

  async remove(sequences: readonly number[]): Promise<void> {
    await (await this.#opened()).remove(sequences);
  }

  async counts(): Promise<EventLogCounts> {
    return (await this.#opened()).counts();
  }

  async close(): Promise<void> {
    this.#state = "closed";
    const log = this.#log ?? (await this.#opening?.catch(() => null));
    await log?.close();
  }

  async #opened(): Promise<EventLog> {
    if (this.#state === "closed") throw machineFault("event-log-closed", "The event log is closed.");
    if (this.#log !== null) return this.#log;
    const nowMs = this.#options.clock.monotonicMs();
    if (this.#opening === null && nowMs - this.#triedMs < openAgainMs) throw this.#refusal;
    this.#triedMs = nowMs;
    this.#opening ??= this.#open();
    return this.#opening;
  }

  async #open(): Promise<EventLog> {
    try {
      this.#log = await this.#options.open();
      return this.#log;
    } catch (error) {
      this.#refusal = error;
      throw error;
    } finally {
      this.#opening = null;
    }
  }
}
