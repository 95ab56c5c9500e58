import type { DatabaseSync, StatementSync } from "node:sqlite";
import { alarmEventTypes, callsPeople } from "#core/alarm/alarm-event-types.ts";
import type { DeviceEvent } from "#core/device-event.ts";
import { type EventMessage, eventSchema } from "#wire/device-messages.ts";
import type { EventPage } from "#wire/hub-api.ts";

/** At this many events the oldest go: first those that call nobody, alarms only when nothing else is left. */
export const storedEventsMax = 1_000_000;

/** What the head of the file says whose it is: "Embr" (https://www.sqlite.org/pragma.html#pragma_application_id). */
const applicationId = 0x456d6272;

/** Type under which an event is kept that cannot be read. */
const unreadableType = "unreadable";

/** Type under which a zone's event is kept that calls people. */
const zoneAlarmType = "zone-alarm";

const keptLongest: readonly string[] = [...alarmEventTypes, zoneAlarmType];

/** An event as it is kept. */
export interface KeptEvent {
  readonly row: number;
  /** Device or zone. */
  readonly device: string;
  /** By the hub's clock; of events of older hubs, by the device's. */
  readonly receivedAtMicros: number;
  readonly message: EventMessage | null;
}

/** Events of all devices, each applied exactly once. */
export class EventStore {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #page: StatementSync;
  readonly #pageOfDevice: StatementSync;
  readonly #after: StatementSync;
  readonly #between: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insert = database.prepare(
      "INSERT INTO event (device, id, type, at_micros, body, received_at_micros) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (device, id) DO NOTHING",
    );
    this.#after = database.prepare(
      "SELECT row, device, at_micros, received_at_micros, body FROM event WHERE row > ? ORDER BY row LIMIT ?",
    );
    const readable = `SELECT row, device, body FROM event WHERE type <> '${unreadableType}'`;
    this.#page = database.prepare(`${readable} AND row < ? ORDER BY row DESC LIMIT ?`);
    this.#pageOfDevice = database.prepare(`${readable} AND device = ? AND row < ? ORDER BY row DESC LIMIT ?`);
    this.#between = database.prepare(
      `${readable} AND type IN (SELECT value FROM json_each(?)) AND at_micros >= ? AND at_micros < ? ORDER BY at_micros LIMIT ?`,
    );
  }

  /**
   * Keeps an event; it outlives this process when this returns, and a power cut after the next `sync`. False when it was
   * here already (the same device and id). `receivedAtMicros` is by the hub's clock; left out where nobody knows.
   */
  add(device: string, message: EventMessage, receivedAtMicros?: number): boolean {
    const { id, event } = message;
    const body = JSON.stringify(message);
    const received = receivedAtMicros ?? null;
    const added = this.#insert.run(device, id, keptType(event), event.atMicros, body, received);
    return Number(added.changes) === 1;
  }

  /**
   * Brings everything that was kept before to the disk: a device may forget it after this. SQLite syncs its whole
   * write-ahead log at a commit under full sync, whatever that commit writes; an update that changes nothing writes
   * nothing, so it is the number in the file's head, which SQLite writes even where it stays the same.
   */
  sync(): void {
    this.#database.exec("PRAGMA synchronous = FULL");
    try {
      this.#database.exec(`PRAGMA application_id = ${applicationId}`);
    } finally {
      this.#database.exec("PRAGMA synchronous = NORMAL");
    }
  }

  /**
   * Keeps an event that this version cannot read, as it came: its device will forget it. It is shown nowhere but counted,
   * until a version that can read it looks again. True when it was not there.
   */
  addUnreadable(
    device: string,
    message: { readonly id: string; readonly atMicros: number; readonly body: string },
  ): boolean {
    const { id, atMicros, body } = message;
    const added = this.#insert.run(device, id, unreadableType, atMicros, body, atMicros);
    return Number(added.changes) === 1;
  }

  /** How many events are kept that this version cannot read. */
  get unreadable(): number {
    const row = this.#database
      .prepare("SELECT count(*) AS held FROM event WHERE type = ?")
      .get(unreadableType);
    return Number(row?.["held"]);
  }

  /** Newest first by arrival. `before` is a page's `next`, null for the first page. */
  page(options: {
    readonly device: string | null;
    readonly before: number | null;
    readonly limit: number;
  }): EventPage {
    const before = options.before ?? Number.MAX_SAFE_INTEGER;
    const rows =
      options.device === null
        ? this.#page.all(before, options.limit + 1)
        : this.#pageOfDevice.all(options.device, before, options.limit + 1);
    const shown = rows.slice(0, options.limit);
    const events = shown.map((row) => ({
      device: String(row["device"]),
      ...eventSchema.parse(JSON.parse(String(row["body"]))),
    }));
    return { events, next: rows.length > shown.length ? String(shown.at(-1)!["row"]) : null };
  }

  /** The oldest events after a row, in the order in which they came; those that cannot be read as null. */
  after(row: number, options: { readonly limit: number }): KeptEvent[] {
    return this.#after.all(row, options.limit).map((found) => ({
      row: Number(found["row"]),
      device: String(found["device"]),
      receivedAtMicros: Number(found["received_at_micros"] ?? found["at_micros"]),
      message: readMessage(String(found["body"])),
    }));
  }

  /** Events of some types that happened in a span, by the device's clock, in order; at most `most` of them. */
  between(span: {
    readonly types: readonly DeviceEvent["type"][];
    readonly fromMicros: number;
    readonly toMicros: number;
    readonly most: number;
  }): readonly { readonly device: string; readonly event: DeviceEvent }[] {
    const { types, fromMicros, toMicros, most } = span;
    const kept = types.includes("zone") ? [...types, zoneAlarmType] : types;
    const rows = this.#between.all(JSON.stringify(kept), fromMicros, toMicros, most);
    return rows.map((row) => ({
      device: String(row["device"]),
      event: eventSchema.parse(JSON.parse(String(row["body"]))).event,
    }));
  }

  /**
   * Holds the number of events to its maximum; returns how many went. What belongs to an incident that stands, is held
   * or has not been closed stays, also where more than the maximum does.
   */
  trim(options: { readonly most: number }): number {
    const held = Number(this.#database.prepare("SELECT count(*) AS held FROM event").get()?.["held"]);
    if (held <= options.most) return 0;
    const gone = this.#database
      .prepare(
        `DELETE FROM event WHERE row IN (
          SELECT row FROM event
          WHERE row NOT IN (SELECT event FROM incident_event JOIN incident USING (number) WHERE protected = 1)
          ORDER BY type IN (${keptLongest.map(() => "?").join()}), row LIMIT ?)`,
      )
      .run(...keptLongest, held - options.most);
    return Number(gone.changes);
  }
}

function readMessage(body: string): EventMessage | null {
  try {
    return eventSchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

function keptType(event: DeviceEvent): string {
  return event.type === "zone" && callsPeople(event) ? zoneAlarmType : event.type;
}
