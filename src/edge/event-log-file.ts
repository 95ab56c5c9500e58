import { closeSync, openSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import {
  displaceableFor,
  type EntryClass,
  type EntryRange,
  type EventLogCounts,
  type LoggedEntry,
  loggedEntriesMax,
  type NewEntry,
} from "#core/event-log/event-log.ts";
import { badInput, Failure, machineFault } from "#core/failure.ts";
import { makeFolder } from "#recording/make-folder.ts";

/** How long a write waits for the other process that has the same log open, in ms. */
const busyTimeoutMs = 2_000;
/** What SQLite's write-ahead log is cut back to after its content went into the database, in bytes. */
const journalBytesKept = 1024 * 1024;
/** Entries that go at once when the disk has no room for one more. */
const droppedAtOnce = 100;
const version = 1;
/** SQLite's result codes that are told apart (https://www.sqlite.org/rescode.html). */
const resultCodes = { corrupt: 11, full: 13, notADatabase: 26 } as const;

const schema = `
CREATE TABLE IF NOT EXISTS entry (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  class TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS entry_by_class ON entry (class, sequence);
PRAGMA user_version = ${version};`;

type Statement = "insert" | "known" | "count" | "read" | "remove" | "drop";

/** How to open the file. */
export interface EventLogFileOptions {
  readonly path: string;
  /** Smaller maximum than `loggedEntriesMax`. */
  readonly entriesMax?: number | undefined;
  /** Most pages of 4,096 bytes that the database may have: a quota. */
  readonly pagesMax?: number | undefined;
  /** Of two processes with one log only the first to start may move a damaged file aside; by default it does. */
  readonly damaged?: "move-aside" | "refuse" | undefined;
}

/**
 * The SQLite file of an event log: write-ahead log with full sync, so that what a call has returned from outlives a
 * power cut. Two processes may have it open. Every call blocks its thread: it belongs into a worker.
 */
export class EventLogFile {
  readonly #database: DatabaseSync;
  readonly #options: EventLogFileOptions;
  readonly #statements: Readonly<Record<Statement, StatementSync>>;
  #dropped = 0;

  private constructor(database: DatabaseSync, options: EventLogFileOptions) {
    this.#database = database;
    this.#options = options;
    this.#statements = {
      insert: database.prepare("INSERT INTO entry (id, class, body) VALUES (?, ?, ?)"),
      known: database.prepare("SELECT sequence FROM entry WHERE id = ?"),
      count: database.prepare("SELECT count(*) AS entries, sum(class = 'alarm') AS alarms FROM entry"),
      read: database.prepare(
        `SELECT sequence, id, class, body FROM entry WHERE sequence > :after
         AND (:of IS NULL OR (class = 'telemetry') = (:of = 'telemetry')) ORDER BY sequence LIMIT :max`,
      ),
      remove: database.prepare("DELETE FROM entry WHERE sequence = ?"),
      drop: database.prepare(
        "DELETE FROM entry WHERE sequence IN (SELECT sequence FROM entry WHERE class = ? ORDER BY sequence LIMIT ?)",
      ),
    };
  }

  /**
   * Opens or makes the file. One that is damaged is moved aside as PATH.damaged and told in `damage`. Throws
   * machineFault "data-folder-unusable", and badInput "event-log-too-new" for a file of a newer version.
   */
  static open(options: EventLogFileOptions): { readonly file: EventLogFile; readonly damage: string | null } {
    const { path } = options;
    try {
      makeFolder(dirname(path));
      try {
        return { file: EventLogFile.#openDatabase(options), damage: null };
      } catch (error) {
        const code = errorCode(error);
        const isDamaged = code === resultCodes.corrupt || code === resultCodes.notADatabase;
        if (!isDamaged || options.damaged === "refuse") throw error;
        for (const ending of ["", "-wal", "-shm"]) moveAside(path, ending);
        const damage = `${path} was damaged and is kept as ${path}.damaged: events in it that the hub did not have are lost.`;
        return { file: EventLogFile.#openDatabase(options), damage };
      }
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw machineFault(
        "data-folder-unusable",
        `The event log ${path} cannot be opened (${messageOf(error)}): make its folder writable for this user, or free space on the disk.`,
        { cause: error },
      );
    }
  }

  static #openDatabase(options: EventLogFileOptions): EventLogFile {
    // Made before SQLite makes it readable by everybody; its other files take over the mode.
    closeSync(openSync(options.path, "a", 0o600));
    const database = new DatabaseSync(options.path, { timeout: busyTimeoutMs });
    try {
      prepare(database, options);
      return new EventLogFile(database, options);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Adds entries in one transaction, each as of `EventLog.append`: its sequence, or why it is not there. */
  appendAll(entries: readonly NewEntry[]): readonly (number | Failure)[] {
    const dropped = this.#dropped;
    try {
      return this.#transaction(() => entries.map((entry) => this.#append(entry)));
    } catch (error) {
      this.#dropped = dropped;
      // One that the disk has no room for must not take the others with it.
      if (entries.length > 1) return entries.flatMap((entry) => this.appendAll([entry]));
      return entries.map((entry) => this.#appendWhereFull(entry, error));
    }
  }

  /** As `EventLog.read`; throws its failures. */
  read({ after, max, of = undefined }: EntryRange): readonly LoggedEntry[] {
    return this.#told(() =>
      this.#statements.read.all({ after, max, of: of ?? null }).map((row) => ({
        sequence: Number(row["sequence"]),
        id: String(row["id"]),
        class: String(row["class"]) as EntryClass,
        body: String(row["body"]),
      })),
    );
  }

  /** As `EventLog.remove`; throws its failures. */
  remove(sequences: readonly number[]): void {
    this.#told(() =>
      this.#transaction(() => {
        for (const sequence of sequences) this.#statements.remove.run(sequence);
      }),
    );
  }

  /** As `EventLog.counts`; throws its failures. */
  get counts(): EventLogCounts {
    return this.#told(() => {
      const row = this.#statements.count.get();
      return { entries: Number(row?.["entries"]), alarms: Number(row?.["alarms"]), dropped: this.#dropped };
    });
  }

  /** Lets go of the file. */
  close(): void {
    this.#database.close();
  }

  #append(entry: NewEntry): number | Failure {
    const known = this.#statements.known.get(entry.id);
    if (known !== undefined) return Number(known["sequence"]);
    const entries = Number(this.#statements.count.get()?.["entries"]);
    const isFull = entries >= (this.#options.entriesMax ?? loggedEntriesMax);
    const gone = isFull ? this.#drop(entry.class, 1) : 0;
    this.#dropped += gone;
    if (isFull && gone === 0 && entry.class !== "alarm") {
      return machineFault(
        "event-log-full",
        `${this.#options.path} is full of what is more important: reach the hub.`,
      );
    }
    return Number(this.#statements.insert.run(entry.id, entry.class, entry.body).lastInsertRowid);
  }

  /** The disk has no room: what is less important goes, then it is tried once more. */
  #appendWhereFull(entry: NewEntry, error: unknown): number | Failure {
    try {
      if (errorCode(error) !== resultCodes.full) throw error;
      const gone = this.#transaction(() => this.#drop(entry.class, droppedAtOnce));
      if (gone === 0) throw error;
      this.#dropped += gone;
    } catch (cause) {
      return failureOf(this.#options.path, cause);
    }
    const dropped = this.#dropped;
    try {
      return this.#transaction(() => this.#append(entry));
    } catch (again) {
      this.#dropped = dropped;
      return failureOf(this.#options.path, again);
    }
  }

  /** Drops what an entry of this class may displace; returns how many went. */
  #drop(entryClass: EntryClass, most: number): number {
    let left = most;
    for (const wanted of displaceableFor(entryClass)) {
      if (left > 0) left -= Number(this.#statements.drop.run(wanted, left).changes);
    }
    return most - left;
  }

  #transaction<T>(action: () => T): T {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = action();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  #told<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw failureOf(this.#options.path, error);
    }
  }
}

