import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Hono } from "hono";
import type { z } from "zod";
import { HubBench, settle } from "#support/hub-bench.ts";
import { levelEvent } from "#support/incident-story.ts";
import { apiErrorSchema } from "#wire/hub-api.ts";
import {
  incidentDetailSchema,
  incidentPageSchema,
  incidentViewSchema,
  latencyReportSchema,
  notificationStateSchema,
} from "#wire/incident-api.ts";
import type { CommandRequest } from "./command-relay.ts";
import { addIncidents } from "./incident-api.ts";
import { incidentTarget } from "./incident-target.ts";

class Site {
  readonly bench: HubBench;
  readonly app = new Hono();
  readonly asked: string[] = [];

  constructor(bench: HubBench) {
    this.bench = bench;
    const { clock, desk, store, registry, policy, mail, sms } = bench;
    const incidents = incidentTarget({
      clock,
      desk,
      incidents: store.incidents,
      devices: registry,
      zones: {
        view: (id) => bench.zones.find((zone) => zone.id === id) ?? null,
        act: async (id, { act, by }) => {
          this.asked.push(`${id} ${act} by ${by}`);
          return { ok: true, text: "Done." };
        },
      },
      commands: {
        ask: async (device: string, request: CommandRequest) => {
          assert.ok(request.command === "act");
          this.asked.push(`${device} ${request.act} by ${request.by}`);
          return device === "workshop"
            ? { kind: "silent" }
            : { kind: "answered", reply: { v: 1, ok: true, text: "" } };
        },
      },
      notification: policy === null ? null : { policy, channels: [mail, sms] },
    });
    addIncidents(this.app, { incidents, devices: registry });
  }

  static async build(t: TestContext, changes: Parameters<typeof HubBench.build>[1] = {}): Promise<Site> {
    return new Site(await HubBench.build(t, changes));
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const response = await this.app.request(path);
    assert.equal(response.status, 200);
    return schema.parse(await response.json());
  }

  async post(path: string, body: unknown): Promise<Response> {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return this.app.request(path, { method: "POST", body: text });
  }

  async refusal(path: string, body: unknown): Promise<string> {
    const response = await this.post(path, body);
    const { code } = apiErrorSchema.parse(await response.json());
    return `${response.status} ${code}`;
  }
}

test("an incident is listed, shown with its time line, acknowledged on its device, reset and closed with its cause", async (t) => {
  const site = await Site.build(t);
  await site.bench.tell("kitchen", levelEvent());
  const { incidents, next } = await site.get("/api/incidents?device=kitchen", incidentPageSchema);
  assert.deepEqual([incidents.map(({ id, state }) => `${id} ${state}`), next], [["1 open"], null]);
  const answer = await site.post("/api/incidents/1/acknowledge", { by: "Ada", reason: "On my way." });
  assert.deepEqual(await answer.json(), { v: 1, ok: true, text: "Acknowledged." });
  assert.deepEqual(site.asked, ["kitchen acknowledge by Ada"]);
  const close = { by: "Ada", cause: "cooking" };
  assert.equal(await site.refusal("/api/incidents/1/close", close), "409 incident-stands");
  await site.bench.tell("kitchen", levelEvent({ level: "normal" }));
  const closed = incidentViewSchema.parse(await (await site.post("/api/incidents/1/close", close)).json());
  assert.deepEqual([closed.state, closed.closed?.cause], ["closed", "cooking"]);
  const { timeLine } = await site.get("/api/incidents/1", incidentDetailSchema);
  assert.deepEqual(
    timeLine.map(({ type }) => type),
    ["event", "event", "act", "act", "notification", "notification"],
  );
});

test("an acknowledgement goes to zones first and to devices in none, and says who did not answer", async (t) => {
  const site = await Site.build(t, { zones: [{ id: "floor", devices: ["kitchen", "attic"] }] });
  const { bench } = site;
  await bench.tell("kitchen", levelEvent());
  await bench.tell("floor", {
    type: "zone",
    atMicros: 0,
    zone: "floor",
    event: {
      type: "zone-level",
      sequence: 1,
      atMicros: 0,
      level: "fire",
      incidentId: "zone-one",
      reasons: [],
      because: "no-delay",
      test: false,
    },
  });
  await site.post("/api/incidents/1/acknowledge", { by: "Ada" });
  assert.deepEqual(site.asked.splice(0), ["floor acknowledge by Ada"]);
  await bench.tell("workshop", levelEvent({ incidentId: "two" }));
  const answer = await site.post("/api/incidents/2/acknowledge", { by: "Ada" });
  assert.deepEqual(await answer.json(), {
    v: 1,
    ok: true,
    text: "Acknowledged. workshop did not answer: look there.",
  });
  assert.equal(bench.incident("2").state, "acknowledged");
});

test("what burnt up and says nothing any more is closed with a note that says how one knows", async (t) => {
  const site = await Site.build(t);
  await site.bench.tell("kitchen", levelEvent());
  site.bench.speaking.clear();
  await site.bench.pass(10);
  const close = { by: "Ada", cause: "fire" };
  assert.equal(await site.refusal("/api/incidents/1/close", close), "409 note-required");
  assert.equal(
    (await site.post("/api/incidents/1/close", { ...close, note: "The fire brigade left." })).status,
    200,
  );
});

