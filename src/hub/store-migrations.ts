import type { DatabaseSync } from "node:sqlite";
import { badInput } from "#core/failure.ts";

/**
 * The steps from an empty database to the present one. A released step never changes; a new one is appended.
 * `PRAGMA user_version` holds how many have been taken.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE event (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    device TEXT NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    at_micros INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (device, id)
  ) STRICT;
  CREATE INDEX event_of_device ON event (device, row);

  CREATE TABLE telemetry (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    device TEXT NOT NULL,
    at_micros INTEGER NOT NULL,
    hottest_celsius REAL,
    co2_ppm REAL,
    air_temperature_celsius REAL,
    humidity_percent REAL,
    nearness REAL NOT NULL,
    UNIQUE (device, at_micros)
  ) STRICT;
  CREATE INDEX telemetry_by_time ON telemetry (at_micros);

  CREATE TABLE telemetry_minute (
    device TEXT NOT NULL,
    minute_micros INTEGER NOT NULL,
    hottest_celsius_max REAL,
    hottest_celsius_sum REAL NOT NULL,
    hottest_celsius_count INTEGER NOT NULL,
    co2_ppm_max REAL,
    co2_ppm_sum REAL NOT NULL,
    co2_ppm_count INTEGER NOT NULL,
    air_temperature_celsius_sum REAL NOT NULL,
    air_temperature_celsius_count INTEGER NOT NULL,
    humidity_percent_sum REAL NOT NULL,
    humidity_percent_count INTEGER NOT NULL,
    nearness_max REAL NOT NULL,
    PRIMARY KEY (device, minute_micros)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX telemetry_minute_by_time ON telemetry_minute (minute_micros);

  CREATE TABLE device (
    device TEXT PRIMARY KEY,
    heard_at_micros INTEGER NOT NULL,
    health TEXT,
    state TEXT
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE telemetry_batch (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    device TEXT NOT NULL,
    id TEXT NOT NULL,
    UNIQUE (device, id)
  ) STRICT;
  `,
  `
  CREATE TABLE zone (
    zone TEXT PRIMARY KEY,
    state TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE device ADD COLUMN regions TEXT;
  `,
  `
  ALTER TABLE event ADD COLUMN received_at_micros INTEGER;

  CREATE TABLE incident (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    place TEXT NOT NULL,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL,
    state TEXT NOT NULL,
    stands INTEGER NOT NULL,
    protected INTEGER NOT NULL,
    began_at_micros INTEGER NOT NULL,
    record TEXT NOT NULL
  ) STRICT;
  CREATE INDEX incident_of_place ON incident (place, kind, number);
  CREATE INDEX incident_that_stands ON incident (number) WHERE stands = 1;
  CREATE INDEX incident_by_time ON incident (began_at_micros);

  CREATE TABLE incident_device (
    device TEXT NOT NULL,
    number INTEGER NOT NULL REFERENCES incident (number) ON DELETE CASCADE,
    PRIMARY KEY (device, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX incident_device_by_number ON incident_device (number);

  CREATE TABLE incident_link (
    source TEXT NOT NULL,
    incident_id TEXT NOT NULL,
    number INTEGER NOT NULL REFERENCES incident (number) ON DELETE CASCADE,
    PRIMARY KEY (source, incident_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX incident_link_by_number ON incident_link (number);

  CREATE TABLE incident_event (
    number INTEGER NOT NULL REFERENCES incident (number) ON DELETE CASCADE,
    event INTEGER NOT NULL REFERENCES event (row) ON DELETE CASCADE,
    PRIMARY KEY (number, event)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX incident_event_by_event ON incident_event (event);

  CREATE TABLE incident_act (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL REFERENCES incident (number) ON DELETE CASCADE,
    at_micros INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX incident_act_by_number ON incident_act (number, row);

  CREATE TABLE notification (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    number INTEGER REFERENCES incident (number) ON DELETE CASCADE,
    at_micros INTEGER NOT NULL,
    body TEXT NOT NULL,
    outcome TEXT NOT NULL,
    settled_at_micros INTEGER,
    text TEXT NOT NULL
  ) STRICT;
  CREATE INDEX notification_by_number ON notification (number, row);

  CREATE TABLE escalation (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    state TEXT,
    folded_row INTEGER NOT NULL
  ) STRICT;
  -- What a hub kept before it knew incidents calls nobody afterwards.
  INSERT INTO escalation (one, state, folded_row) SELECT 1, NULL, coalesce(max(row), 0) FROM event;
  `,
  `
  CREATE INDEX event_by_time ON event (at_micros);
  `,
];

/** Brings a database to the present shape; throws badInput "store-too-new" for one that a later version wrote. */
export function migrate(database: DatabaseSync, path: string): void {
  const taken = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (taken > migrations.length) {
    throw badInput(
      "store-too-new",
      `${path} was written by a later version of Emberwatch: start that version, or choose another data folder with --data.`,
    );
  }
  for (let step = taken; step < migrations.length; step += 1) {
    // One transaction with the version number in it: a crash leaves either the step before or the step after.
    database.exec(`BEGIN IMMEDIATE; ${migrations[step]}; PRAGMA user_version = ${step + 1}; COMMIT;`);
  }
}
