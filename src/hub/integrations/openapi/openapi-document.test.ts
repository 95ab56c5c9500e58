import assert from "node:assert/strict";
import { test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import type { Hono } from "hono";
import { z } from "zod";
import { ManualClock } from "#support/manual-clock.ts";
import { noIncidents } from "#support/no-incidents.ts";
import { buildApi } from "../../api.ts";
import { apiRoutes } from "./api-routes.ts";
import { openApiDocument } from "./openapi-document.ts";

function unasked(): never {
  throw new Error("routes are listed here, not used");
}

function application(): Hono {
  return buildApi({
    clock: new ManualClock(),
    startedAtMs: 0,
    softwareVersion: "0.1.0",
    dashboardFolder: null,
    devices: { views: () => [], view: () => null, regions: () => null },
    zones: {
      views: () => [],
      view: () => null,
      act: async () => ({ ok: false, text: "" }),
      pressCallPoint: () => false,
      acknowledgedOn: () => {},
    },
    events: { page: () => ({ events: [], next: null }) },
    telemetry: { history: () => ({ points: [] }) },
    commands: { ask: async () => ({ kind: "silent" }) },
    integrations: {
      metrics: () => "",
      alert: () => ({ kind: "no-alarm" }),
      alarmLoad: () => null,
      nowMicros: () => 0,
    },
    incidents: noIncidents,
    enrolment: {
      view: unasked,
      newCode: unasked,
      confirm: unasked,
      refuse: unasked,
      revoke: unasked,
    },
    refused: () => ({ total: 0, byKind: {} }),
    problems: () => [],
    supervisory: () => [],
    log: () => {},
  });
}

function get(path: string): Response | Promise<Response> {
  return application().request(path, { headers: { host: "127.0.0.1:8080" } });
}

/** Routes that answer; "ALL" are guards and limits, "*" the page's files. */
function routesOf(app: Hono): readonly string[] {
  const answering = app.routes.filter(({ method, path }) => method !== "ALL" && !path.includes("*"));
  return [...new Set(answering.map(({ method, path }) => `${method} ${path}`))].sort();
}

test("every route of the application is described, and every described route is there", () => {
  const described = apiRoutes.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort();
  assert.deepEqual(described, routesOf(application()));
});

test("the description is an OpenAPI document by OpenAPI's own schema", async () => {
  const response = await get("/api/openapi.json");
  assert.equal(response.status, 200);
  const validator = new Validator();
  const result = await validator.validate(z.record(z.string(), z.unknown()).parse(await response.json()));
  assert.deepEqual(result.errors ?? [], []);
  assert.equal(result.valid, true);
  assert.equal(validator.version, "3.1");
});

test("a document that is wrong is found to be wrong", async () => {
  const { paths, ...rest } = openApiDocument(apiRoutes, "0.1.0");
  const broken = { ...rest, paths: { ...paths, "/api/zones": { get: { responses: "none" } } } };
  const result = await new Validator().validate(structuredClone(broken));
  assert.equal(result.valid, false);
  assert.match(JSON.stringify(result.errors), /api~1zones/);
});

test("what may be left out of a query is said, and what a body must hold, too", () => {
  const { paths } = openApiDocument(apiRoutes, "0.1.0");
  const history = paths["/api/devices/{id}/history"]!["get"]!;
  assert.deepEqual(
    history.parameters.map(({ name, in: place, required }) => [name, place, required]),
    [
      ["id", "path", true],
      ["from", "query", true],
      ["to", "query", true],
      ["points", "query", false],
    ],
  );
  const body = z
    .object({ "application/json": z.object({ schema: z.object({ required: z.array(z.string()) }) }) })
    .parse(paths["/api/devices/{id}/acts"]!["post"]!.requestBody?.content);
  assert.deepEqual(body["application/json"].schema.required, ["act", "by"]);
});

test("each route has a name of its own", () => {
  const { paths } = openApiDocument(apiRoutes, "0.1.0");
  const names = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  assert.equal(new Set(names).size, names.length);
});

test("the page names every route and loads nothing from elsewhere", async () => {
  const response = await get("/api/docs");
  const page = await response.text();
  for (const { path } of apiRoutes)
    assert.ok(page.includes(`<code>${path.replace(/:(\w+)/g, "{$1}")}</code>`), path);
  assert.deepEqual(
    [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, place]) => place),
    ["/api/docs.css", "/api/openapi.json"],
  );
  assert.doesNotMatch(page, /<script|style=/);
  const style = await get("/api/docs.css");
  assert.equal(style.headers.get("content-type"), "text/css; charset=utf-8");
});
