import assert from "node:assert/strict";
import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { Failure } from "#core/failure.ts";
import {
  alarmMessage,
  healthMessage,
  sampleMicros,
  stateAtRest,
  telemetryMessageAt,
  troubleMessage,
} from "#support/alarm-samples.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { openStore, storeFileName } from "./store.ts";

function failure(code: string, words: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof Failure);
    assert.equal(error.code, code);
    assert.match(error.message, words);
    return true;
  };
}

test("an event delivered twice is applied once, and the same id of another device is another event", async (t) => {
  const store = openStore(await temporaryFolder(t));
  t.after(() => store.close());
  const message = alarmMessage({ id: "event-0001", sequence: 1 });
  assert.equal(store.events.add("kitchen", message), true);
  assert.equal(store.events.add("kitchen", message), false);
  assert.equal(store.events.add("office", message), true);
  const page = store.events.page({ device: null, before: null, limit: 10 });
  assert.deepEqual(
    page.events.map((event) => event.device),
    ["office", "kitchen"],
  );
  assert.deepEqual(page.events[1], { device: "kitchen", ...message });
});

test("events are paged newest first without gaps or repetitions", async (t) => {
  const store = openStore(await temporaryFolder(t));
  t.after(() => store.close());
  for (let n = 1; n <= 7; n += 1) {
    store.events.add(n % 2 === 0 ? "office" : "kitchen", alarmMessage({ id: `event-000${n}`, sequence: n }));
  }
  const seen: string[] = [];
  let before: number | null = null;
  for (let pages = 0; pages < 4; pages += 1) {
    const page = store.events.page({ device: null, before, limit: 3 });
    seen.push(...page.events.map((event) => event.id));
    if (page.next === null) break;
    before = Number(page.next);
  }
  assert.deepEqual(
    seen,
    [7, 6, 5, 4, 3, 2, 1].map((n) => `event-000${n}`),
  );
  const office = store.events.page({ device: "office", before: null, limit: 3 });
  assert.deepEqual(
    office.events.map((event) => event.id),
    ["event-0006", "event-0004", "event-0002"],
  );
  assert.equal(office.next, null);
});

test("at the maximum the oldest events go that are no alarm, alarms only when nothing else is left", async (t) => {
  const store = openStore(await temporaryFolder(t));
  t.after(() => store.close());
  store.events.add("kitchen", alarmMessage({ id: "alarm-001", sequence: 1 }));
  for (let n = 2; n <= 5; n += 1)
    store.events.add("kitchen", troubleMessage({ id: `trouble-${n}`, sequence: n }));
  assert.equal(store.events.trim({ most: 3 }), 2);
  const left = (): string[] =>
    store.events.page({ device: null, before: null, limit: 9 }).events.map((event) => event.id);
  assert.deepEqual(left(), ["trouble-5", "trouble-4", "alarm-001"]);
  assert.equal(store.events.trim({ most: 1 }), 2);
  assert.deepEqual(left(), ["alarm-001"]);
});

test("a sync is a commit of its own even where nothing changed, because only a commit syncs the log", async (t) => {
  const folder = await temporaryFolder(t);
  const store = openStore(folder);
  t.after(() => store.close());
  const logBytes = async (): Promise<number> => (await stat(join(folder, `${storeFileName}-wal`))).size;
  store.events.add("kitchen", alarmMessage({ id: "event-0001", sequence: 1 }));
  for (let n = 0; n < 3; n += 1) {
    const before = await logBytes();
    store.events.sync();
    assert.ok((await logBytes()) > before);
  }
});

test("what was stored is there after the store is closed and opened again", async (t) => {
  const folder = await temporaryFolder(t);
  const first = openStore(folder);
  first.events.add("kitchen", alarmMessage({ id: "event-0001", sequence: 1 }));
  const health = healthMessage();
  const state = { v: 1 as const, atMicros: sampleMicros, state: { ...stateAtRest, level: "alarm" as const } };
  first.devices.putHealth({ id: "kitchen", atMicros: sampleMicros, health });
  first.devices.putState({ id: "kitchen", atMicros: sampleMicros + 1, state });
  first.close();
  first.close();
  const second = openStore(folder);
  t.after(() => second.close());
  assert.equal(second.events.page({ device: "kitchen", before: null, limit: 5 }).events.length, 1);
  assert.deepEqual(second.devices.all(), [
    { id: "kitchen", heardAtMicros: sampleMicros + 1, health, state, regions: null },
  ]);
});

test("a bucket has the mean of the air and the maximum of heat; absent values stay absent", async (t) => {
  const store = openStore(await temporaryFolder(t));
  t.after(() => store.close());
  const at = (seconds: number): number => sampleMicros + seconds * 1_000_000;
  const add = (seconds: number, changes: object): void =>
    store.telemetry.add("kitchen", telemetryMessageAt(at(seconds), changes));
  add(0, { co2Ppm: 600, nearness: 0.25 });
  add(1, { co2Ppm: null, hottest: { x: 0, y: 0, celsius: 90 }, nearness: 1 });
  add(2, { co2Ppm: 700, hottest: null });
  add(10, { co2Ppm: null, hottest: null, airTemperatureCelsius: null, humidityPercent: null, nearness: 0 });
  const { points } = store.telemetry.history({
    device: "kitchen",
    fromMicros: at(0),
    toMicros: at(20),
    points: 4,
  });
  assert.deepEqual(points, [
    {
      atMicros: at(0),
      hottestCelsius: 90,
      co2Ppm: 650,
      airTemperatureCelsius: 21.5,
      humidityPercent: 40,
      nearness: 1,
    },
    {
      atMicros: at(10),
      hottestCelsius: null,
      co2Ppm: null,
      airTemperatureCelsius: null,
      humidityPercent: null,
      nearness: 0,
    },
  ]);
});