test("an incident is held and released with a reason, and notes are added", async (t) => {
  const site = await Site.build(t);
  await site.bench.tell("kitchen", levelEvent());
  const held = incidentViewSchema.parse(
    await (await site.post("/api/incidents/1/hold", { by: "Ada", reason: "Insurance." })).json(),
  );
  assert.equal(held.held?.reason, "Insurance.");
  assert.equal(
    (await site.post("/api/incidents/1/notes", { by: "Bob", text: "The pan was on." })).status,
    200,
  );
  await site.post("/api/incidents/1/release", { by: "Ada", reason: "Settled." });
  assert.equal(site.bench.incident().held, null);
});

test("what cannot be is refused in words", async (t) => {
  const site = await Site.build(t);
  await site.bench.tell("kitchen", levelEvent(), levelEvent({ level: "normal" }));
  const act = { by: "Ada", reason: "" };
  assert.equal(await site.refusal("/api/incidents/7/acknowledge", act), "404 no-such-incident");
  assert.equal(
    await site.refusal("/api/incidents/x'y/notes", { by: "Ada", text: "a" }),
    "404 no-such-incident",
  );
  assert.equal(await site.refusal("/api/incidents/1/acknowledge", act), "409 incident-over");
  assert.equal(await site.refusal("/api/incidents/1/close", "{"), "400 bad-request");
  assert.equal(await site.refusal("/api/incidents/1/close", { by: "Ada" }), "400 bad-request");
  assert.equal(
    await site.refusal("/api/incidents/1/close", { by: "Ada", cause: "dragon" }),
    "400 bad-request",
  );
  assert.equal(await site.refusal("/api/incidents/1/hold", act), "400 bad-request");
  assert.equal(
    await site.refusal("/api/devices/nobody/snooze", { by: "Ada", minutes: 5 }),
    "404 no-such-device",
  );
  assert.equal(
    await site.refusal("/api/devices/kitchen/snooze", { by: "Ada", minutes: 2_000 }),
    "400 bad-request",
  );
  const test = { contact: "Ada", channel: "pigeon" };
  assert.equal(await site.refusal("/api/notifications/test", test), "404 no-such-contact");
  for (const query of ["limit=0", "state=lost", "before=x", "unknown=1"])
    assert.equal((await site.app.request(`/api/incidents?${query}`)).status, 400, query);
});

test("a snooze, a test message and the standing of channels are there to see", async (t) => {
  const site = await Site.build(t);
  await site.post("/api/devices/kitchen/snooze", { by: "Ada", minutes: 30 });
  await site.post("/api/notifications/test", { contact: "Ada", channel: "sms" });
  await settle();
  assert.deepEqual(site.bench.take(), ["sms test Ada"]);
  await site.bench.pass(60);
  const state = await site.get("/api/notifications", notificationStateSchema);
  assert.equal(state.nobody, null);
  assert.deepEqual(state.snoozes, [{ device: "kitchen", by: "Ada", minutesLeft: 29 }]);
  assert.deepEqual(state.channels, [
    { name: "mail", standing: "works" },
    { name: "sms", standing: "works" },
  ]);
  const silent = await Site.build(t, { policy: null });
  assert.match((await silent.get("/api/notifications", notificationStateSchema)).nobody ?? "", /no contacts/);
});

test("the ledger says how long alarms took, and that two clocks are part of it", async (t) => {
  const site = await Site.build(t);
  const { bench } = site;
  const empty = await site.get("/api/incidents/latency", latencyReportSchema);
  assert.deepEqual([empty.incidents, empty.spans], [0, []]);
  await bench.tell("kitchen", levelEvent({ atMicros: bench.clock.nowMicros() - 400_000 }));
  await bench.tell(
    "workshop",
    levelEvent({ atMicros: bench.clock.nowMicros() + 5_000_000, incidentId: "two" }),
  );
  await bench.pass(1);
  bench.desk.act("1", { kind: "acknowledge", by: "Ada", reason: "" });
  const { incidents, spans, caveats } = await site.get("/api/incidents/latency", latencyReportSchema);
  assert.equal(incidents, 2);
  const sensed = spans.find(({ from, to }) => from === "sensed" && to === "received");
  assert.deepEqual(
    [sensed?.clocks, sensed?.negative, sensed?.p50Seconds, sensed?.p99Seconds],
    ["two", 1, -5, 0.4],
  );
  const answered = spans.find(({ from, to }) => from === "received" && to === "acknowledged");
  assert.deepEqual([answered?.clocks, answered?.incidents, answered?.p95Seconds], ["one", 1, 1]);
  assert.ok(
    caveats.some((caveat) => caveat.startsWith("1 of 2 alarms were received before they were sensed")),
  );
  assert.ok(caveats.some((caveat) => caveat.startsWith("Devices do not tell when they decided")));
});
