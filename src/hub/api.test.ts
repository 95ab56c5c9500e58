import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Hono } from "hono";
import { healthMessage, sampleMicros } from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { noIncidents } from "#support/no-incidents.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { apiErrorSchema, deviceListSchema, hubHealthSchema } from "#wire/hub-api.ts";
import { type ApiOptions, buildApi } from "./api.ts";
import type { CommandOutcome, CommandRequest } from "./command-relay.ts";
import { DeviceRegistry } from "./device-registry.ts";

interface Asked {
  device: string;
  request: CommandRequest;
}

function api(changes: Partial<ApiOptions> & { outcome?: CommandOutcome } = {}): {
  app: Hono;
  asked: Asked[];
  /** What the zones were told of acknowledgements on devices. */
  acknowledged: string[];
} {
  const clock = new ManualClock(sampleMicros);
  const devices = new DeviceRegistry(clock, () => {});
  devices.hearHealth("kitchen", healthMessage());
  devices.hearHealth("demo", healthMessage({ name: "Demo", capabilities: ["ignite", "extinguish"] }));
  devices.hearHealth("office", healthMessage({ name: "Office", source: "emulated" }));
  devices.hearHealth("attic", healthMessage({ online: false, name: "Attic" }));
  const asked: Asked[] = [];
  const acknowledged: string[] = [];
  const { outcome, ...rest } = changes;
  const app = buildApi({
    clock,
    startedAtMs: 0,
    softwareVersion: "0.1.0",
    dashboardFolder: null,
    devices,
    zones: {
      views: () => [],
      view: () => null,
      act: async () => ({ ok: false, text: "" }),
      pressCallPoint: () => false,
      acknowledgedOn: (device, { by }) => acknowledged.push(`${device} by ${by}`),
    },
    enrolment: null,
    refused: () => ({ total: 0, byKind: {} }),
    events: { page: ({ before, limit }) => ({ events: [], next: `${before}/${limit}` }) },
    telemetry: { history: () => ({ points: [] }) },
    commands: {
      ask: async (device, request) => {
        asked.push({ device, request });
        return outcome ?? { kind: "answered", reply: { v: 1, ok: true, text: "Acknowledged." } };
      },
    },
    incidents: noIncidents,
    integrations: {
      metrics: () => "emberwatch_hub_info 1\n",
      alert: () => ({ kind: "no-alarm" }),
      alarmLoad: () => null,
      nowMicros: () => 0,
    },
    problems: () => [],
    supervisory: () => [],
    log: () => {},
    ...rest,
  });
  return { app, asked, acknowledged };
}

async function get(app: Hono, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return app.request(path, { headers: { host: "127.0.0.1:8080", ...headers } });
}

async function post(
  app: Hono,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return app.request(path, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { host: "127.0.0.1:8080", "content-type": "application/json", ...headers },
  });
}

async function refusal(response: Response): Promise<[number, string]> {
  const { code, message } = apiErrorSchema.parse(await response.json());
  assert.ok(message.length > 10);
  return [response.status, code];
}

test("the zones are told of what a device has acknowledged, and of nothing that it has not", async () => {
  const act = { act: "acknowledge", by: "Ada" };
  const done = api();
  await post(done.app, "/api/devices/kitchen/acts", act);
  await post(done.app, "/api/devices/kitchen/acts", { ...act, act: "silence" });
  assert.deepEqual(done.acknowledged, ["kitchen by Ada"]);
  const silent = api({ outcome: { kind: "silent" } });
  await post(silent.app, "/api/devices/kitchen/acts", act);
  assert.deepEqual(silent.acknowledged, []);
});

test("health answers 200 with the age of the newest frame of each device", async () => {
  const response = await get(api().app, "/api/health");
  assert.equal(response.status, 200);
  const health = hubHealthSchema.parse(await response.json());
  assert.equal(health.status, "ok");
  assert.deepEqual(
    health.devices.map(({ id, newestFrameAgeSeconds }) => [id, newestFrameAgeSeconds]),
    [
      ["attic", 0.1],
      ["demo", 0.1],
      ["kitchen", 0.1],
      ["office", 0.1],
    ],
  );
});

test("health answers 503 with the reason while the store or the broker is broken", async () => {
  const response = await get(api({ problems: () => ["The store is closed."] }).app, "/api/health");
  assert.equal(response.status, 503);
  const health = hubHealthSchema.parse(await response.json());
  assert.equal(health.status, "degraded");
  assert.deepEqual(health.problems, ["The store is closed."]);
});

