/**
 * How an entry fares when room is short. "alarm" calls people and never goes; "event" is any other event; "telemetry"
 * goes first.
 */
export type EntryClass = "alarm" | "event" | "telemetry";

/** What is to be kept until its receiver has it. */
export interface NewEntry {
  /** Unique for ever: an entry that is appended twice is there once. */
  readonly id: string;
  readonly class: EntryClass;
  /** The message as it will be sent; the log does not look into it. */
  readonly body: string;
}

/** An entry in a log, with the number that says its place. */
export interface LoggedEntry extends NewEntry {
  /** Positive, rising with each entry, never given twice, also after a restart. */
  readonly sequence: number;
}

/** What is in a log. */
export interface EventLogCounts {
  readonly entries: number;
  /** Those of them that never go. */
  readonly alarms: number;
  /** Entries that went for want of room since the log was opened; never an alarm. */
  readonly dropped: number;
}

/** Which entries to read. */
export interface EntryRange {
  /** Only entries with a greater sequence; 0 for the oldest. */
  readonly after: number;
  readonly max: number;
  /** Only telemetry, or only what goes before it; both where absent. */
  readonly of?: "telemetry" | "all-else" | undefined;
}

/** Whether an entry of this class is in a range. */
export function isInRange(entryClass: EntryClass, { of }: Pick<EntryRange, "of">): boolean {
  return of === undefined || (of === "telemetry") === (entryClass === "telemetry");
}

/** At this many entries others have to go before one can be added; alarms are added in any case. */
export const loggedEntriesMax = 10_000;

/**
 * Entries on their way to a receiver, on something that outlives a power cut. Calls are done in the order in which they
 * are made. Every call may reject with a machineFault: "event-log-full" when there is no room, "event-log-failed" when
 * the disk says anything else, "event-log-closed" after `close`. A rejected call has added and removed nothing
 * that was asked for, and the log can be used on.
 *
 * At `loggedEntriesMax`, and on a full disk, room is made for a new entry: the oldest telemetry goes, for an event or
 * an alarm also the oldest event when there is no telemetry. Alarms never go. Where that makes no room, an alarm is
 * added beyond the maximum if the disk takes it, and anything else is refused as "event-log-full".
 */
export interface EventLog {
  /** Adds an entry at the end; resolves with its sequence once it survives a power cut. A known id is not added again. */
  append(entry: NewEntry): Promise<number>;
  /** The oldest entries of the range, oldest first. */
  read(range: EntryRange): Promise<readonly LoggedEntry[]>;
  /**
   * Forgets entries whose receiver has said that it has them; unknown numbers are passed over. Once resolved they do not
   * come back, whatever happens.
   */
  remove(sequences: readonly number[]): Promise<void>;
  counts(): Promise<EventLogCounts>;
  /** Finishes what was asked for and lets go of the disk; safe to call twice. */
  close(): Promise<void>;
}

/** Classes whose oldest entry may go for a new entry of this class, in the order in which they are tried. */
export function displaceableFor(entryClass: EntryClass): readonly EntryClass[] {
  return entryClass === "telemetry" ? ["telemetry"] : ["telemetry", "event"];
}
