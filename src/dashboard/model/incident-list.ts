import type { IncidentView } from "#wire/incident-api.ts";

/** Incidents that the page holds at most; the oldest beyond it are forgotten here and kept by the hub. */
export const incidentsShownMax = 200;

/** Known incidents with newer words of some of them; the newest incident first. */
export function mergeIncidents(
  known: readonly IncidentView[],
  newest: readonly IncidentView[],
): readonly IncidentView[] {
  const byId = new Map([...known, ...newest].map((incident) => [incident.id, incident]));
  return [...byId.values()].sort((a, b) => Number(b.id) - Number(a.id)).slice(0, incidentsShownMax);
}
