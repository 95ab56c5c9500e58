import { machineFault } from "../failure.ts";
import {
  displaceableFor,
  type EntryRange,
  type EventLogCounts,
  isInRange,
  type LoggedEntry,
  loggedEntriesMax,
  type NewEntry,
} from "./event-log.ts";

/** Entries in memory under the rules of an `EventLog`: what logs that are no database are made of. */
export class EntryList {
  readonly #entriesMax: number;
  #entries: LoggedEntry[] = [];
  #lastSequence = 0;
  #dropped = 0;

  constructor(entriesMax: number = loggedEntriesMax) {
    this.#entriesMax = entriesMax;
  }

  /** As `EventLog.append`; throws its "event-log-full". */
  append(entry: NewEntry): number {
    const known = this.#entries.find(({ id }) => id === entry.id);
    if (known !== undefined) return known.sequence;
    if (this.#entries.length >= this.#entriesMax && !this.makeRoomFor(entry) && entry.class !== "alarm") {
      throw machineFault("event-log-full", "The event log is full of what is more important: reach the hub.");
    }
    this.#lastSequence += 1;
    this.#entries.push({ ...entry, sequence: this.#lastSequence });
    return this.#lastSequence;
  }

  /** Drops the least important entry that this one may displace; false when there is none. */
  makeRoomFor(entry: NewEntry): boolean {
    for (const wanted of displaceableFor(entry.class)) {
      const index = this.#entries.findIndex((one) => one.class === wanted);
      if (index < 0) continue;
      this.#entries.splice(index, 1);
      this.#dropped += 1;
      return true;
    }
    return false;
  }

  /** As `EventLog.read`. */
  read(range: EntryRange): readonly LoggedEntry[] {
    const { after, max } = range;
    return this.#entries
      .filter((entry) => entry.sequence > after && isInRange(entry.class, range))
      .slice(0, max);
  }

  /** As `EventLog.remove`. */
  remove(sequences: readonly number[]): void {
    const gone = new Set(sequences);
    this.#entries = this.#entries.filter(({ sequence }) => !gone.has(sequence));
  }

  /** As `EventLog.counts`. */
  get counts(): EventLogCounts {
    const alarms = this.#entries.filter((entry) => entry.class === "alarm").length;
    return { entries: this.#entries.length, alarms, dropped: this.#dropped };
  }

  /** Begins to count what is dropped anew, as a log does when it is opened. */
  forgetDropped(): void {
    this.#dropped = 0;
  }
}
