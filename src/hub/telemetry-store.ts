import type { DatabaseSync, StatementSync } from "node:sqlite";
import { microsPerSecond } from "#core/time.ts";
import type { TelemetryMessage } from "#wire/device-messages.ts";
import type { History } from "#wire/hub-api.ts";
import type { TelemetryBatch } from "#wire/telemetry-batch.ts";

/** Seconds are kept for so long, then only minutes. */
export const rawTelemetryKeptMicros = 24 * 3600 * microsPerSecond;
/** Minutes are kept for so long. */
export const minuteTelemetryKeptMicros = 90 * 24 * 3600 * microsPerSecond;
/** More seconds than these (23 days of one device, a day of 23) are folded into minutes before their time. */
export const rawTelemetryRowsMax = 2_000_000;
/** More minutes than these and the oldest go. */
export const minuteTelemetryRowsMax = 4_000_000;

/** Batches of which it is known that they are here: 69 days of one device, and more than may come again. */
export const batchIdsMax = 100_000;

const minuteMicros = 60 * microsPerSecond;

/** A span of device time and into how many buckets to cut it. */
export interface HistoryRequest {
  readonly device: string;
  readonly fromMicros: number;
  readonly toMicros: number;
  readonly points: number;
}

/** What is kept when telemetry is folded and trimmed. */
export interface TelemetryLimits {
  readonly rawFromMicros: number;
  readonly minutesFromMicros: number;
  readonly rawRowsMax: number;
  readonly minuteRowsMax: number;
}

/** One row a second and device for a day, then one row a minute with mean and maximum. */
export class TelemetryStore {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #insertBatch: StatementSync;
  readonly #history: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insert = database.prepare(
      `INSERT INTO telemetry (device, at_micros, hottest_celsius, co2_ppm, air_temperature_celsius, humidity_percent,
       nearness) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (device, at_micros) DO NOTHING`,
    );
    this.#insertBatch = database.prepare(
      "INSERT INTO telemetry_batch (device, id) VALUES (?, ?) ON CONFLICT (device, id) DO NOTHING",
    );
    this.#history = database.prepare(historySql);
  }

  /** Keeps a second; a second that is here already stays as it is. */
  add(device: string, telemetry: TelemetryMessage): void {
    this.#insert.run(
      device,
      telemetry.atMicros,
      telemetry.hottest?.celsius ?? null,
      telemetry.co2Ppm,
      telemetry.airTemperatureCelsius,
      telemetry.humidityPercent,
      telemetry.nearness,
    );
  }

  /**
   * Keeps seconds that passed while this hub was away, once for each batch, however often it comes: its seconds may long
   * be folded into minutes. They outlive a power cut after the next `EventStore.sync`.
   */
  addBatch(device: string, { id, seconds }: TelemetryBatch): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      if (this.#insertBatch.run(device, id).changes !== 0)
        for (const second of seconds) this.#insert.run(device, ...second);
      this.#database.exec("COMMIT");
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  /**
   * The span in at most `points` buckets, each with the hottest spot's and nearness' maximum and the means of the
   * others; a bucket without any data is absent.
   */
  history(request: HistoryRequest): History {
    const bucketMicros = Math.max(1, Math.ceil((request.toMicros - request.fromMicros) / request.points));
    const rows = this.#history.all({
      device: request.device,
      from: request.fromMicros,
      to: request.toMicros,
      bucket: bucketMicros,
    });
    return {
      points: rows.map((row) => ({
        atMicros: Number(row["at"]),
        hottestCelsius: orNull(row["hottest"]),
        co2Ppm: orNull(row["co2"]),
        airTemperatureCelsius: orNull(row["air"]),
        humidityPercent: orNull(row["humidity"]),
        nearness: orNull(row["nearness"]),
      })),
    };
  }

  /** Forgets all of one device. */
  forget(device: string): void {
    for (const table of ["telemetry", "telemetry_minute", "telemetry_batch"])
      this.#database.prepare(`DELETE FROM ${table} WHERE device = ?`).run(device);
  }

  /** Folds old seconds into minutes and lets the oldest minutes go, in one transaction. */
  trim(limits: TelemetryLimits): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      this.#fold(limits);
      this.#database
        .prepare("DELETE FROM telemetry_minute WHERE minute_micros < ?")
        .run(limits.minutesFromMicros);
      this.#trimMinutes(limits.minuteRowsMax);
      this.#database
        .prepare("DELETE FROM telemetry_batch WHERE row <= (SELECT max(row) FROM telemetry_batch) - ?")
        .run(batchIdsMax);
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  #fold(limits: TelemetryLimits): void {
    const held = this.#count("telemetry");
    const cutRow = this.#database
      .prepare("SELECT row FROM telemetry ORDER BY row LIMIT 1 OFFSET ?")
      .get(Math.max(0, held - limits.rawRowsMax))?.["row"];
    const cut = { before: limits.rawFromMicros, row: held > limits.rawRowsMax ? Number(cutRow) : 0 };
    this.#database.prepare(foldSql).run({ ...cut, minute: minuteMicros });
    this.#database.prepare("DELETE FROM telemetry WHERE at_micros < :before OR row < :row").run(cut);
  }

  #trimMinutes(most: number): void {
    const excess = this.#count("telemetry_minute") - most;
    if (excess <= 0) return;
    this.#database
      .prepare(
        `DELETE FROM telemetry_minute WHERE (device, minute_micros) IN
         (SELECT device, minute_micros FROM telemetry_minute ORDER BY minute_micros LIMIT ?)`,
      )
      .run(excess);
  }

  #count(table: "telemetry" | "telemetry_minute"): number {
    return Number(this.#database.prepare(`SELECT count(*) AS held FROM ${table}`).get()?.["held"]);
  }
}

function orNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

// Minutes of which some seconds were folded earlier (a late or early fold) are added to, not replaced.
const foldSql = `
INSERT INTO telemetry_minute
SELECT device, at_micros - at_micros % :minute AS minute,
  max(hottest_celsius), total(hottest_celsius), count(hottest_celsius),
  max(co2_ppm), total(co2_ppm), count(co2_ppm),
  total(air_temperature_celsius), count(air_temperature_celsius),
  total(humidity_percent), count(humidity_percent), max(nearness)
FROM telemetry WHERE at_micros < :before OR row < :row
GROUP BY device, minute
ON CONFLICT (device, minute_micros) DO UPDATE SET
  hottest_celsius_max = ${maxOf("hottest_celsius_max")}, co2_ppm_max = ${maxOf("co2_ppm_max")},
  nearness_max = ${maxOf("nearness_max")},
  ${[
    "hottest_celsius_sum",
    "hottest_celsius_count",
    "co2_ppm_sum",
    "co2_ppm_count",
    "air_temperature_celsius_sum",
    "air_temperature_celsius_count",
    "humidity_percent_sum",
    "humidity_percent_count",
  ]
    .map((column) => `${column} = ${column} + excluded.${column}`)
    .join(", ")}`;

/** The larger of the held and the new value, where either may be NULL. */
function maxOf(column: string): string {
  return `max(coalesce(${column}, excluded.${column}), coalesce(excluded.${column}, ${column}))`;
}

// The CASTs matter: a JavaScript number arrives as a REAL, and buckets need whole division.
const historySql = `
SELECT CAST(:from AS INTEGER) + ((at - CAST(:from AS INTEGER)) / CAST(:bucket AS INTEGER)) * CAST(:bucket AS INTEGER) AS at, max(hottest) AS hottest,
  sum(co2_sum) / nullif(sum(co2_count), 0) AS co2, sum(air_sum) / nullif(sum(air_count), 0) AS air,
  sum(humidity_sum) / nullif(sum(humidity_count), 0) AS humidity, max(nearness) AS nearness
FROM (
  SELECT at_micros AS at, hottest_celsius AS hottest, nearness,
    co2_ppm AS co2_sum, co2_ppm IS NOT NULL AS co2_count,
    air_temperature_celsius AS air_sum, air_temperature_celsius IS NOT NULL AS air_count,
    humidity_percent AS humidity_sum, humidity_percent IS NOT NULL AS humidity_count
  FROM telemetry WHERE device = :device AND at_micros >= :from AND at_micros < :to
  UNION ALL
  SELECT minute_micros, hottest_celsius_max, nearness_max, co2_ppm_sum, co2_ppm_count,
    air_temperature_celsius_sum, air_temperature_celsius_count, humidity_percent_sum, humidity_percent_count
  FROM telemetry_minute WHERE device = :device AND minute_micros >= :from AND minute_micros < :to
)
GROUP BY (at - CAST(:from AS INTEGER)) / CAST(:bucket AS INTEGER) ORDER BY 1`;
