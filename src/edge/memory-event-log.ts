import { EntryList } from "#core/event-log/entry-list.ts";
import type {
  EntryRange,
  EventLog,
  EventLogCounts,
  LoggedEntry,
  NewEntry,
} from "#core/event-log/event-log.ts";

/** An event log for a device that keeps nothing beyond its run, such as a replay: it survives no power cut. */
export class MemoryEventLog implements EventLog {
  readonly #entries = new EntryList();

  async append(entry: NewEntry): Promise<number> {
    return this.#entries.append(entry);
  }

  async read(range: EntryRange): Promise<readonly LoggedEntry[]> {
    return this.#entries.read(range);
  }

  async remove(sequences: readonly number[]): Promise<void> {
    this.#entries.remove(sequences);
  }

  async counts(): Promise<EventLogCounts> {
    return this.#entries.counts;
  }

  async close(): Promise<void> {}
}
