import type { Context, Hono } from "hono";
import { type ActRequest, actRequestSchema, type DeviceView } from "#wire/hub-api.ts";
import { callPointRequestSchema, type ZoneView } from "#wire/zone-api.ts";
import { badBody, bodyOf, missingInAct, noJson } from "./request-bodies.ts";
import { refuse } from "./request-guards.ts";

/** The zones of a hub, as the API asks them. */
export interface ZoneApiTarget {
  views(): ZoneView[];
  view(id: string): ZoneView | null;
  act(id: string, request: ActRequest): Promise<{ readonly ok: boolean; readonly text: string }>;
  pressCallPoint(id: string, callPoint: string): boolean;
  /** Somebody has acknowledged on a device, which has answered that it did. */
  acknowledgedOn(device: string, act: Pick<ActRequest, "by" | "reason">): void;
}

/** What this part of the API stands on. */
export interface ZoneApiOptions {
  readonly zones: ZoneApiTarget;
  readonly devices: { views(): DeviceView[] };
}

/** Adds /api/zones: the hub's zones and those that devices run, and what people do to the hub's. */
export function addZones(app: Hono, { zones, devices }: ZoneApiOptions): void {
  app.get("/api/zones", (context) => {
    const own = devices.views().flatMap(({ zone }) => (zone === undefined ? [] : [zone]));
    return context.json({ zones: [...zones.views(), ...own] });
  });
  app.post("/api/zones/:id/acts", async (context) => {
    const id = context.req.param("id");
    const body = await bodyOf(context);
    if (body === undefined) return noJson(context);
    const request = actRequestSchema.omit({ region: true }).safeParse(body);
    if (!request.success) return badBody(context, request.error);
    if (zones.view(id) === null) return noSuchZone(context, id);
    const missing = missingInAct(request.data);
    if (missing !== null) return refuse(context, 400, missing);
    const answer = await zones.act(id, request.data);
    return answer.ok
      ? context.json({ v: 1, ...answer })
      : refuse(context, 409, { code: "zone-refused", message: answer.text });
  });
  app.post("/api/zones/:id/call-point", async (context) => {
    const id = context.req.param("id");
    const body = await bodyOf(context);
    if (body === undefined) return noJson(context);
    const request = callPointRequestSchema.safeParse(body);
    if (!request.success) return badBody(context, request.error);
    if (!zones.pressCallPoint(id, request.data.callPoint)) return noSuchZone(context, id);
    return context.json({ v: 1, ok: true, text: "The zone is in FIRE." });
  });
}

function noSuchZone(context: Context, id: string): Response {
  return refuse(context, 404, {
    code: "no-such-zone",
    message: `There is no zone ${id.slice(0, 63)} on this hub; a device's own zone follows its device.`,
  });
}
