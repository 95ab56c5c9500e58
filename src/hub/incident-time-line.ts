import type { DatabaseSync } from "node:sqlite";
import { eventSchema } from "#wire/device-messages.ts";
import type { TimeLineEntry } from "#wire/incident-api.ts";
import { incidentActSchema } from "#wire/incident-schemas.ts";
import type { NotificationStore } from "./notification/notification-store.ts";

/** Lines of a time line: the first ones, in which it begins, and the newest. */
export const timeLineFirst = 200;
/** See `timeLineFirst`. */
export const timeLineLast = 800;

/** Everything of an incident in the order of the hub's clock; `omitted` says how many lines in the middle were left out. */
export function readTimeLine(
  { database, notifications }: { readonly database: DatabaseSync; readonly notifications: NotificationStore },
  id: string,
): { readonly timeLine: TimeLineEntry[]; readonly omitted: number } {
  const number = Number(id);
  const count = database.prepare(
    `SELECT (SELECT count(*) FROM incident_event WHERE number = :number)
      + (SELECT count(*) FROM incident_act WHERE number = :number)
      + (SELECT count(*) FROM notification WHERE number = :number) AS held`,
  );
  const held = Number(count.get({ number })?.["held"]);
  const ends = { first: timeLineFirst, last: timeLineLast };
  const told = notifications.ofIncident(id, ends).map((notification): TimeLineEntry => {
    return { type: "notification", atMicros: notification.atMicros, notification };
  });
  const all = [...events(database, { number, ...ends }), ...acts(database, { number, ...ends }), ...told];
  // Stable, so that what happened in one moment stays in the order in which it was kept.
  const sorted = all.sort((one, other) => one.atMicros - other.atMicros);
  if (sorted.length <= timeLineFirst + timeLineLast)
    return { timeLine: sorted, omitted: held - sorted.length };
  const timeLine = [...sorted.slice(0, timeLineFirst), ...sorted.slice(-timeLineLast)];
  return { timeLine, omitted: held - timeLine.length };
}

interface Ends {
  readonly number: number;
  readonly first: number;
  readonly last: number;
}

function events(database: DatabaseSync, { number, first, last }: Ends): TimeLineEntry[] {
  const ofIncident = `SELECT event.row AS row, device, coalesce(received_at_micros, at_micros) AS at, body
    FROM event JOIN incident_event ON event = event.row WHERE number = :number`;
  return database
    .prepare(
      `SELECT * FROM (${ofIncident} ORDER BY event.row LIMIT :first)
        UNION SELECT * FROM (${ofIncident} ORDER BY event.row DESC LIMIT :last) ORDER BY row`,
    )
    .all({ number, first, last })
    .map((row) => ({
      type: "event",
      atMicros: Number(row["at"]),
      device: String(row["device"]),
      message: eventSchema.parse(JSON.parse(String(row["body"]))),
    }));
}

function acts(database: DatabaseSync, { number, first, last }: Ends): TimeLineEntry[] {
  const ofIncident = "SELECT row, at_micros, body FROM incident_act WHERE number = :number";
  return database
    .prepare(
      `SELECT * FROM (${ofIncident} ORDER BY row LIMIT :first)
        UNION SELECT * FROM (${ofIncident} ORDER BY row DESC LIMIT :last) ORDER BY row`,
    )
    .all({ number, first, last })
    .map((row) => ({
      type: "act",
      atMicros: Number(row["at_micros"]),
      act: incidentActSchema.parse(JSON.parse(String(row["body"]))),
    }));
}