test("folding seconds into minutes keeps mean and maximum, also when a minute is folded in two goes", async (t) => {
  const store = openStore(await temporaryFolder(t));
  t.after(() => store.close());
  const minute = Math.ceil(sampleMicros / 60e6) * 60e6;
  const request = { device: "kitchen", fromMicros: minute, toMicros: minute + 60e6, points: 1 };
  const keepAll = { minutesFromMicros: 0, rawRowsMax: 1_000, minuteRowsMax: 1_000 };
  for (let second = 0; second < 60; second += 1) {
    const hottest = { x: 0, y: 0, celsius: 30 + second };
    store.telemetry.add(
      "kitchen",
      telemetryMessageAt(minute + second * 1e6, {
        hottest,
        co2Ppm: second < 30 ? 600 : 800,
        nearness: second / 60,
      }),
    );
  }
  const before = store.telemetry.history(request);
  store.telemetry.trim({ ...keepAll, rawFromMicros: minute + 20e6 });
  store.telemetry.trim({ ...keepAll, rawFromMicros: minute + 60e6 });
  const after = store.telemetry.history(request);
  assert.deepEqual(after, before);
  assert.equal(after.points[0]?.co2Ppm, 700);
  assert.equal(after.points[0]?.hottestCelsius, 89);
});

test("more seconds than the maximum are folded before their time, and old minutes go", async (t) => {
  const folder = await temporaryFolder(t);
  const store = openStore(folder);
  const minute = Math.ceil(sampleMicros / 60e6) * 60e6;
  for (let second = 0; second < 180; second += 1)
    store.telemetry.add("kitchen", telemetryMessageAt(minute + second * 1e6));
  const limits = { rawFromMicros: 0, minutesFromMicros: 0, rawRowsMax: 60, minuteRowsMax: 1 };
  store.telemetry.trim(limits);
  store.close();
  const database = new DatabaseSync(join(folder, storeFileName));
  t.after(() => database.close());
  assert.equal(database.prepare("SELECT count(*) AS n FROM telemetry").get()?.["n"], 60);
  const minutes = database.prepare("SELECT minute_micros AS at FROM telemetry_minute").all();
  assert.deepEqual(
    minutes.map((row) => row["at"]),
    [minute + 60e6],
  );
});

test("a damaged database is refused with what to do", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(
    join(folder, storeFileName),
    "this is not a database, but it is long enough to look like a header",
  );
  assert.throws(() => openStore(folder), failure("store-unusable", /damaged: move it away.*backup/));
});

test("a database of a later version is refused, not guessed at", async (t) => {
  const folder = await temporaryFolder(t);
  const database = new DatabaseSync(join(folder, storeFileName));
  database.exec("PRAGMA user_version = 99");
  database.close();
  assert.throws(() => openStore(folder), failure("store-too-new", /later version/));
});

test("a data folder that another program uses is refused until that one ends", async (t) => {
  const folder = await temporaryFolder(t);
  const first = openStore(folder);
  assert.throws(() => openStore(folder), failure("data-folder-in-use", /another Emberwatch.*--data/));
  first.close();
  openStore(folder).close();
});

test("a data folder that cannot be used is refused with what to do", async (t) => {
  const path = join(await temporaryFolder(t), "file");
  await writeFile(path, "");
  assert.throws(() => openStore(path), failure("store-unusable", /make its folder writable.*--data/));
});

test("the store is readable by its owner only", async (t) => {
  const folder = await temporaryFolder(t);
  const store = openStore(folder);
  t.after(() => store.close());
  for (const name of await readdir(folder)) {
    assert.equal((await stat(join(folder, name))).mode & 0o077, 0, name);
  }
});

test("a closed store says so", async (t) => {
  const store = openStore(await temporaryFolder(t));
  assert.equal(store.problem, null);
  store.close();
  assert.equal(store.problem, "The store is closed.");
});

test("replays of earlier runs are forgotten with their charts; their events and all other devices stay", async (t) => {
  const store = openStore(await temporaryFolder(t));
  t.after(() => store.close());
  const sources = { clip: "replay", kitchen: "camera", demo: "emulated" } as const;
  for (const [id, source] of Object.entries(sources)) {
    store.devices.putHealth({ id, atMicros: sampleMicros, health: healthMessage({ source }) });
    // Two days old, so that it is folded into minutes, and one of now.
    for (const ageMicros of [48 * 3600e6, 0])
      store.telemetry.add(id, telemetryMessageAt(sampleMicros - ageMicros));
    store.events.add(id, alarmMessage({ id: "event-0001", sequence: 1 }));
  }
  store.telemetry.trim({
    rawFromMicros: sampleMicros - 3600e6,
    minutesFromMicros: 0,
    rawRowsMax: 100,
    minuteRowsMax: 100,
  });
  const span = { fromMicros: sampleMicros - 72 * 3600e6, toMicros: sampleMicros + 1, points: 100 };
  const charted = (device: string): number => store.telemetry.history({ device, ...span }).points.length;
  assert.equal(charted("clip"), 2);
  store.forgetReplays();
  assert.deepEqual(["clip", "kitchen", "demo"].map(charted), [0, 2, 2]);
  assert.deepEqual(
    store.devices.all().map(({ id }) => id),
    ["demo", "kitchen"],
  );
  assert.equal(store.events.page({ device: "clip", before: null, limit: 9 }).events.length, 1);
});
