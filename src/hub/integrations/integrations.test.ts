import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Hono } from "hono";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import {
  alarmMessage,
  healthMessage,
  sampleMicros,
  stateAtRest,
  troubleMessage,
} from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { alarmLoadSchema } from "#wire/alarm-load.ts";
import { apiErrorSchema } from "#wire/hub-api.ts";
import { DeviceRegistry } from "../device-registry.ts";
import { openStore } from "../store.ts";
import { addIntegrations } from "./integration-api.ts";
import { Integrations } from "./integrations.ts";
import { defaultIntegrationsConfig, type IntegrationsConfig } from "./integrations-config.ts";

async function stage(context: TestContext, changes: Partial<IntegrationsConfig> = {}) {
  const clock = new ManualClock(sampleMicros);
  const registry = new DeviceRegistry(clock, () => {});
  const store = openStore(await temporaryFolder(context));
  context.after(() => store.close());
  const integrations = new Integrations({
    clock,
    softwareVersion: "0.1.0",
    setup: {
      config: { ...defaultIntegrationsConfig, ...changes },
      homeAssistant: { credentials: null, ca: null },
      openBroker: () => {
        throw new Error("nothing is to be connected here");
      },
    },
    devices: () => registry.views(),
    zones: () => [],
    parts: () => ({}),
    refusedMessages: () => 0,
    events: store.events,
    askForPictures: () => {},
    log: () => {},
  });
  await integrations.start();
  context.after(() => integrations.stop());
  const app = new Hono();
  addIntegrations(app, integrations);
  const say = (state: AlarmState): void => {
    registry.hearHealth("kitchen", healthMessage());
    registry.hearState("kitchen", { v: 1, atMicros: sampleMicros, state });
  };
  return { app, store, say };
}

const alerts = { ...defaultIntegrationsConfig.alerts, sender: "hub@example.com" };
const incident: NonNullable<AlarmState["incident"]> = {
  id: "kitchen-1",
  startedAtMicros: sampleMicros,
  firstAlarmAtMicros: sampleMicros,
  firstReasons: [],
  reasons: [],
  places: [],
  acknowledged: null,
  silenced: null,
  alarms: 1,
};

async function code(answer: Response | Promise<Response>): Promise<[number, string]> {
  const response = await answer;
  return [response.status, apiErrorSchema.parse(await response.json()).code];
}

test("a device's alarm is answered as an alert, and a device without one has none", async (t) => {
  const { app, say } = await stage(t, { alerts });
  const path = "/api/devices/kitchen/alert.cap";
  assert.deepEqual(await code(app.request(path)), [404, "no-such-device"]);
  say(stateAtRest);
  assert.deepEqual(await code(app.request(path)), [404, "no-alarm"]);
  say({ ...stateAtRest, level: "alarm", incident });
  const response = await app.request(path);
  assert.equal(response.headers.get("content-type"), "application/cap+xml; charset=utf-8");
  assert.match(await response.text(), /<identifier>kitchen\.kitchen-1\.alert<\/identifier>/);
  assert.deepEqual(await code(app.request(path, { method: "POST" })), [405, "method-not-allowed"]);
});

test("a hub without a name for alerts sends none, and says how to give it one", async (t) => {
  const { app, say } = await stage(t);
  say({ ...stateAtRest, level: "alarm", incident });
  assert.deepEqual(await code(app.request("/api/devices/kitchen/alert.cap")), [409, "no-sender"]);
});

test("the alarm load is counted from the stored events of the span", async (t) => {
  const { app, store, say } = await stage(t);
  say({ ...stateAtRest, level: "alarm", incident });
  for (const sequence of [1, 2, 3])
    store.events.add("kitchen", alarmMessage({ id: `alarm-${sequence}-00`, sequence }));
  store.events.add("kitchen", troubleMessage({ id: "trouble-1-00", sequence: 4 }));
  store.events.add("kitchen", alarmMessage({ id: "alarm-late-0", sequence: 4_000 }));
  const hour = `from=${sampleMicros}&to=${sampleMicros + 3_600_000_000}`;
  const response = await app.request(`/api/alarm-load?${hour}`);
  const load = alarmLoadSchema.parse(await response.json());
  assert.equal(load.calls, 4);
  assert.deepEqual(
    load.worst.map(({ kind, calls }) => [kind, calls]),
    [
      ["alarm", 3],
      ["trouble", 1],
    ],
  );
  assert.deepEqual(
    load.chattering.map(({ mostWithinMinute }) => mostWithinMinute),
    [3],
  );
  assert.deepEqual(
    load.standing.map(({ kind, sinceMicros }) => [kind, sinceMicros]),
    [["alarm", sampleMicros]],
  );
});

test("a span that is too short, too long or the wrong way round is refused", async (t) => {
  const { app } = await stage(t);
  for (const query of ["", "from=0&to=599999999", "from=0&to=2678400000001", "from=700000000&to=0"])
    assert.deepEqual(await code(app.request(`/api/alarm-load?${query}`)), [400, "bad-query"], query);
});

test("a span with more events than one answer takes is refused, not cut short", async (t) => {
  const { app, store } = await stage(t);
  const event = troubleMessage({ id: "trouble-0-00", sequence: 1 });
  for (let k = 0; k <= 10_000; k += 1) store.events.add("kitchen", { ...event, id: `trouble-${k}-00` });
  const hour = `from=${sampleMicros}&to=${sampleMicros + 3_600_000_000}`;
  assert.deepEqual(await code(app.request(`/api/alarm-load?${hour}`)), [400, "too-many-events"]);
});

test("the alarm load of the last hours is a page that loads nothing from elsewhere", async (t) => {
  const { app, store, say } = await stage(t);
  say({ ...stateAtRest, level: "alarm", incident });
  const message = troubleMessage({ id: "trouble-1-00", sequence: 1 });
  const atMicros = sampleMicros - 60_000_000;
  store.events.add("kitchen", { ...message, event: { ...message.event, atMicros } as typeof message.event });
  const response = await app.request("/alarm-load?hours=8");
  assert.equal(response.status, 200);
  const page = await response.text();
  assert.match(page, /<tr><td>kitchen<\/td><td>trouble: air-silent<\/td><td>1 call, 100 %<\/td><\/tr>/);
  assert.match(page, /<td>kitchen<\/td><td>alarm<\/td><td>since 2025-06-15 15:06 UTC<\/td>/);
  assert.match(page, /href="\/alarm-load\?hours=8" aria-current="page"/);
  assert.doesNotMatch(page, /<script|style=|https?:/);
  assert.deepEqual(await code(app.request("/alarm-load?hours=0")), [400, "bad-query"]);
});
