import type { Act } from "../alarm/alarm-state.ts";
import { badInput } from "../failure.ts";
import type { CauseCode } from "./cause-code.ts";
import { acknowledge } from "./incident-fold.ts";
import type { IncidentRecord } from "./incident-record.ts";

/** What a person does to an incident, beside what they do to devices and zones. */
export type IncidentAct =
  | { readonly kind: "acknowledge"; readonly by: string; readonly reason: string }
  | { readonly kind: "close"; readonly by: string; readonly cause: CauseCode; readonly note: string }
  | { readonly kind: "hold" | "release"; readonly by: string; readonly reason: string }
  | { readonly kind: "note"; readonly by: string; readonly text: string };

/** When something is done, and of which sources nobody can hear any more. */
export interface ActCircumstances {
  readonly atMicros: number;
  /** Keys of standing members whose device is silent or whose zone is gone. */
  readonly unheard: readonly string[];
}

/**
 * Does what a person asked. Throws badInput "incident-stands" for closing what still stands on a device that can be heard,
 * "note-required" for closing what stands on one that cannot without saying why, "incident-over" for acknowledging what is
 * over, "incident-closed" for closing it twice.
 */
export function actOnIncident(
  record: IncidentRecord,
  act: IncidentAct,
  { atMicros, unheard }: ActCircumstances,
): IncidentRecord {
  switch (act.kind) {
    case "acknowledge": {
      if (record.over !== null || record.closed !== null)
        throw badInput("incident-over", `Incident ${record.id} is over: close it with what it was.`);
      const done: Act = { by: act.by, atMicros, reason: act.reason };
      return acknowledge(record, { act: done, keys: "all" });
    }
    case "close":
      return close(record, act, { atMicros, unheard });
    case "hold":
      return { ...record, held: { by: act.by, atMicros, reason: act.reason } };
    case "release":
      return { ...record, held: null };
    case "note":
      return record;
  }
}

function close(
  record: IncidentRecord,
  { by, cause, note }: Extract<IncidentAct, { kind: "close" }>,
  { atMicros, unheard }: ActCircumstances,
): IncidentRecord {
  if (record.closed !== null)
    throw badInput(
      "incident-closed",
      `Incident ${record.id} was closed by ${record.closed.by} as ${record.closed.cause}.`,
    );
  const heard = record.standing.filter(({ key }) => !unheard.includes(key)).map(({ key }) => key);
  if (heard.length > 0)
    throw badInput(
      "incident-stands",
      `Incident ${record.id} still stands on ${heard.join(", ")}: reset it there first.`,
    );
  if (record.standing.length > 0 && note.trim() === "")
    throw badInput(
      "note-required",
      `${unheard.join(", ")} cannot say that it is over: say in a note how you know.`,
    );
  const closed = { by, atMicros, cause, note };
  const over = record.over ?? { source: "close", atMicros, receivedAtMicros: atMicros };
  return { ...record, standing: [], over, closed };
}
