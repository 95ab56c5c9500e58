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
