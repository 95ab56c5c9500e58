import type {
  EntryRange,
  EventLog,
  EventLogCounts,
  LoggedEntry,
  NewEntry,
} from "#core/event-log/event-log.ts";
import { machineFault } from "#core/failure.ts";
import type { Cancel, Clock } from "#core/time.ts";

/** A log that could not be opened is tried again so long after each attempt. */
export const openAgainMs = 5_000;

/** What a log needs that is opened later. */
export interface RetriedEventLogOptions {
  readonly clock: Clock;
  /** Opens the log; rejects while the disk refuses. */
  readonly open: () => Promise<EventLog>;
  /** Why the first attempt, just now, failed. */
  readonly refusal: unknown;
  /** Told once when an attempt has succeeded. */
  readonly onOpened: () => void;
}

/**
 * An event log whose disk would not let it be opened at the start. Each call is refused until an attempt succeeds, so
 * that whoever keeps entries keeps them in memory and gives them again when the log is open.
 */
export class RetriedEventLog implements EventLog {
  readonly #options: RetriedEventLogOptions;
  #log: EventLog | null = null;
  #opening: Promise<void> | null = null;
  #refusal: unknown;
  #cancelRetry: Cancel;
  #state: "open" | "closed" = "open";

  constructor(options: RetriedEventLogOptions) {
    this.#options = options;
    this.#refusal = options.refusal;
    this.#cancelRetry = this.#openLater();
  }

  async append(entry: NewEntry): Promise<number> {
    return this.#opened().append(entry);
  }

  async read(range: EntryRange): Promise<readonly LoggedEntry[]> {
    return this.#opened().read(range);
  }

  async remove(sequences: readonly number[]): Promise<void> {
    await this.#opened().remove(sequences);
  }

  async counts(): Promise<EventLogCounts> {
    return this.#opened().counts();
  }

  async close(): Promise<void> {
    this.#state = "closed";
    this.#cancelRetry();
    await this.#opening;
    await this.#log?.close();
  }

  #opened(): EventLog {
    if (this.#state === "closed") throw machineFault("event-log-closed", "The event log is closed.");
    if (this.#log === null) throw this.#refusal;
    return this.#log;
  }

  #openLater(): Cancel {
    return this.#options.clock.after(openAgainMs, () => {
      this.#opening = this.#open();
    });
  }

  async #open(): Promise<void> {
    try {
      this.#log = await this.#options.open();
    } catch (error) {
      this.#refusal = error;
      if (this.#state === "open") this.#cancelRetry = this.#openLater();
      return;
    }
    if (this.#state === "open") this.#options.onOpened();
  }
}
