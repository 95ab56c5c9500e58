import type { DatabaseSync, StatementSync } from "node:sqlite";
import {
  type HealthMessage,
  healthSchema,
  type RegionsMessage,
  regionsSchema,
  type StateMessage,
  stateSchema,
} from "#wire/device-messages.ts";

/** What a device last said about itself. */
export interface StoredDevice {
  readonly id: string;
  readonly heardAtMicros: number;
  readonly health: HealthMessage | null;
  readonly state: StateMessage | null;
  readonly regions: RegionsMessage | null;
}

/** The last word of each device, so that the hub knows its devices after a restart. */
export class DeviceStore {
  readonly #putHealth: StatementSync;
  readonly #putState: StatementSync;
  readonly #putRegions: StatementSync;
  readonly #all: StatementSync;
  readonly #forget: StatementSync;

  constructor(database: DatabaseSync) {
    const put = (column: "health" | "state" | "regions"): StatementSync =>
      database.prepare(
        `INSERT INTO device (device, heard_at_micros, ${column}) VALUES (?, ?, ?) ON CONFLICT (device) DO UPDATE SET heard_at_micros = excluded.heard_at_micros, ${column} = excluded.${column}`,
      );
    this.#putHealth = put("health");
    this.#putState = put("state");
    this.#putRegions = put("regions");
    this.#forget = database.prepare("DELETE FROM device WHERE device = ?");
    this.#all = database.prepare(
      "SELECT device, heard_at_micros, health, state, regions FROM device ORDER BY device",
    );
  }

  /** Keeps what a device says of its health. */
  putHealth(heard: { readonly id: string; readonly atMicros: number; readonly health: HealthMessage }): void {
    this.#putHealth.run(heard.id, heard.atMicros, JSON.stringify(heard.health));
  }

  /** Keeps what a device says of its alarm state. */
  putState(heard: { readonly id: string; readonly atMicros: number; readonly state: StateMessage }): void {
    this.#putState.run(heard.id, heard.atMicros, JSON.stringify(heard.state));
  }

  /** Keeps what a device says of its picture. */
  putRegions(heard: {
    readonly id: string;
    readonly atMicros: number;
    readonly regions: RegionsMessage;
  }): void {
    this.#putRegions.run(heard.id, heard.atMicros, JSON.stringify(heard.regions));
  }

  /** Forgets a device as if it had never been heard. */
  forget(id: string): void {
    this.#forget.run(id);
  }

  /** All devices ever heard and not forgotten; a word that an older version kept in another shape is unknown, never guessed. */
  all(): StoredDevice[] {
    return this.#all.all().map((row) => ({
      id: String(row["device"]),
      heardAtMicros: Number(row["heard_at_micros"]),
      health: healthSchema.safeParse(parseJson(row["health"])).data ?? null,
      state: stateSchema.safeParse(parseJson(row["state"])).data ?? null,
      regions: regionsSchema.safeParse(parseJson(row["regions"])).data ?? null,
    }));
  }
}

function parseJson(text: unknown): unknown {
  return typeof text === "string" ? JSON.parse(text) : null;
}
