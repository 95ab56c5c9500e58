import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type EscalationState, initialEscalationState } from "#core/incident/escalation-state.ts";
import { escalationStateSchema } from "#wire/escalation-schemas.ts";
import { type NotificationView, notificationViewSchema } from "#wire/incident-api.ts";
import type { Notification, NotificationReceipt } from "./notification-channel.ts";

/** Notifications that are kept; beyond it the oldest go, but none of an incident that is protected. */
export const notificationsMax = 200_000;

/** What the escalation remembers, and every notification with what became of it: saved before it is sent. */
export class NotificationStore {
  readonly #database: DatabaseSync;
  readonly #add: StatementSync;
  readonly #body: StatementSync;
  readonly #settle: StatementSync;
  readonly #putState: StatementSync;
  readonly #state: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#add = database.prepare(
      "INSERT INTO notification (id, number, at_micros, body, outcome, text) VALUES (?, ?, ?, ?, 'under-way', '') ON CONFLICT (id) DO NOTHING",
    );
    this.#body = database.prepare("SELECT body FROM notification WHERE id = ?");
    this.#settle = database.prepare(
      // What is known to have reached somebody stays so, whatever comes later.
      "UPDATE notification SET outcome = ?, settled_at_micros = ?, text = ? WHERE id = ? AND outcome <> 'delivered'",
    );
    this.#putState = database.prepare("UPDATE escalation SET state = ?, folded_row = ? WHERE one = 1");
    this.#state = database.prepare("SELECT state, folded_row FROM escalation WHERE one = 1");
  }

  /** Keeps a notification that is to be sent; one of this id that is here stays as it is. */
  add(notification: Notification): void {
    const { id, incident, atMicros } = notification;
    const number = incident === null ? null : Number(incident.id);
    this.#add.run(id, number, atMicros, JSON.stringify(notification));
  }

  /** A notification as it was kept; null where there is none of this id. */
  get(id: string): Notification | null {
    const body = this.#body.get(id)?.["body"];
    return typeof body === "string" ? (JSON.parse(body) as Notification) : null;
  }

  /** Keeps what became of a notification. */
  settle(id: string, receipt: NotificationReceipt & { readonly atMicros: number }): void {
    this.#settle.run(receipt.outcome, receipt.atMicros, receipt.text.slice(0, 500), id);
  }

  /** The escalation as it was saved, and up to which event everything is folded; "damaged" where it cannot be read. */
  saved(): { readonly state: EscalationState | "damaged"; readonly foldedRow: number } {
    const row = this.#state.get();
    const foldedRow = Number(row?.["folded_row"] ?? 0);
    const text = row?.["state"];
    if (typeof text !== "string") return { state: initialEscalationState(), foldedRow };
    try {
      return { state: escalationStateSchema.safeParse(JSON.parse(text)).data ?? "damaged", foldedRow };
    } catch {
      return { state: "damaged", foldedRow };
    }
  }

  /** Saves the escalation. */
  save({ state, foldedRow }: { readonly state: EscalationState; readonly foldedRow: number }): void {
    this.#putState.run(JSON.stringify(state), foldedRow);
  }

  /** Notifications of an incident, the oldest first: of more than `first` and `last` together, those in the middle not. */
  ofIncident(
    id: string,
    { first, last }: { readonly first: number; readonly last: number },
  ): NotificationView[] {
    const rows = this.#database
      .prepare(
        `SELECT * FROM (SELECT row, body, outcome, settled_at_micros, text FROM notification WHERE number = :number ORDER BY row LIMIT :first)
          UNION SELECT * FROM (SELECT row, body, outcome, settled_at_micros, text FROM notification WHERE number = :number ORDER BY row DESC LIMIT :last)
          ORDER BY row`,
      )
      .all({ number: Number(id), first, last });
    return rows.map((row) => {
      const {
        id: name,
        contact,
        channel,
        kind,
        attempt,
        atMicros,
      } = JSON.parse(String(row["body"])) as Notification;
      const settledAtMicros = row["settled_at_micros"];
      return notificationViewSchema.parse({
        ...{ id: name, contact, channel, kind, attempt, atMicros },
        ...{ outcome: row["outcome"], settledAtMicros, text: row["text"] },
      });
    });
  }

  /** Holds the number of notifications to its maximum; returns how many went. */
  trim(options: { readonly most: number }): number {
    const held = Number(this.#database.prepare("SELECT count(*) AS held FROM notification").get()?.["held"]);
    if (held <= options.most) return 0;
    const gone = this.#database
      .prepare(
        `DELETE FROM notification WHERE row IN (
          SELECT notification.row FROM notification LEFT JOIN incident USING (number)
          WHERE coalesce(protected, 0) = 0 AND outcome <> 'under-way' ORDER BY notification.row LIMIT ?)`,
      )
      .run(held - options.most);
    return Number(gone.changes);
  }
}
