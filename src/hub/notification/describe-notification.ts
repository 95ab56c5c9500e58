import type { Trouble } from "#core/alarm/trouble.ts";
import type { NotifyEffect } from "#core/incident/escalation-input.ts";
import type { EscalationState } from "#core/incident/escalation-state.ts";
import type { IncidentRecord } from "#core/incident/incident-record.ts";
import type { IncidentView } from "#wire/incident-api.ts";
import { incidentView } from "../incident-store.ts";
import { testWording, type Wording, wordCode, wordIncident, wordTrouble } from "./notification-text.ts";

/** Where the words of a message come from. */
export interface WordSources {
  readonly incident: (id: string) => IncidentRecord | null;
  /** Faults that a device says of itself. */
  readonly troubles: (device: string) => readonly Trouble[];
  /** Name of a device or zone. */
  readonly nameOf: (source: string) => string;
}

/** What a notification says, in the words of now. */
export function describeNotification(
  { subject, kind }: NotifyEffect,
  state: EscalationState,
  { incident, troubles, nameOf }: WordSources,
): Wording & { readonly incident: IncidentView | null } {
  if (kind === "test") return { ...testWording, incident: null };
  const record = incident(subject);
  if (record !== null) return { ...wordIncident(kind, record, nameOf), incident: incidentView(record) };
  if (!subject.startsWith("trouble-")) {
    const text =
      "What was kept of this incident cannot be read: look at the hub's page and at the place itself.";
    return { title: `${kind === "alarm" ? "FIRE" : kind}: incident ${subject}`, text, incident: null };
  }
  const source = subject.slice("trouble-".length);
  const codes = state.subjects.find(({ id }) => id === subject)?.codes ?? [];
  const known = troubles(source);
  const told = codes.map((code) => wordCode(code, known));
  return { ...wordTrouble(kind, { name: nameOf(source), troubles: told }), incident: null };
}
