import type { IncidentInput } from "./escalation-input.ts";
import type { IncidentRecord } from "./incident-record.ts";

/** What the escalation is told of an incident; null for a test, which calls nobody. */
export function incidentInput(record: IncidentRecord): IncidentInput | null {
  const { id, kind, severity, devices, alarms, over, acknowledged } = record;
  if (kind === "test") return null;
  return {
    kind: "incident",
    id,
    severity: severity === "prealarm" ? "prealarm" : "alarm",
    devices,
    alarms,
    standing: over !== null ? "over" : acknowledged !== null ? "acknowledged" : "unanswered",
  };
}
