import type { Context, Hono } from "hono";
import type { AlarmLoad } from "#wire/alarm-load.ts";
import { alarmLoadPageQuerySchema, alarmLoadQuerySchema } from "../read-queries.ts";
import { noSuchDevice } from "../relay-command.ts";
import { badQuery } from "../request-bodies.ts";
import { guardMethods, refuse } from "../request-guards.ts";
import { alarmLoadPage } from "./alarm-load/alarm-load-page.ts";
import { capContentType } from "./cap/cap-xml.ts";
import { expositionContentType } from "./metrics/exposition-text.ts";

/** What came of asking for a device's alert. */
export type AlertAnswer =
  | { readonly kind: "alert"; readonly xml: string }
  | { readonly kind: "no-such-device" | "no-alarm" | "no-sender" };

/** What these routes ask. */
export interface IntegrationApiTarget {
  /** The answer to a scrape by Prometheus. */
  metrics(): string;
  /** The newest message on a device's alarm by the Common Alerting Protocol. */
  alert(device: string): AlertAnswer;
  /** The present, in microseconds since the Unix epoch. */
  nowMicros(): number;
  /** The load of a span; null where it holds more events than one answer takes. */
  alarmLoad(span: { readonly fromMicros: number; readonly toMicros: number }): AlarmLoad | null;
}

const paths = ["/metrics", "/alarm-load", "/api/alarm-load", "/api/devices/:id/alert.cap"] as const;

/** Adds what other systems read by HTTP. */
export function addIntegrations(app: Hono, target: IntegrationApiTarget): void {
  for (const path of paths) app.use(path, guardMethods(["GET", "HEAD"]));
  app.get("/metrics", (context) =>
    context.body(target.metrics(), 200, {
      "content-type": expositionContentType,
      "cache-control": "no-store",
    }),
  );
  app.get("/api/alarm-load", (context) => {
    const query = alarmLoadQuerySchema.safeParse(context.req.query());
    if (!query.success) return badQuery(context, query.error);
    const load = target.alarmLoad({ fromMicros: query.data.from, toMicros: query.data.to });
    if (load !== null) return context.json(load);
    return refuse(context, 400, {
      code: "too-many-events",
      message: "There are more events in this span than one answer takes: ask for a shorter one.",
    });
  });
  app.get("/alarm-load", (context) => {
    const query = alarmLoadPageQuerySchema.safeParse(context.req.query());
    if (!query.success) return badQuery(context, query.error);
    const { hours } = query.data;
    const toMicros = target.nowMicros();
    const fromMicros = toMicros - hours * 3_600_000_000;
    const load = target.alarmLoad({ fromMicros, toMicros });
    return context.html(alarmLoadPage({ hours, load }), 200, { "cache-control": "no-store" });
  });
  app.get("/api/devices/:id/alert.cap", (context) => alertOf(context, target));
}

function alertOf(context: Context, target: IntegrationApiTarget): Response {
  const device = context.req.param("id") ?? "";
  const answer = target.alert(device);
  switch (answer.kind) {
    case "alert":
      return context.body(answer.xml, 200, { "content-type": capContentType });
    case "no-such-device":
      return noSuchDevice(context, device);
    case "no-alarm":
      return refuse(context, 404, {
        code: "no-alarm",
        message: `${device} has no alarm, and none that was reset lately.`,
      });
    case "no-sender":
      return refuse(context, 409, {
        code: "no-sender",
        message:
          "This hub has no name for alerts: set alerts.sender in the file of emberwatch up --integrations.",
      });
  }
}
