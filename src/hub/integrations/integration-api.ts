import type { Hono } from "hono";
import { guardMethods } from "../request-guards.ts";
import { expositionContentType } from "./metrics/exposition-text.ts";

/** What these routes ask. */
export interface IntegrationApiTarget {
  /** The answer to a scrape by Prometheus. */
  metrics(): string;
}

/** Adds what other systems read by HTTP. */
export function addIntegrations(app: Hono, target: IntegrationApiTarget): void {
  app.use("/metrics", guardMethods(["GET", "HEAD"]));
  app.get("/metrics", (context) =>
    context.body(target.metrics(), 200, {
      "content-type": expositionContentType,
      "cache-control": "no-store",
    }),
  );
}
