import assert from "node:assert/strict";
import { test } from "node:test";
import { alarmMessage, healthMessage, sampleMicros, telemetryMessageAt } from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import type { DeviceChannel } from "#wire/topics.ts";
import type { Publication } from "./broker.ts";
import { CommandRelay } from "./command-relay.ts";
import { DeviceRegistry } from "./device-registry.ts";
import { Ingest, unreadableMax } from "./ingest.ts";
import { Refusals } from "./refusals.ts";
import { openStore, type Store } from "./store.ts";

interface Bench {
  refusals: Refusals;
  /** Takes a publication in, and time goes on until its receipt is due. */
  accept(publication: Publication): void;
  ingest: Ingest;
  store: Store;
  registry: DeviceRegistry;
  told: string[];
  acknowledged: string[];
  log: string[];
}

function bench(folder: string): Bench {
  const clock = new ManualClock(sampleMicros);
  const store = openStore(folder);
  const registry = new DeviceRegistry(clock, () => {});
  const told: string[] = [];
  const acknowledged: string[] = [];
  const log: string[] = [];
  const relay = new CommandRelay({ clock, publish: async () => {}, deviceClockMicros: () => null });
  const refusals = new Refusals(clock, (line) => log.push(line));
  const ingest = new Ingest({
    refusals,
    clock,
    store,
    registry,
    relay,
    listener: {
      onTelemetry: (device) => void told.push(`${device} telemetry`),
      onEvent: (device) => void told.push(`${device} event`),
      onRegions: (device, { blindedShare }) => void told.push(`${device} regions ${blindedShare}`),
      onHeard: () => undefined,
      onFrame: (device) => void told.push(`${device} frame`),
    },
    acknowledge: (device, ids) => acknowledged.push(...ids.map((id) => `${device} ${id}`)),
    log: (line) => log.push(line),
  });
  const accept = (publication: Publication): void => {
    ingest.accept(publication);
    clock.advanceMs(1);
  };
  return { accept, ingest, refusals, store, registry, told, acknowledged, log };
}

function publication(kind: DeviceChannel, message: unknown): Publication {
  const payload = Buffer.from(typeof message === "string" ? message : JSON.stringify(message));
  return { topic: { kind, device: "kitchen" }, payload };
}

test("what comes in is stored, known and told, an event once, and acknowledged each time", async (t) => {
  const { accept, store, registry, told, acknowledged } = bench(await temporaryFolder(t));
  t.after(() => store.close());
  accept(publication("health", healthMessage()));
  accept(publication("telemetry", telemetryMessageAt(sampleMicros)));
  const event = publication("event", alarmMessage({ id: "event-0001", sequence: 1 }));
  accept(event);
  accept(event);
  accept(publication("frame", "bytes"));
  accept(publication("regions", { v: 1, atMicros: 1, regions: [], blindedShare: 0.25, proposals: [] }));
  assert.deepEqual(told, ["kitchen telemetry", "kitchen event", "kitchen frame", "kitchen regions 0.25"]);
  assert.equal(registry.regions("kitchen")?.blindedShare, 0.25);
  assert.deepEqual(acknowledged, ["kitchen event-0001", "kitchen event-0001"]);
  assert.equal(registry.view("kitchen")?.online, true);
  assert.equal(store.devices.all()[0]?.health?.name, "Kitchen");
  assert.equal(store.events.page({ device: "kitchen", before: null, limit: 9 }).events.length, 1);
});

test("nonsense is refused, counted and logged, and changes nothing", async (t) => {
  const { accept, refusals, store, registry, told, log } = bench(await temporaryFolder(t));
  t.after(() => store.close());
  accept(publication("telemetry", "{"));
  accept(publication("event", { v: 1, id: "event-0001" }));
  accept(publication("state", null));
  accept(publication("health", [1]));
  assert.deepEqual(refusals.counts().byKind, { "malformed-message": 4 });
  assert.equal(log.length, 1);
  assert.match(log[0] ?? "", /kitchen sent a telemetry that is not JSON/);
  assert.deepEqual(told, []);
  assert.deepEqual(registry.views(), []);
  for (let n = 0; n < 500; n += 1) accept(publication("telemetry", "{"));
  assert.equal(refusals.counts().total, 504);
  assert.equal(log.length, 1);
});

