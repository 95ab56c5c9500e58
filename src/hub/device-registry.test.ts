import assert from "node:assert/strict";
import { test } from "node:test";
import { healthMessage, sampleMicros, stateAtRest, telemetryMessageAt } from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import { DeviceRegistry, devicesMax } from "./device-registry.ts";

function registry(): { clock: ManualClock; registry: DeviceRegistry; changes: DeviceView[] } {
  const clock = new ManualClock(sampleMicros);
  const changes: DeviceView[] = [];
  return { clock, changes, registry: new DeviceRegistry(clock, (view) => changes.push(view)) };
}

test("a device whose state was never said is shown unknown, not normal", () => {
  const { registry: devices } = registry();
  devices.hearHealth("kitchen", healthMessage());
  assert.equal(devices.view("kitchen")?.state, null);
  assert.equal(devices.view("office"), null);
});

test("a device is silent after more than five seconds without telemetry, and no longer when it speaks", () => {
  const { clock, registry: devices, changes } = registry();
  devices.hearHealth("kitchen", healthMessage());
  devices.hearTelemetry("kitchen", telemetryMessageAt(sampleMicros));
  clock.advanceMs(5_000);
  devices.checkSilence();
  assert.equal(devices.view("kitchen")?.silentSinceMicros, null);
  clock.advanceMs(1);
  changes.length = 0;
  devices.checkSilence();
  assert.equal(changes.at(-1)?.silentSinceMicros, sampleMicros);
  devices.hearTelemetry("kitchen", telemetryMessageAt(sampleMicros + 6e6));
  assert.equal(changes.at(-1)?.silentSinceMicros, null);
});

test("health alone is no sign of life of the sensors", () => {
  const { clock, registry: devices } = registry();
  for (let second = 0; second < 7; second += 1) {
    devices.hearHealth("kitchen", healthMessage());
    clock.advanceMs(1_000);
  }
  devices.checkSilence();
  assert.notEqual(devices.view("kitchen")?.silentSinceMicros, null);
});

test("the last will makes a device offline and silent, and leaves what was known of its pictures", () => {
  const { clock, registry: devices } = registry();
  devices.hearHealth("kitchen", healthMessage());
  clock.advanceMs(500);
  devices.hearHealth("kitchen", healthMessage({ online: false, newestFrameAtMicros: null }));
  const view = devices.view("kitchen");
  assert.equal(view?.online, false);
  assert.notEqual(view?.silentSinceMicros, null);
  assert.equal(view?.newestFrameAgeSeconds, 0.6);
});

test("ages grow by this machine's clock even when the device's clock is years off", () => {
  const { clock, registry: devices } = registry();
  const atMicros = 1_000_000_000;
  devices.hearHealth("kitchen", healthMessage({ atMicros, newestFrameAtMicros: atMicros - 250_000 }));
  clock.advanceMs(2_000);
  assert.equal(devices.view("kitchen")?.newestFrameAgeSeconds, 2.25);
  assert.equal(devices.view("kitchen")?.newestAirAgeSeconds, null);
});

test("what a device's own clock says now is known from its last word, and not from its last will", () => {
  const { clock, registry: devices } = registry();
  assert.equal(devices.clockMicros("kitchen"), null);
  devices.hearHealth("kitchen", healthMessage({ atMicros: 1_000_000_000 }));
  clock.advanceMs(2_000);
  devices.hearHealth("kitchen", healthMessage({ atMicros: 5, online: false }));
  assert.equal(devices.clockMicros("kitchen"), 1_002_000_000);
});

test("a replay that has come to its end is not silent", () => {
  const { clock, registry: devices } = registry();
  devices.hearHealth("replay", healthMessage({ source: "replay", ended: true }));
  clock.advanceMs(60_000);
  devices.checkSilence();
  assert.equal(devices.view("replay")?.silentSinceMicros, null);
  assert.equal(devices.view("replay")?.ended, true);
});

test("after a restart devices are offline and silent with the last state they said", () => {
  const { registry: devices } = registry();
  const heardAtMicros = sampleMicros - 30e6;
  const state = {
    v: 1 as const,
    atMicros: heardAtMicros,
    state: { ...stateAtRest, level: "alarm" as const },
  };
  devices.restore([{ id: "kitchen", heardAtMicros, health: healthMessage(), state, regions: null }]);
  const view = devices.view("kitchen");
  assert.equal(view?.online, false);
  assert.equal(view?.state?.level, "alarm");
  assert.equal(view?.silentSinceMicros, heardAtMicros);
  assert.equal(view?.newestFrameAgeSeconds, 30.1);
});

test("emulated and replayed rooms of the run before are unknown until they connect, real ones are not", () => {
  const { registry: devices } = registry();
  const heardAtMicros = sampleMicros - 30e6;
  const stored = (id: string, source: "camera" | "emulated" | "replay" | null) => ({
    id,
    heardAtMicros,
    health: source === null ? null : healthMessage({ source }),
    regions: null,
    state: null,
  });
  const many = Array.from({ length: devicesMax }, (_, n) => stored(`replay-${n}`, "replay"));
  devices.restore([...many, stored("demo", "emulated"), stored("kitchen", "camera"), stored("old", null)]);
  const ids = (): string[] => devices.views().map(({ id }) => id);
  assert.deepEqual(ids(), ["kitchen", "old"]);
  devices.hearHealth("demo", healthMessage({ source: "emulated" }));
  assert.deepEqual(ids(), ["demo", "kitchen", "old"]);
});

test("more devices than the maximum are not taken in", () => {
  const { registry: devices } = registry();
  for (let n = 0; n < devicesMax; n += 1)
    assert.equal(devices.hearHealth(`room-${n}`, healthMessage()), true);
  assert.equal(devices.hearHealth("one-more", healthMessage()), false);
  assert.equal(devices.views().length, devicesMax);
});
