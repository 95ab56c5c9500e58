import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { ZoneState } from "#core/zone/zone-state.ts";
import { zoneStateSchema } from "#wire/zone-schemas.ts";

/** The state of each zone that the hub runs, so that a wait goes on after a restart. */
export class ZoneStore {
  readonly #put: StatementSync;
  readonly #get: StatementSync;

  constructor(database: DatabaseSync) {
    this.#put = database.prepare(
      "INSERT INTO zone (zone, state) VALUES (?, ?) ON CONFLICT (zone) DO UPDATE SET state = excluded.state",
    );
    this.#get = database.prepare("SELECT state FROM zone WHERE zone = ?");
  }

  /** Keeps a zone's state. Throws when the disk refuses. */
  put(zone: string, state: ZoneState): void {
    this.#put.run(zone, JSON.stringify(state));
  }

  /** The state as it was kept last; null for a zone that is new. */
  get(zone: string): ZoneState | "damaged" | null {
    const text = this.#get.get(zone)?.["state"];
    if (typeof text !== "string") return null;
    try {
      return zoneStateSchema.safeParse(JSON.parse(text)).data ?? "damaged";
    } catch {
      return "damaged";
    }
  }
}
