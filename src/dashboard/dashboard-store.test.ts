import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtureEvent, fixtureTelemetry, fixtureView } from "#support/fixture-room.ts";
import { ManualClock } from "#support/manual-clock.ts";
import type { LiveFrame } from "#wire/live-frame-codec.ts";
import { DashboardStore } from "./dashboard-store.ts";
import { HubClient } from "./hub-client.ts";
import type { LiveSocket } from "./live-link.ts";
import { whyUnknown } from "./model/room-knowledge.ts";

const second = 1_000_000;

function opened() {
  const clock = new ManualClock();
  const asked: string[] = [];
  const draws: (() => void)[] = [];
  const socket: LiveSocket = {
    onopen: null,
    onclose: null,
    onmessage: null,
    send: () => {},
    close: () => {},
  };
  const store = new DashboardStore({
    clock,
    client: new HubClient(async (path) => {
      asked.push(String(path));
      return Response.json({ events: [], next: null });
    }),
    storage: null,
    openSocket: () => socket,
    chance: () => 1,
    beforeDrawing: (callback) => draws.push(callback),
  });
  store.start();
  socket.onopen?.();
  const telemetry = fixtureTelemetry(clock.nowMicros());
  store.onMessage({
    type: "devices",
    devices: [fixtureView("kitchen", { name: "Kitchen", telemetry })],
    serverTimeMicros: clock.nowMicros() + 5 * second,
  });
  const room = store.rooms.value[0]!;
  return { clock, store, room, draws, asked };
}

function frameAt(clock: ManualClock, frameCounter: number): LiveFrame {
  return {
    width: 1,
    height: 1,
    unit: "centikelvin",
    capturedAtMicros: clock.nowMicros(),
    frameCounter,
    ffcState: null,
    pixels: Uint16Array.of(29_500),
  };
}

test("the page goes by the hub's clock", () => {
  const { clock, store } = opened();
  assert.equal(store.hubNowMicros(), clock.nowMicros() + 5 * second);
});

test("a room of which nothing new comes is unknown after 10 s, and known again with the next second", () => {
  const { clock, store, room } = opened();
  clock.advanceMs(10_000);
  assert.equal(whyUnknown(store.situationOf(room)), null);
  clock.advanceMs(500);
  assert.match(whyUnknown(store.situationOf(room)) ?? "", /sent nothing for more than 10 s/);
  const stale = room.view.value.telemetry!;
  store.onMessage({ type: "telemetry", device: "kitchen", telemetry: stale });
  assert.notEqual(whyUnknown(store.situationOf(room)), null, "what is known already is no sign of life");
  const telemetry = fixtureTelemetry(clock.nowMicros());
  store.onMessage({ type: "telemetry", device: "kitchen", telemetry });
  assert.equal(whyUnknown(store.situationOf(room)), null);
});

test("a hub's view that is behind does not take newer telemetry back", () => {
  const { clock, store, room } = opened();
  const old = room.view.value.telemetry;
  clock.advanceMs(1_000);
  const telemetry = fixtureTelemetry(clock.nowMicros(), { co2Ppm: 900 });
  store.onMessage({ type: "telemetry", device: "kitchen", telemetry });
  store.onMessage({ type: "device", device: fixtureView("kitchen", { telemetry: old }) });
  assert.equal(room.view.value.telemetry?.co2Ppm, 900);
});

test("history is asked for up to the newest second of a device that is ahead of the clock", () => {
  const { clock, store, asked } = opened();
  const ahead = clock.nowMicros() + 600 * second;
  const telemetry = fixtureTelemetry(ahead);
  const view = fixtureView("kitchen", { telemetry });
  store.onMessage({ type: "devices", devices: [view], serverTimeMicros: clock.nowMicros() });
  const query = new URLSearchParams(asked.at(-1)?.split("?")[1]);
  assert.equal(Number(query.get("to")), ahead + 1);
  assert.equal(Number(query.get("from")), ahead + 1 - 900 * second);
});

test("a device whose clock was set back goes on, with its charts begun anew", () => {
  const { clock, store, room } = opened();
  const telemetry = fixtureTelemetry(clock.nowMicros() - 3_600 * second);
  store.onMessage({ type: "telemetry", device: "kitchen", telemetry });
  assert.deepEqual(
    room.points.value.map((point) => point.atMicros),
    [telemetry.atMicros],
  );
});

test("only the newest picture is drawn when several came since the last drawing", () => {
  const { clock, store, room, draws } = opened();
  store.onPicture({ device: "kitchen", frame: frameAt(clock, 1) });
  clock.advanceMs(100);
  store.onPicture({ device: "kitchen", frame: frameAt(clock, 2) });
  assert.equal(draws.length, 1);
  draws[0]?.();
  assert.equal(room.picture.value?.frameCounter, 2);
});

test("a picture is stale 2 s after it came, and before there is one", () => {
  const { clock, store, room, draws } = opened();
  assert.equal(room.stale.value, true);
  store.onPicture({ device: "kitchen", frame: frameAt(clock, 1) });
  draws[0]?.();
  assert.equal(room.stale.value, false);
  clock.advanceMs(2_000);
  assert.equal(room.stale.value, false);
  clock.advanceMs(250);
  assert.equal(room.stale.value, true);
});

test("an event that comes twice stands once", () => {
  const { store } = opened();
  const { device, ...message } = fixtureEvent("kitchen", {
    type: "resounded",
    sequence: 1,
    atMicros: 1,
    incidentId: "i",
  });
  store.onMessage({ type: "event", device, message });
  store.onMessage({ type: "event", device, message });
  assert.equal(store.events.value.length, 1);
});

test("a device the hub no longer knows disappears with the next full list", () => {
  const { clock, store } = opened();
  store.onMessage({ type: "devices", devices: [], serverTimeMicros: clock.nowMicros() });
  assert.deepEqual(store.rooms.value, []);
  assert.equal(store.summary.value.tone, "unknown");
});

test("the summary stays the same object while its words do, so that nothing is drawn anew", () => {
  const { clock, store } = opened();
  const before = store.summary.value;
  clock.advanceMs(3_000);
  assert.equal(store.summary.value, before);
});
