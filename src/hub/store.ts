import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Failure, machineFault } from "#core/failure.ts";
import { makeFolder } from "#recording/make-folder.ts";
import { DeviceStore } from "./device-store.ts";
import { EventStore } from "./event-store.ts";
import { IncidentStore } from "./incident-store.ts";
import { readTimeLine } from "./incident-time-line.ts";
import { NotificationStore } from "./notification/notification-store.ts";
import { migrate } from "./store-migrations.ts";
import { TelemetryStore } from "./telemetry-store.ts";
import { ZoneStore } from "./zone-store.ts";

/** Name of the database in the data folder; SQLite keeps `-wal` and `-shm` files beside it. */
export const storeFileName = "hub.sqlite";

/** How long a write waits for another process that holds the database. */
const busyTimeoutMs = 2_000;

/** What the hub remembers: events, telemetry and the last word of each device, in one SQLite file. */
export class Store {
  readonly events: EventStore;
  readonly telemetry: TelemetryStore;
  readonly devices: DeviceStore;
  readonly zones: ZoneStore;
  readonly incidents: IncidentStore;
  readonly notifications: NotificationStore;
  readonly #database: DatabaseSync;
  #open = true;

  /** Takes over a migrated database. */
  constructor(database: DatabaseSync) {
    this.#database = database;
    this.events = new EventStore(database);
    this.telemetry = new TelemetryStore(database);
    this.devices = new DeviceStore(database);
    this.zones = new ZoneStore(database);
    this.incidents = new IncidentStore(database);
    this.notifications = new NotificationStore(database);
  }

  /** Does several writes as one: all of them are kept, or none where one throws. */
  atOnce<Result>(write: () => Result): Result {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = write();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      // A full disk may have ended the transaction already.
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  /** Everything that happened in an incident and was done in it. */
  timeLine(id: string): ReturnType<typeof readTimeLine> {
    return readTimeLine({ database: this.#database, notifications: this.notifications }, id);
  }

  /** What is wrong with the store, in one sentence; null while it answers. */
  get problem(): string | null {
    if (!this.#open) return "The store is closed.";
    try {
      this.#database.prepare("SELECT count(*) FROM device").get();
      return null;
    } catch (error) {
      return `The store does not answer: ${error instanceof Error ? error.message : String(error)}.`;
    }
  }

  /**
   * Forgets the replays of earlier runs with their telemetry, so that a recording watched anew has its own charts only.
   * Their events stay in the log.
   */
  forgetReplays(): void {
    for (const { id, health } of this.devices.all()) {
      if (health?.source !== "replay") continue;
      this.telemetry.forget(id);
      // Last, so that what a crash leaves is forgotten at the next start.
      this.devices.forget(id);
    }
  }

  /** Brings everything into the database file and closes it; safe to call twice. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#database.close();
  }
}

/**
 * Opens the store in a data folder and makes both where they are missing. Throws machineFault "store-unusable" when the
 * folder is read-only or the file is damaged, "data-folder-in-use" when another program has it, and badInput
 * "store-too-new".
 */
export function openStore(dataFolder: string): Store {
  const path = join(dataFolder, storeFileName);
  let database: DatabaseSync | null = null;
  try {
    makeFolder(dataFolder);
    // Made before SQLite makes it readable by everybody; its other files take over the mode.
    closeSync(openSync(path, "a", 0o600));
    database = new DatabaseSync(path, { timeout: busyTimeoutMs });
    // Two programs on one folder would overwrite each other's devices; the system lets go when a program dies.
    database.exec(
      "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON",
    );
    migrate(database, path);
    checkIntegrity(database);
    return new Store(database);
  } catch (error) {
    database?.close();
    if (error instanceof Failure) throw error;
    throw unusable({ path, error });
  }
}

function checkIntegrity(database: DatabaseSync): void {
  const answer = database.prepare("PRAGMA quick_check(1)").get()?.["quick_check"];
  if (answer !== "ok") throw new Error(`malformed: ${String(answer)}`);
  // SQLite opens a read-only file without a word; a write tells.
  database.exec("BEGIN IMMEDIATE; DELETE FROM device WHERE device IS NULL; COMMIT");
}

function unusable(options: { path: string; error: unknown }): Failure {
  const cause = options.error instanceof Error ? options.error.message : String(options.error);
  if (/database is locked/.test(cause)) {
    return machineFault(
      "data-folder-in-use",
      `The data folder of ${options.path} is in use by another Emberwatch: stop that one, or choose another folder with --data.`,
      { cause: options.error },
    );
  }
  const damaged = /malformed|not a database|corrupt/.test(cause);
  const advice = damaged
    ? "it is damaged: move it away to start with an empty one, or restore it from a backup"
    : "make its folder writable for this user, or choose another data folder with --data";
  return machineFault("store-unusable", `The store ${options.path} cannot be used (${cause}): ${advice}.`, {
    cause: options.error,
  });
}
