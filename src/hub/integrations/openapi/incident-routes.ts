import { replySchema } from "#wire/device-messages.ts";
import {
  incidentAcknowledgeSchema,
  incidentCloseSchema,
  incidentDetailSchema,
  incidentHoldSchema,
  incidentNoteSchema,
  incidentPageSchema,
  incidentsQuerySchema,
  incidentViewSchema,
  latencyQuerySchema,
  latencyReportSchema,
  notificationStateSchema,
  snoozeRequestSchema,
  testMessageRequestSchema,
} from "#wire/incident-api.ts";
import { type ApiRoute, json } from "./api-route.ts";

/** States with which an act on an incident may be refused. */
const actRefusals = [400, 404, 409, 413, 415] as const;

function act(name: string, summary: string, schema: Parameters<typeof json>[0]): ApiRoute {
  return {
    method: "post",
    path: `/api/incidents/:id/${name}`,
    summary,
    body: json(schema),
    answer: json(incidentViewSchema),
    refusals: actRefusals,
  };
}

/** What the description says of incidents and of who is told. */
export const incidentRoutes: readonly ApiRoute[] = [
  {
    method: "get",
    path: "/api/incidents",
    summary: "Incidents, newest first, a page at a time",
    query: incidentsQuerySchema,
    answer: json(incidentPageSchema),
    refusals: [400],
  },
  {
    method: "get",
    path: "/api/incidents/latency",
    summary: "How long it took from sensed to acknowledged",
    query: latencyQuerySchema,
    answer: json(latencyReportSchema),
    refusals: [400],
  },
  {
    method: "get",
    path: "/api/incidents/:id",
    summary: "An incident with its time line",
    answer: json(incidentDetailSchema),
    refusals: [404],
  },
  {
    ...act("acknowledge", "Answer an incident, here and on its devices", incidentAcknowledgeSchema),
    answer: json(replySchema),
  },
  act("close", "Close an incident with its cause", incidentCloseSchema),
  act("hold", "Keep an incident and all that belongs to it", incidentHoldSchema),
  act("release", "Keep an incident no longer than others", incidentHoldSchema),
  act("notes", "Write a note into the time line", incidentNoteSchema),
  {
    method: "get",
    path: "/api/notifications",
    summary: "Who is told by what, and which channels fail",
    answer: json(notificationStateSchema),
    refusals: [],
  },
  {
    method: "post",
    path: "/api/notifications/test",
    summary: "Send a contact a test message",
    body: json(testMessageRequestSchema),
    answer: json(replySchema),
    refusals: [400, 404, 413, 415],
  },
  {
    method: "post",
    path: "/api/devices/:id/snooze",
    summary: "Tell nobody of a device's prealarms and troubles for a while; alarms are always told",
    body: json(snoozeRequestSchema),
    answer: json(replySchema),
    refusals: [400, 404, 413, 415],
  },
];
