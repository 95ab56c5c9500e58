import { alarmLoadSchema } from "#wire/alarm-load.ts";
import { deviceRequestSchema } from "#wire/command-messages.ts";
import { regionsSchema, replySchema } from "#wire/device-messages.ts";
import {
  actRequestSchema,
  demoRequestSchema,
  deviceListSchema,
  eventPageSchema,
  historySchema,
  hotZoneRequestSchema,
  hubHealthSchema,
  withdrawRequestSchema,
} from "#wire/hub-api.ts";
import { callPointRequestSchema, zoneListSchema } from "#wire/zone-api.ts";
import { modelPath } from "../../model-upload.ts";
import {
  alarmLoadPageQuerySchema,
  alarmLoadQuerySchema,
  eventsQuerySchema,
  historyQuerySchema,
  modelQuerySchema,
} from "../../read-queries.ts";
import { type ApiRoute, json } from "./api-route.ts";
import { enrolmentRoutes } from "./enrolment-routes.ts";
import { incidentRoutes } from "./incident-routes.ts";

/** States with which a device's relay may refuse. */
const relayRefusals = [400, 404, 409, 413, 415, 503, 504] as const;

/** A request that a device answers. */
function relayed(path: string, summary: string, schema: Parameters<typeof json>[0]): ApiRoute {
  return {
    method: "post",
    path,
    summary,
    body: json(schema),
    answer: json(replySchema),
    refusals: relayRefusals,
  };
}

const deviceRoutes: readonly ApiRoute[] = [
  {
    method: "get",
    path: "/api/devices",
    summary: "All devices as they are now",
    answer: json(deviceListSchema),
    refusals: [],
  },
  {
    method: "get",
    path: "/api/devices/:id/history",
    summary: "Temperature, CO2, air and nearness to an alarm over a span",
    query: historyQuerySchema,
    answer: json(historySchema),
    refusals: [400, 404],
  },
  {
    method: "get",
    path: "/api/devices/:id/regions",
    summary: "What is drawn into a device's picture, and what it proposes",
    answer: json(regionsSchema),
    refusals: [404],
  },
  {
    method: "get",
    path: "/api/devices/:id/alert.cap",
    summary: "The newest message on a device's alarm by the Common Alerting Protocol",
    answer: { kind: "other", mediaType: "application/cap+xml", what: "A message of CAP 1.2" },
    refusals: [404, 409],
  },
  relayed("/api/devices/:id/acts", "Acknowledge, silence, reset, disable or test a device", actRequestSchema),
  relayed(
    "/api/devices/:id/commands",
    "Correct the camera, record a clip, test, configure",
    deviceRequestSchema,
  ),
  relayed(
    "/api/devices/:id/call-point",
    "Somebody pressed a call point or saw a fire",
    callPointRequestSchema,
  ),
  relayed("/api/devices/:id/demo", "Light or put out the fire of a simulated room", demoRequestSchema),
  relayed("/api/devices/:id/hot-zones", "Accept usual heat that a device proposes", hotZoneRequestSchema),
  relayed("/api/devices/:id/hot-zones/:name/withdraw", "Take a hot zone back", withdrawRequestSchema),
  {
    method: "put",
    path: modelPath,
    summary: "Give a device a signed model",
    query: modelQuerySchema,
    body: { kind: "other", mediaType: "application/gzip", what: "A model package" },
    answer: json(replySchema),
    refusals: [400, 404, 409, 413, 504],
  },
];

const zoneRoutes: readonly ApiRoute[] = [
  {
    method: "get",
    path: "/api/zones",
    summary: "All zones: those of the hub, then those of devices",
    answer: json(zoneListSchema),
    refusals: [],
  },
  {
    method: "post",
    path: "/api/zones/:id/acts",
    summary: "Acknowledge, silence, reset, disable or test a zone",
    body: json(actRequestSchema.omit({ region: true })),
    answer: json(replySchema),
    refusals: [400, 404, 409, 413, 415],
  },
  {
    method: "post",
    path: "/api/zones/:id/call-point",
    summary: "Somebody pressed a call point of a zone",
    body: json(callPointRequestSchema),
    answer: json(replySchema),
    refusals: [400, 404, 413, 415],
  },
];

const hubRoutes: readonly ApiRoute[] = [
  {
    method: "get",
    path: "/api/health",
    summary: "Whether the hub works, and how old the newest picture of each device is",
    answer: json(hubHealthSchema),
    alsoAnswers: { 503: "The hub does not work; `problems` says why" },
    refusals: [],
  },
  {
    method: "get",
    path: "/api/events",
    summary: "Events, newest first, a page at a time",
    query: eventsQuerySchema,
    answer: json(eventPageSchema),
    refusals: [400],
  },
  {
    method: "get",
    path: "/api/alarm-load",
    summary: "How much the alarms of a span ask of people, after EEMUA 191",
    query: alarmLoadQuerySchema,
    answer: json(alarmLoadSchema),
    refusals: [400],
  },
  {
    method: "get",
    path: "/alarm-load",
    summary: "The alarm load of the last hours as a page",
    query: alarmLoadPageQuerySchema,
    answer: { kind: "other", mediaType: "text/html", what: "A page" },
    refusals: [400],
  },
  {
    method: "get",
    path: "/metrics",
    summary: "Metrics for Prometheus",
    answer: { kind: "other", mediaType: "text/plain", what: "Prometheus' text format 0.0.4" },
    refusals: [],
  },
  {
    method: "get",
    path: "/api/openapi.json",
    summary: "This description",
    answer: { kind: "other", mediaType: "application/json", what: "An OpenAPI document" },
    refusals: [],
  },
  {
    method: "get",
    path: "/api/docs",
    summary: "This description as a page",
    answer: { kind: "other", mediaType: "text/html", what: "A page" },
    refusals: [],
  },
  {
    method: "get",
    path: "/api/docs.css",
    summary: "How that page looks",
    answer: { kind: "other", mediaType: "text/css", what: "A style sheet" },
    refusals: [],
  },
];

/** Every route of the HTTP API; a test holds it to the application's own. */
export const apiRoutes: readonly ApiRoute[] = [
  ...hubRoutes,
  ...deviceRoutes,
  ...zoneRoutes,
  ...incidentRoutes,
  ...enrolmentRoutes,
];