test("metrics are answered as Prometheus' text, to GET alone and by a name of this machine", async () => {
  const { app } = api();
  const response = await get(app, "/metrics");
  assert.equal(response.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.equal(await response.text(), "emberwatch_hub_info 1\n");
  assert.deepEqual(await refusal(await post(app, "/metrics", {})), [405, "method-not-allowed"]);
  const elsewhere = await get(app, "/metrics", { host: "hub.example" });
  assert.deepEqual(await refusal(elsewhere), [403, "host-not-allowed"]);
});

test("devices are listed as the schema says", async () => {
  const response = await get(api().app, "/api/devices");
  const { devices } = deviceListSchema.parse(await response.json());
  assert.deepEqual(
    devices.map((device) => device.id),
    ["attic", "demo", "kitchen", "office"],
  );
  assert.equal(response.headers.get("cache-control"), "no-store");
});

test("an act goes to the device and its answer comes back", async () => {
  const { app, asked } = api();
  const response = await post(app, "/api/devices/kitchen/acts", { act: "acknowledge", by: " Ada " });
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), { v: 1, ok: true, text: "Acknowledged." });
  assert.deepEqual(asked, [
    {
      device: "kitchen",
      request: { command: "act", act: "acknowledge", by: "Ada", reason: "", minutes: null },
    },
  ]);
});

test("a device that does not answer, or is offline, is a 504; what it refuses is a 409", async () => {
  const act = { act: "silence", by: "Ada" };
  const silent = api({ outcome: { kind: "silent" } });
  assert.deepEqual(await refusal(await post(silent.app, "/api/devices/kitchen/acts", act)), [
    504,
    "device-did-not-answer",
  ]);
  const offline = api();
  assert.deepEqual(await refusal(await post(offline.app, "/api/devices/attic/acts", act)), [
    504,
    "device-did-not-answer",
  ]);
  assert.deepEqual(offline.asked, []);
  const refusing = api({
    outcome: { kind: "answered", reply: { v: 1, ok: false, text: "No such thing here." } },
  });
  assert.deepEqual(await refusal(await post(refusing.app, "/api/devices/kitchen/acts", act)), [
    409,
    "device-refused",
  ]);
  const busy = api({ outcome: { kind: "busy" } });
  assert.deepEqual(await refusal(await post(busy.app, "/api/devices/kitchen/acts", act)), [503, "hub-busy"]);
});

test("bad requests are refused with a code and a sentence, and nothing is relayed", async () => {
  const { app, asked } = api();
  const acts = "/api/devices/kitchen/acts";
  const cases: [Promise<Response>, number, string][] = [
    [post(app, acts, { act: "explode", by: "Ada" }), 400, "bad-request"],
    [post(app, acts, { act: "silence" }), 400, "bad-request"],
    [post(app, acts, { act: "silence", by: "  " }), 400, "bad-request"],
    [post(app, acts, { act: "silence", by: "Ada", extra: 1 }), 400, "bad-request"],
    [post(app, acts, { act: "disable", by: "Ada" }), 400, "minutes-required"],
    [post(app, acts, { act: "disable", by: "Ada", minutes: 5, reason: " " }), 400, "reason-required"],
    [post(app, acts, "{not json"), 400, "bad-request"],
    [post(app, acts, "x".repeat(17 * 1024)), 413, "too-large"],
    [post(app, acts, "act=silence", { "content-type": "text/plain" }), 415, "not-json"],
    [post(app, "/api/devices/nowhere/acts", { act: "silence", by: "Ada" }), 404, "no-such-device"],
    [post(app, "/api/devices/kitchen/demo", { command: "ignite" }), 409, "not-emulated"],
    [post(app, "/api/devices/demo/demo", { command: "explode" }), 400, "bad-request"],
    [get(app, "/api/events?limit=0"), 400, "bad-query"],
    [get(app, "/api/events?device=../x"), 400, "bad-query"],
    [get(app, "/api/events?before=abc"), 400, "bad-query"],
    [get(app, "/api/devices/kitchen/history?from=5&to=4"), 400, "bad-query"],
    [get(app, "/api/devices/kitchen/history?from=0&to=9007199254740991"), 400, "bad-query"],
    [get(app, "/api/devices/nowhere/history?from=0&to=1"), 404, "no-such-device"],
    [get(app, "/api/nothing"), 404, "no-such-address"],
    [post(app, "/index.html", {}), 405, "method-not-allowed"],
  ];
  for (const [response, status, code] of cases)
    assert.deepEqual(await refusal(await response), [status, code]);
  assert.deepEqual(asked, []);
});

test("a wrong method is told which ones the address takes", async () => {
  const { app, asked } = api();
  const cases: [string, string, string][] = [
    ["DELETE", "/api/devices", "GET, HEAD"],
    ["POST", "/api/health", "GET, HEAD"],
    ["PUT", "/api/events", "GET, HEAD"],
    ["POST", "/api/devices/kitchen/history", "GET, HEAD"],
    ["GET", "/api/devices/kitchen/acts", "POST"],
    ["PUT", "/api/devices/demo/demo", "POST"],
    ["DELETE", "/index.html", "GET, HEAD"],
  ];
  for (const [method, path, allow] of cases) {
    const response = await app.request(path, { method, headers: { host: "127.0.0.1:8080" } });
    assert.equal(response.headers.get("allow"), allow, `${method} ${path}`);
    assert.deepEqual(await refusal(response), [405, "method-not-allowed"]);
  }
  assert.deepEqual(asked, []);
  const head = await app.request("/api/health", { method: "HEAD", headers: { host: "127.0.0.1:8080" } });
  assert.equal(head.status, 200);
});

