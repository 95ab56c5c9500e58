import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Clock } from "#core/time.ts";
import { deviceRequestSchema } from "#wire/command-messages.ts";
import type { RegionsMessage } from "#wire/device-messages.ts";
import {
  type ApiError,
  actRequestSchema,
  type DeviceList,
  type DeviceView,
  demoRequestSchema,
  type EventPage,
  type History,
  type HubHealth,
  hotZoneRequestSchema,
  type RefusalCounts,
  withdrawRequestSchema,
} from "#wire/hub-api.ts";
import { callPointRequestSchema } from "#wire/zone-api.ts";
import type { CommandOutcome, CommandRequest } from "./command-relay.ts";
import {
  addEnrolment,
  type EnrolmentApiTarget,
  enrolmentActPaths,
  enrolmentReadPaths,
} from "./enrolment/enrolment-api.ts";
import { addIncidents, type IncidentApiTarget, incidentActPaths, incidentReadPaths } from "./incident-api.ts";
import { addIntegrations, type IntegrationApiTarget } from "./integrations/integration-api.ts";
import { addDocs } from "./integrations/openapi/docs-api.ts";
import { addModelUpload, modelPath } from "./model-upload.ts";
import { eventsQuerySchema, historyQuerySchema } from "./read-queries.ts";
import { noSuchDevice, relayCommand } from "./relay-command.ts";
import { badBody, badQuery, bodyOf, missingInAct, noJson } from "./request-bodies.ts";
import {
  guardJson,
  guardMethods,
  guardSite,
  pageHeaders,
  refuse,
  requestBytesMax,
} from "./request-guards.ts";
import { serveStatic } from "./static-files.ts";
import type { HistoryRequest } from "./telemetry-store.ts";
import { addZones, type ZoneApiTarget } from "./zone-api.ts";

/** What the API stands on; each a single ability, so that it can be asked without a hub around it. */
export interface ApiOptions {
  readonly clock: Clock;
  readonly startedAtMs: number;
  readonly softwareVersion: string;
  readonly dashboardFolder: string | null;
  readonly devices: {
    views(): DeviceView[];
    view(id: string): DeviceView | null;
    regions(id: string): RegionsMessage | null;
  };
  readonly zones: ZoneApiTarget;
  readonly incidents: IncidentApiTarget;
  /** Null where devices do not come in by TLS. */
  readonly enrolment: EnrolmentApiTarget | null;
  readonly events: {
    page(options: { device: string | null; before: number | null; limit: number }): EventPage;
  };
  readonly telemetry: { history(request: HistoryRequest): History };
  readonly commands: { ask(device: string, request: CommandRequest): Promise<CommandOutcome> };
  /** What other systems read of this hub. */
  readonly integrations: IntegrationApiTarget;
  /** What is wrong with store and broker, a sentence each; empty while they work. */
  readonly problems: () => string[];
  /** What a person should know although the hub works, a sentence each. */
  readonly supervisory: () => readonly string[];
  readonly refused: () => RefusalCounts;
  readonly log: (line: string) => void;
}

const readPaths = [
  "/api/health",
  "/api/devices",
  "/api/events",
  "/api/zones",
  "/api/devices/:id/history",
  "/api/devices/:id/regions",
  ...enrolmentReadPaths,
] as const;
const actPaths = [
  "/api/devices/:id/acts",
  "/api/devices/:id/demo",
  "/api/devices/:id/commands",
  "/api/devices/:id/call-point",
  "/api/devices/:id/hot-zones",
  "/api/devices/:id/hot-zones/:name/withdraw",
  "/api/zones/:id/acts",
  "/api/zones/:id/call-point",
  ...enrolmentActPaths,
] as const;

/** The HTTP API and the dashboard's files as a function from request to response; opens no socket. */
export function buildApi(options: ApiOptions): Hono {
  const app = new Hono();
  app.use(pageHeaders(), guardSite());
  for (const path of [...readPaths, ...incidentReadPaths]) app.use(path, guardMethods(["GET", "HEAD"]));
  for (const path of [...actPaths, ...incidentActPaths]) app.use(path, guardMethods(["POST"]));
  app.use(modelPath, guardMethods(["PUT"]));
  app.use(guardJson());
  app.use("/api/*", async (context, next) => {
    await next();
    context.header("cache-control", "no-store");
  });
  const tooLarge = (context: Context): Response =>
    refuse(context, 413, {
      code: "too-large",
      message: `A request may have at most ${requestBytesMax} bytes.`,
    });
  addModelUpload(app, options);
  app.use(bodyLimit({ maxSize: requestBytesMax, onError: tooLarge }));
  addReads(app, options);
  addActs(app, options);
  addRegions(app, options);
  addZones(app, options);
  addIncidents(app, options);
  addIntegrations(app, options.integrations);
  addDocs(app, options.softwareVersion);
  addEnrolment(app, options);
  app.all("/api/*", (context) =>
    refuse(context, 404, {
      code: "no-such-address",
      message: `There is no ${context.req.path} in this API.`,
    }),
  );
  app.get("*", async (context) => {
    const file = await serveStatic(context, options.dashboardFolder);
    return (
      file ?? refuse(context, 404, { code: "no-such-file", message: `There is no ${context.req.path} here.` })
    );
  });
  app.all("*", guardMethods(["GET", "HEAD"]));
  app.onError((error, context) => {
    options.log(`${context.req.method} ${context.req.path}: ${error.stack ?? error.message}`);
    return refuse(context, 500, { code: "hub-failed", message: "The hub failed at this; its log says why." });
  });
  return app;
}

