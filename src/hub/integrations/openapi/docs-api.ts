import type { Hono } from "hono";
import { guardMethods } from "../../request-guards.ts";
import { apiRoutes } from "./api-routes.ts";
import { docsPage, docsStyle } from "./docs-page.ts";
import { openApiDocument } from "./openapi-document.ts";

/** Adds the API's description: for programs, and as a page. */
export function addDocs(app: Hono, softwareVersion: string): void {
  const document = openApiDocument(apiRoutes, softwareVersion);
  for (const path of ["/api/openapi.json", "/api/docs", "/api/docs.css"])
    app.use(path, guardMethods(["GET", "HEAD"]));
  app.get("/api/openapi.json", (context) => context.json(document));
  app.get("/api/docs", (context) => context.html(docsPage(document)));
  app.get("/api/docs.css", (context) =>
    context.body(docsStyle, 200, { "content-type": "text/css; charset=utf-8" }),
  );
}
