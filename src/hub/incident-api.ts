import type { Context, Hono } from "hono";
import type { z } from "zod";
import { Failure } from "#core/failure.ts";
import type { IncidentAct } from "#core/incident/incident-acts.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import {
  type IncidentDetail,
  type IncidentPage,
  type IncidentsQuery,
  type IncidentView,
  incidentAcknowledgeSchema,
  incidentCloseSchema,
  incidentHoldSchema,
  incidentNoteSchema,
  incidentsQuerySchema,
  type LatencyReport,
  latencyQuerySchema,
  type NotificationState,
  snoozeRequestSchema,
  testMessageRequestSchema,
} from "#wire/incident-api.ts";
import { noSuchDevice } from "./relay-command.ts";
import { badBody, badQuery, bodyOf, noJson } from "./request-bodies.ts";
import { refuse } from "./request-guards.ts";

/** Addresses of this part of the API, by what they take. */
export const incidentReadPaths = [
  "/api/incidents",
  "/api/incidents/latency",
  "/api/incidents/:id",
  "/api/notifications",
] as const;
/** See `incidentReadPaths`. */
export const incidentActPaths = [
  "/api/incidents/:id/acknowledge",
  "/api/incidents/:id/close",
  "/api/incidents/:id/hold",
  "/api/incidents/:id/release",
  "/api/incidents/:id/notes",
  "/api/devices/:id/snooze",
  "/api/notifications/test",
] as const;

/** The incidents of a hub, as the API asks them. */
export interface IncidentApiTarget {
  page(query: IncidentsQuery): IncidentPage;
  detail(id: string): IncidentDetail | null;
  latency(span: { readonly from: number; readonly to: number }): LatencyReport;
  /** Null where there is no incident of this name. Throws badInput for what cannot be done to it. */
  act(id: string, act: IncidentAct): IncidentView | null;
  /** Passes an acknowledgement on to devices and zones; answers with a sentence for each that did not take it. */
  answerOnSite(
    incident: IncidentView,
    act: { readonly by: string; readonly reason: string },
  ): Promise<readonly string[]>;
  notificationState(): NotificationState;
  snooze(request: { readonly device: string; readonly by: string; readonly minutes: number }): void;
  testMessage(to: { readonly contact: string; readonly channel: string }): void;
}

/** What this part of the API stands on. */
export interface IncidentApiOptions {
  readonly incidents: IncidentApiTarget;
  readonly devices: { view(id: string): DeviceView | null };
}

/** Adds /api/incidents and /api/notifications. */
export function addIncidents(app: Hono, options: IncidentApiOptions): void {
  addIncidentReads(app, options);
  addIncidentActs(app, options);
  addNotifications(app, options);
}

function addIncidentReads(app: Hono, { incidents }: IncidentApiOptions): void {
  app.get("/api/incidents", (context) => {
    const query = incidentsQuerySchema.safeParse(context.req.query());
    return query.success ? context.json(incidents.page(query.data)) : badQuery(context, query.error);
  });
  app.get("/api/incidents/latency", (context) => {
    const query = latencyQuerySchema.safeParse(context.req.query());
    if (!query.success) return badQuery(context, query.error);
    const { from = 0, to = Number.MAX_SAFE_INTEGER } = query.data;
    return context.json(incidents.latency({ from, to }));
  });
  app.get("/api/incidents/:id", (context) => {
    const detail = incidents.detail(context.req.param("id"));
    return detail === null ? noSuchIncident(context) : context.json(detail);
  });
}

function addIncidentActs(app: Hono, { incidents }: IncidentApiOptions): void {
  const add = <Body>(
    name: string,
    { schema, toAct }: { schema: z.ZodType<Body>; toAct: (body: Body) => IncidentAct },
  ): void => {
    app.post(`/api/incidents/:id/${name}`, async (context) => {
      const read = await readBody(context, schema);
      if (!read.ok) return read.refusal;
      const done = actOn(context, incidents, toAct(read.body));
      return done.ok ? context.json(done.incident) : done.refusal;
    });
  };
  add("close", { schema: incidentCloseSchema, toAct: (body) => ({ kind: "close", ...body }) });
  add("hold", { schema: incidentHoldSchema, toAct: (body) => ({ kind: "hold", ...body }) });
  add("release", { schema: incidentHoldSchema, toAct: (body) => ({ kind: "release", ...body }) });
  add("notes", { schema: incidentNoteSchema, toAct: (body) => ({ kind: "note", ...body }) });
  app.post("/api/incidents/:id/acknowledge", async (context) => {
    const read = await readBody(context, incidentAcknowledgeSchema);
    if (!read.ok) return read.refusal;
    const done = actOn(context, incidents, { kind: "acknowledge", ...read.body });
    if (!done.ok) return done.refusal;
    const unanswered = await incidents.answerOnSite(done.incident, read.body);
    return context.json({ v: 1, ok: true, text: ["Acknowledged.", ...unanswered].join(" ") });
  });
}

function addNotifications(app: Hono, { incidents, devices }: IncidentApiOptions): void {
  app.get("/api/notifications", (context) => context.json(incidents.notificationState()));
  app.post("/api/notifications/test", async (context) => {
    const read = await readBody(context, testMessageRequestSchema);
    if (!read.ok) return read.refusal;
    const { contact, channel } = read.body;
    const { contacts } = incidents.notificationState();
    const known = contacts.find(({ name }) => name === contact);
    if (known?.channels.includes(channel) !== true)
      return refuse(context, 404, {
        code: "no-such-contact",
        message: `There is no contact ${contact} with a channel ${channel}.`,
      });
    incidents.testMessage(read.body);
    return context.json({ v: 1, ok: true, text: "It is on its way: ask whether it has come." });
  });
  app.post("/api/devices/:id/snooze", async (context) => {
    const device = context.req.param("id");
    const read = await readBody(context, snoozeRequestSchema);
    if (!read.ok) return read.refusal;
    if (devices.view(device) === null) return noSuchDevice(context, device);
    incidents.snooze({ device, ...read.body });
    const { minutes } = read.body;
    const text =
      minutes > 0
        ? `No prealarms and troubles are told for ${minutes} min; alarms are.`
        : "The snooze is over.";
    return context.json({ v: 1, ok: true, text });
  });
}

type Read<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly refusal: Response };

async function readBody<Body>(context: Context, schema: z.ZodType<Body>): Promise<Read<Body>> {
  const body = await bodyOf(context);
  if (body === undefined) return { ok: false, refusal: noJson(context) };
  const parsed = schema.safeParse(body);
  return parsed.success
    ? { ok: true, body: parsed.data }
    : { ok: false, refusal: badBody(context, parsed.error) };
}

type Done =
  | { readonly ok: true; readonly incident: IncidentView }
  | { readonly ok: false; readonly refusal: Response };

function actOn(context: Context, incidents: IncidentApiTarget, act: IncidentAct): Done {
  try {
    const incident = incidents.act(context.req.param("id") ?? "", act);
    return incident === null ? { ok: false, refusal: noSuchIncident(context) } : { ok: true, incident };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, message } = error;
    return { ok: false, refusal: refuse(context, 409, { code, message }) };
  }
}

function noSuchIncident(context: Context): Response {
  const id = (context.req.param("id") ?? "").slice(0, 63);
  return refuse(context, 404, { code: "no-such-incident", message: `There is no incident ${id}.` });
}