function addReads(app: Hono, options: ApiOptions): void {
  app.get("/api/health", (context) => {
    const problems = options.problems();
    return context.json(health(options, problems), problems.length === 0 ? 200 : 503);
  });
  app.get("/api/devices", (context) => {
    const list: DeviceList = { devices: options.devices.views() };
    return context.json(list);
  });
  app.get("/api/events", (context) => {
    const query = eventsQuerySchema.safeParse(context.req.query());
    if (!query.success) return badQuery(context, query.error);
    const { device, before, limit } = query.data;
    return context.json(
      options.events.page({
        device: device ?? null,
        before: before === undefined ? null : Number(before),
        limit,
      }),
    );
  });
  app.get("/api/devices/:id/history", (context) => {
    const device = context.req.param("id");
    if (options.devices.view(device) === null) return noSuchDevice(context, device);
    const query = historyQuerySchema.safeParse(context.req.query());
    if (!query.success) return badQuery(context, query.error);
    const { from, to, points } = query.data;
    return context.json(options.telemetry.history({ device, fromMicros: from, toMicros: to, points }));
  });
}

function addRegions(app: Hono, options: ApiOptions): void {
  app.get("/api/devices/:id/regions", (context) => {
    const id = context.req.param("id");
    const regions = options.devices.regions(id);
    if (regions !== null) return context.json(regions);
    if (options.devices.view(id) === null) return noSuchDevice(context, id);
    return refuse(context, 404, {
      code: "regions-unknown",
      message: `${id} has not said yet what is drawn into its picture.`,
    });
  });
  app.post("/api/devices/:id/hot-zones", async (context) => {
    const body = await bodyOf(context);
    if (body === undefined) return noJson(context);
    const request = hotZoneRequestSchema.safeParse(body);
    if (!request.success) return badBody(context, request.error);
    return relayCommand({ context, options, request: { command: "accept-hot-zone", ...request.data } });
  });
  app.post("/api/devices/:id/call-point", async (context) => {
    const body = await bodyOf(context);
    if (body === undefined) return noJson(context);
    const request = callPointRequestSchema.safeParse(body);
    if (!request.success) return badBody(context, request.error);
    return relayCommand({ context, options, request: { command: "call-point", ...request.data } });
  });
  app.post("/api/devices/:id/hot-zones/:name/withdraw", async (context) => {
    const body = await bodyOf(context);
    if (body === undefined) return noJson(context);
    const request = withdrawRequestSchema.safeParse(body);
    if (!request.success) return badBody(context, request.error);
    const name = context.req.param("name");
    return relayCommand({
      context,
      options,
      request: { command: "withdraw-hot-zone", name, ...request.data },
    });
  });
}

function addActs(app: Hono, options: ApiOptions): void {
  app.post("/api/devices/:id/acts", async (context) => {
    const body = await bodyOf(context);
    if (body === undefined) return noJson(context);
    const request = actRequestSchema.safeParse(body);
    if (!request.success) return badBody(context, request.error);
    const missing = missingInAct(request.data);
    if (missing !== null) return refuse(context, 400, missing);
    const answer = await relayCommand({ context, options, request: { command: "act", ...request.data } });
    if (answer.ok && request.data.act === "acknowledge")
      options.zones.acknowledgedOn(context.req.param("id"), request.data);
    return answer;
  });
  app.post("/api/devices/:id/commands", async (context) => {
    const body = await bodyOf(context);
    if (body === undefined) return noJson(context);
    const request = deviceRequestSchema.safeParse(body);
    if (!request.success) return badBody(context, request.error);
    return relayCommand({ context, options, request: request.data });
  });
  app.post("/api/devices/:id/demo", async (context) => {
    const body = await bodyOf(context);
    if (body === undefined) return noJson(context);
    const request = demoRequestSchema.safeParse(body);
    if (!request.success) return badBody(context, request.error);
    const { command } = request.data;
    const device = options.devices.view(context.req.param("id"));
    if (device !== null && !device.capabilities.includes(command)) {
      return refuse(context, 409, noFire(device));
    }
    return relayCommand({ context, options, request: { command } });
  });
}

function noFire(device: DeviceView): ApiError {
  return device.source === "emulated"
    ? {
        code: "no-fire",
        message: `${device.name} has no fire to light: another simulated room may have one.`,
      }
    : { code: "not-emulated", message: `${device.name} is no emulated room: it has no fire to light.` };
}

function health(options: ApiOptions, problems: string[]): HubHealth {
  const supervisory = options.supervisory();
  return {
    status: problems.length === 0 ? "ok" : "degraded",
    version: options.softwareVersion,
    uptimeSeconds: (options.clock.monotonicMs() - options.startedAtMs) / 1_000,
    devices: options.devices.views().map((view) => ({
      id: view.id,
      online: view.online,
      newestFrameAgeSeconds: view.newestFrameAgeSeconds,
      newestAirAgeSeconds: view.newestAirAgeSeconds,
      ...(view.model === undefined ? {} : { model: view.model }),
    })),
    problems,
    ...(supervisory.length === 0 ? {} : { supervisory: [...supervisory] }),
    refused: options.refused(),
  };
}