test("an event that is played again is acknowledged and counted, and stays as it was", async (t) => {
  const { accept, refusals, store, told, log } = bench(await temporaryFolder(t));
  t.after(() => store.close());
  accept(publication("event", alarmMessage({ id: "event-0001", sequence: 1 })));
  const kept = store.events.page({ device: "kitchen", before: null, limit: 9 });
  for (let n = 0; n < 100; n += 1)
    accept(publication("event", alarmMessage({ id: "event-0001", sequence: 7 })));
  assert.deepEqual(store.events.page({ device: "kitchen", before: null, limit: 9 }), kept);
  assert.deepEqual(told, ["kitchen event"]);
  assert.deepEqual(refusals.counts(), { total: 100, byKind: { "repeated-event": 100 } });
  assert.equal(log.length, 1);
});

test("a device gone bad cannot fill the store with what cannot be read", async (t) => {
  const { ingest, store, acknowledged } = bench(await temporaryFolder(t));
  t.after(() => store.close());
  for (let n = 0; n < unreadableMax + 50; n += 1)
    ingest.accept(publication("event", { id: `event-${n}`, n }));
  ingest.accept(publication("event", { n: "without an id" }));
  ingest.stop();
  assert.equal(store.events.unreadable, unreadableMax);
  // The others keep their events until a hub can read them.
  assert.equal(acknowledged.length, unreadableMax);
});

test("an event that cannot be read is kept as it came and told of, because its device forgets it", async (t) => {
  const { accept, ingest, store, told, acknowledged } = bench(await temporaryFolder(t));
  t.after(() => store.close());
  const known = alarmMessage({ id: "event-0001", sequence: 1 });
  const newer = { ...known, event: { ...known.event, reasons: [{ code: "smoke-model" }] } };
  accept(publication("event", newer));
  accept(publication("event", newer));
  assert.equal(store.events.unreadable, 1);
  assert.match(ingest.problem ?? "", /1 events .* update the hub/);
  assert.deepEqual([told, acknowledged], [[], ["kitchen event-0001", "kitchen event-0001"]]);
  assert.deepEqual(store.events.page({ device: null, before: null, limit: 9 }).events, []);
});

test("when the store fails, an event is refused so that it is sent again, and the rest goes on live", async (t) => {
  const { accept, ingest, store, registry, told, acknowledged } = bench(await temporaryFolder(t));
  store.close();
  accept(publication("health", healthMessage()));
  accept(publication("telemetry", telemetryMessageAt(sampleMicros)));
  assert.equal(registry.view("kitchen")?.online, true);
  assert.deepEqual(told, ["kitchen telemetry"]);
  assert.match(ingest.problem ?? "", /The store takes nothing more/);
  const event = publication("event", alarmMessage({ id: "event-0001", sequence: 1 }));
  assert.throws(() => accept(event));
  assert.deepEqual(acknowledged, []);
});

test("seconds of a batch are in history once, however often it comes, and acknowledged each time", async (t) => {
  const { accept, store, acknowledged, told } = bench(await temporaryFolder(t));
  t.after(() => store.close());
  const minute = Math.ceil(sampleMicros / 60e6) * 60e6;
  const seconds = [
    [minute, 40, 600, 21, 40, 0],
    [minute + 1e6, 50, 800, 21, 40, 0.5],
  ];
  const batch = publication("telemetry-batch", { v: 1, id: "batch-0001", seconds });
  accept(batch);
  const later = [[minute + 2e6, 30, 1_000, 21, 40, 0]];
  accept(publication("telemetry-batch", { v: 1, id: "batch-0002", seconds: later }));
  const limits = { rawFromMicros: minute + 60e6, minutesFromMicros: 0, rawRowsMax: 100, minuteRowsMax: 100 };
  store.telemetry.trim(limits);
  // Its receipt was lost; its seconds are folded into a minute by now.
  accept(batch);
  store.telemetry.trim(limits);
  const request = { device: "kitchen", fromMicros: minute, toMicros: minute + 60e6, points: 1 };
  const [point] = store.telemetry.history(request).points;
  assert.equal(point?.co2Ppm, 800);
  assert.equal(point?.hottestCelsius, 50);
  assert.deepEqual(acknowledged, ["kitchen batch-0001", "kitchen batch-0002", "kitchen batch-0001"]);
  assert.deepEqual(told, []);
});

test("a batch of a newer device is kept unread, and acknowledged so that it does not come for ever", async (t) => {
  const { accept, store, acknowledged } = bench(await temporaryFolder(t));
  t.after(() => store.close());
  accept(publication("telemetry-batch", { v: 2, id: "batch-0003", columns: {} }));
  assert.equal(store.events.unreadable, 1);
  assert.deepEqual(acknowledged, ["kitchen batch-0003"]);
});