function prepare(database: DatabaseSync, { path, pagesMax }: EventLogFileOptions): void {
  database.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = ${journalBytesKept}`,
  );
  const held = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (held > version) {
    throw badInput(
      "event-log-too-new",
      `${path} was written by a newer version of this software: install that one again, or move the file away.`,
    );
  }
  if (held === 0) database.exec(`BEGIN IMMEDIATE; ${schema} COMMIT`);
  if (pagesMax !== undefined) database.exec(`PRAGMA max_page_count = ${Math.floor(pagesMax)}`);
  const check = String(database.prepare("PRAGMA quick_check(1)").get()?.["quick_check"]);
  if (check !== "ok") throw Object.assign(new Error(check), { errcode: resultCodes.corrupt });
}

function moveAside(path: string, ending: string): void {
  try {
    renameSync(path + ending, `${path}.damaged${ending}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/** SQLite's primary result code; NaN for an error of anything else. */
function errorCode(error: unknown): number {
  const code = error instanceof Error && "errcode" in error ? Number(error.errcode) : Number.NaN;
  return Number.isNaN(code) ? code : code & 0xff;
}

function failureOf(path: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const options = { cause: error };
  return errorCode(error) === resultCodes.full
    ? machineFault("event-log-full", `The disk has no room for ${path}: free space on it.`, options)
    : machineFault(
        "event-log-failed",
        `${path} cannot be used (${messageOf(error)}): check the disk.`,
        options,
      );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
