import type { IncidentApiTarget } from "#hub/incident-api.ts";

/** A hub without incidents, without contacts, and that does nothing it is asked. */
export const noIncidents: IncidentApiTarget = {
  page: () => ({ incidents: [], next: null }),
  detail: () => null,
  latency: () => ({ quantiles: "nearest-rank", incidents: 0, spans: [], caveats: [] }),
  act: () => null,
  answerOnSite: async () => [],
  notificationState: () => ({ nobody: null, contacts: [], channels: [], snoozes: [] }),
  snooze: () => {},
  testMessage: () => {},
};