test("a body that is no JSON is told so", async () => {
  const { app } = api();
  for (const path of ["/api/devices/kitchen/acts", "/api/devices/demo/demo"]) {
    for (const body of ["{bad", ""]) {
      const response = await post(app, path, body);
      assert.equal(response.status, 400);
      assert.equal(apiErrorSchema.parse(await response.json()).message, "The body is not JSON.");
    }
  }
});

test("an emulated room without a fire is not told that it is no emulated room", async () => {
  const response = await post(api().app, "/api/devices/office/demo", { command: "ignite" });
  assert.equal(response.status, 409);
  const { code, message } = apiErrorSchema.parse(await response.json());
  assert.equal(code, "no-fire");
  assert.match(message, /^Office has no fire to light/);
});

test("a page of events takes its limit and cursor from the query", async () => {
  const response = await get(api().app, "/api/events?limit=7&before=42");
  assert.deepEqual(await response.json(), { events: [], next: "42/7" });
});

test("requests by another name or from another site's page are refused", async () => {
  const { app, asked } = api();
  const rebound = await get(app, "/api/devices", { host: "evil.example:8080" });
  assert.deepEqual(await refusal(rebound), [403, "host-not-allowed"]);
  const act = { act: "reset", by: "Mallory" };
  for (const origin of ["http://evil.example", "http://127.0.0.1:9999", "null", "https://127.0.0.1:8080"]) {
    const foreign = await post(app, "/api/devices/kitchen/acts", act, { origin });
    assert.deepEqual(await refusal(foreign), [403, "origin-not-allowed"]);
  }
  assert.deepEqual(asked, []);
  const own = await post(app, "/api/devices/kitchen/acts", act, { origin: "http://127.0.0.1:8080" });
  assert.equal(own.status, 200);
});

test("every answer forbids foreign scripts, frames and guessing of types", async () => {
  for (const path of ["/", "/api/devices", "/api/nothing"]) {
    const { headers } = await get(api().app, path);
    assert.match(headers.get("content-security-policy") ?? "", /default-src 'self'.*frame-ancestors 'none'/);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("x-frame-options"), "DENY");
  }
});

test("a failure inside answers 500 without telling its insides, and the log tells them", async () => {
  const lines: string[] = [];
  const { app } = api({
    events: {
      page: () => {
        throw new Error("disk on fire");
      },
    },
    log: (line) => lines.push(line),
  });
  const response = await get(app, "/api/events");
  const body = apiErrorSchema.parse(await response.json());
  assert.equal(response.status, 500);
  assert.ok(!body.message.includes("disk"));
  assert.match(lines.join("\n"), /GET \/api\/events: Error: disk on fire/);
});

test("without a built dashboard the page says how to build it", async (t) => {
  const missing = join(await temporaryFolder(t), "nothing");
  for (const dashboardFolder of [null, missing]) {
    const response = await get(api({ dashboardFolder }).app, "/");
    assert.equal(response.status, 503);
    assert.match(await response.text(), /npm run build/);
  }
});

test("dashboard files come with their types, and nothing outside the folder comes", async (t) => {
  const root = await temporaryFolder(t);
  const dashboardFolder = join(root, "dashboard");
  await mkdir(join(dashboardFolder, "assets"), { recursive: true });
  await writeFile(join(dashboardFolder, "index.html"), "<p>page</p>");
  await writeFile(join(dashboardFolder, "assets", "app-1a2b.js"), "let a;");
  await writeFile(join(root, "secret.txt"), "secret");
  await writeFile(join(dashboardFolder, "notes.unknown"), "x");
  await symlink(join(root, "secret.txt"), join(dashboardFolder, "link.txt"));
  const { app } = api({ dashboardFolder });
  const page = await get(app, "/");
  assert.equal(page.status, 200);
  assert.equal(page.headers.get("content-type"), "text/html; charset=utf-8");
  assert.equal(page.headers.get("cache-control"), "no-cache");
  const script = await get(app, "/assets/app-1a2b.js");
  assert.equal(script.headers.get("content-type"), "text/javascript; charset=utf-8");
  assert.match(script.headers.get("cache-control") ?? "", /immutable/);
  for (const path of [
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
    "/link.txt",
    "/notes.unknown",
    "/assets",
    "/%00",
    "/%ff",
  ]) {
    const response = await get(app, path);
    assert.notEqual(await response.text(), "secret", path);
    assert.equal(response.status, 404, path);
  }
});
