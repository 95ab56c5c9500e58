import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { IncidentAct } from "#core/incident/incident-acts.ts";
import { type IncidentRecord, incidentState, isProtected } from "#core/incident/incident-record.ts";
import type { LatencyStages } from "#core/incident/latency-ledger.ts";
import type { IncidentPage, IncidentsQuery, IncidentView } from "#wire/incident-api.ts";
import { incidentRecordSchema } from "#wire/incident-schemas.ts";

/** At this many incidents the oldest go that nothing protects; those that are protected stay, however many they are. */
export const incidentsMax = 50_000;

/** Incidents whose stages one report looks at: the newest. */
export const ledgerIncidentsMax = 10_000;

/** Incidents, each as its newest record, with the events and acts of its time line by reference. */
export class IncidentStore {
  readonly #database: DatabaseSync;
  readonly #get: StatementSync;
  readonly #linked: StatementSync;
  readonly #known: StatementSync;
  readonly #put: StatementSync;
  readonly #insert: StatementSync;
  readonly #link: StatementSync;
  readonly #device: StatementSync;
  readonly #event: StatementSync;
  readonly #act: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#get = database.prepare("SELECT record FROM incident WHERE number = ?");
    this.#linked = database.prepare(
      "SELECT record FROM incident JOIN incident_link USING (number) WHERE source = ? AND incident_id = ?",
    );
    this.#known = database.prepare(
      `SELECT record FROM incident WHERE stands = 1
        OR number IN (SELECT max(number) FROM incident WHERE place = ? GROUP BY kind) ORDER BY number DESC`,
    );
    const columns =
      "place = ?, kind = ?, severity = ?, state = ?, stands = ?, protected = ?, began_at_micros = ?, record = ?";
    this.#put = database.prepare(`UPDATE incident SET ${columns} WHERE number = ?`);
    this.#insert = database.prepare(
      "INSERT INTO incident (place, kind, severity, state, stands, protected, began_at_micros, record) VALUES ('', '', '', '', 0, 0, 0, '')",
    );
    this.#link = database.prepare(
      "INSERT INTO incident_link (source, incident_id, number) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET number = excluded.number",
    );
    this.#device = database.prepare("INSERT OR IGNORE INTO incident_device (device, number) VALUES (?, ?)");
    this.#event = database.prepare("INSERT OR IGNORE INTO incident_event (number, event) VALUES (?, ?)");
    this.#act = database.prepare("INSERT INTO incident_act (number, at_micros, body) VALUES (?, ?, ?)");
  }

  /** An incident; null where there is none of this name, or it cannot be read. */
  get(id: string): IncidentRecord | null {
    return /^\d{1,15}$/.test(id) ? readRecord(this.#get.get(Number(id))) : null;
  }

  /** The incident that a source calls by this name; null where there is none. */
  linked(key: string, incidentId: string): IncidentRecord | null {
    return readRecord(this.#linked.get(key, incidentId));
  }

  /** All incidents that stand, and the newest of each kind at a place; the newest first. */
  known(place: string): IncidentRecord[] {
    return this.#known.all(place).flatMap((row) => readRecord(row) ?? []);
  }

  /** Takes the name of an incident that begins; it is to be put in the same transaction. */
  newId(): string {
    return String(this.#insert.run().lastInsertRowid);
  }

  /** Keeps an incident as it is now. */
  put(record: IncidentRecord): void {
    const { id, place, kind, severity, standing, first, devices } = record;
    const flags = [standing.length > 0, isProtected(record)].map(Number) as [number, number];
    const json = JSON.stringify(record);
    const state = incidentState(record);
    this.#put.run(place, kind, severity, state, ...flags, first.receivedAtMicros, json, Number(id));
    for (const device of devices) this.#device.run(device, Number(id));
  }

  /** Keeps by which name a source calls an incident. */
  link(id: string, { key, incidentId }: { readonly key: string; readonly incidentId: string }): void {
    this.#link.run(key, incidentId, Number(id));
  }

  /** Adds an event to an incident's time line. */
  addEvent(id: string, eventRow: number): void {
    this.#event.run(Number(id), eventRow);
  }

  /** Adds what a person did to an incident's time line. */
  addAct(id: string, done: { readonly atMicros: number; readonly act: IncidentAct }): void {
    this.#act.run(Number(id), done.atMicros, JSON.stringify(done.act));
  }

  /** The newest first. */
  page({ device, state, kind, from, to, before, limit }: IncidentsQuery): IncidentPage {
    const rows = this.#database
      .prepare(
        `SELECT number, record FROM incident
          WHERE number < :before AND began_at_micros BETWEEN :from AND :to
            AND (:state IS NULL OR state = :state) AND (:kind IS NULL OR kind = :kind)
            AND (:device IS NULL OR number IN (SELECT number FROM incident_device WHERE device = :device))
          ORDER BY number DESC LIMIT :limit`,
      )
      .all({
        before: before === undefined ? Number.MAX_SAFE_INTEGER : Number(before),
        from: from ?? 0,
        to: to ?? Number.MAX_SAFE_INTEGER,
        state: state ?? null,
        kind: kind ?? null,
        device: device ?? null,
        limit: limit + 1,
      });
    const shown = rows.slice(0, limit);
    const incidents = shown.flatMap((row) => {
      const record = readRecord(row);
      return record === null ? [] : [incidentView(record)];
    });
    return { incidents, next: rows.length > shown.length ? String(shown.at(-1)?.["number"]) : null };
  }

  /** The stages of real alarms and gas hazards that began in a time, of the newest `ledgerIncidentsMax`. */
  stages(span: { readonly from: number; readonly to: number }): LatencyStages[] {
    return this.#database
      .prepare(
        `SELECT record FROM incident WHERE kind = 'real' AND severity <> 'prealarm' AND began_at_micros BETWEEN ? AND ?
          ORDER BY number DESC LIMIT ${ledgerIncidentsMax}`,
      )
      .all(span.from, span.to)
      .flatMap((row) => readRecord(row)?.stages ?? []);
  }

  /** Holds the number of incidents to its maximum; returns how many went, with all that belonged to them but events. */
  trim(options: { readonly most: number }): number {
    const held = Number(this.#database.prepare("SELECT count(*) AS held FROM incident").get()?.["held"]);
    if (held <= options.most) return 0;
    const gone = this.#database
      .prepare(
        "DELETE FROM incident WHERE number IN (SELECT number FROM incident WHERE protected = 0 ORDER BY number LIMIT ?)",
      )
      .run(held - options.most);
    return Number(gone.changes);
  }
}

/** An incident as people see it. */
export function incidentView(record: IncidentRecord): IncidentView {
  const { devices, standing, firstReasons, reasons, ...rest } = record;
  const lists = { devices: [...devices], standing: [...standing], firstReasons, reasons };
  return { ...rest, ...lists, state: incidentState(record) };
}

/** A record that cannot be read is none: the next event begins another, and nobody waits for this one. */
function readRecord(row: Record<string, unknown> | undefined): IncidentRecord | null {
  if (row === undefined) return null;
  try {
    return incidentRecordSchema.safeParse(JSON.parse(String(row["record"]))).data ?? null;
  } catch {
    return null;
  }
}
