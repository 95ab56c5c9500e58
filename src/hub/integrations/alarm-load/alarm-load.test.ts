import assert from "node:assert/strict";
import { test } from "node:test";
import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import { sampleMicros, stateAtRest } from "#support/alarm-samples.ts";
import type { AlarmLoadKind } from "#wire/alarm-load.ts";
import type { DeviceFacts } from "../device-facts.ts";
import { type AlarmCall, alarmCall } from "./alarm-call.ts";
import { alarmLoad, standingCalls } from "./alarm-load.ts";

const minuteMicros = 60_000_000;
const hourMicros = 60 * minuteMicros;
/** A whole ten minutes of the clock. */
const fromMicros = Math.floor(sampleMicros / (10 * minuteMicros)) * 10 * minuteMicros;
const hour = { fromMicros, toMicros: fromMicros + hourMicros };

function call(atMinutes: number, source = "kitchen", kind: AlarmLoadKind = "alarm"): AlarmCall {
  return { source, kind, code: null, atMicros: fromMicros + atMinutes * minuteMicros };
}

test("a quiet hour has no load", () => {
  assert.deepEqual(alarmLoad([], hour), {
    ...hour,
    calls: 0,
    averagePerTenMinutes: 0,
    peak: null,
    tenMinutes: [],
    floods: 0,
    worst: [],
    chattering: [],
  });
});

test("calls are counted by ten minutes of the clock, and only those of the span", () => {
  const calls = [call(-1), call(0), call(9.9), call(10), call(35), call(59.9), call(60)];
  const load = alarmLoad(calls, hour);
  assert.equal(load.calls, 5);
  assert.equal(load.averagePerTenMinutes, 5 / 6);
  assert.deepEqual(
    load.tenMinutes.map((one) => [(one.fromMicros - fromMicros) / minuteMicros, one.calls]),
    [
      [0, 2],
      [10, 1],
      [30, 1],
      [50, 1],
    ],
  );
  assert.deepEqual(load.peak, { fromMicros, calls: 2 });
});

test("ten calls in ten minutes are no flood, eleven are", () => {
  const many = (count: number): readonly AlarmCall[] =>
    Array.from({ length: count }, (_, k) => call(k / 2, `device-${k}`));
  assert.equal(alarmLoad(many(10), hour).floods, 0);
  assert.equal(alarmLoad(many(11), hour).floods, 1);
});

test("the ten worst are named with their share, the loudest first", () => {
  const calls = Array.from({ length: 12 }, (_, k) => k + 1).flatMap((count) =>
    Array.from({ length: count }, (_, k) => call(4 * k, `device-${String(count).padStart(2, "0")}`)),
  );
  const { worst } = alarmLoad(calls, hour);
  assert.equal(worst.length, 10);
  assert.deepEqual([worst[0]!.source, worst[0]!.calls, worst[0]!.share], ["device-12", 12, 12 / 78]);
  assert.equal(worst.at(-1)!.source, "device-03");
});

test("three calls of one source within a minute are chattering, three of different ones are not", () => {
  const sources = [call(1), call(1.3), call(1.9), call(2.1)];
  assert.deepEqual(alarmLoad(sources, hour).chattering, [
    { source: "kitchen", kind: "alarm", code: null, mostWithinMinute: 3 },
  ]);
  assert.deepEqual(alarmLoad([call(1), call(1.5), call(2)], hour).chattering, []);
  const mixed = [call(1, "a"), call(1.1, "b"), call(1.2, "a", "prealarm")];
  assert.deepEqual(alarmLoad(mixed, hour).chattering, []);
});

test("what ends, what a person did, and a test call nobody", () => {
  const base = { sequence: 1, atMicros: fromMicros };
  const level: AlarmEvent = {
    ...base,
    type: "level",
    level: "alarm",
    incidentId: "i",
    reasons: [],
    test: false,
  };
  const trouble: AlarmEvent = { ...base, type: "trouble", code: "air-stuck", active: true, text: "Stuck." };
  assert.deepEqual(alarmCall("kitchen", level), {
    source: "kitchen",
    kind: "alarm",
    code: null,
    atMicros: fromMicros,
  });
  assert.equal(alarmCall("kitchen", trouble)?.code, "air-stuck");
  assert.equal(alarmCall("kitchen", { ...level, test: true }), null);
  assert.equal(alarmCall("kitchen", { ...level, level: "normal" }), null);
  assert.equal(alarmCall("kitchen", { ...trouble, active: false }), null);
  assert.equal(alarmCall("kitchen", { ...base, type: "resounded", incidentId: "i" }), null);
});

test("a zone calls by its fire, and not by the prealarm that its device has told", () => {
  const zone = { sequence: 1, atMicros: 1, type: "zone-level", incidentId: null, reasons: [] } as const;
  const event = (level: "prealarm" | "fire"): AlarmCall | null =>
    alarmCall("ground-floor", {
      type: "zone",
      atMicros: 1,
      zone: "ground-floor",
      event: { ...zone, level, because: null, test: false },
    });
  assert.equal(event("prealarm"), null);
  assert.equal(event("fire")?.kind, "zone-fire");
});

test("what stands is told with its beginning, of a silent device its silence and its alarm", () => {
  const view: DeviceFacts["view"] = {
    id: "kitchen",
    name: "Kitchen",
    source: "camera",
    online: true,
    capabilities: [],
    radiometric: true,
    newestFrameAgeSeconds: 0,
    newestAirAgeSeconds: 0,
    framesPerSecond: 9,
    state: {
      ...stateAtRest,
      level: "alarm",
      troubles: [{ code: "air-stuck", text: "Stuck.", sinceMicros: 5 }],
    },
    silentSinceMicros: null,
    telemetry: null,
  };
  const facts = { view, telemetry: null, picturedSeconds: 0 } as const;
  assert.deepEqual(standingCalls([{ ...facts, standing: "heard" }]), [
    { source: "kitchen", kind: "alarm", code: null, sinceMicros: null },
    { source: "kitchen", kind: "trouble", code: "air-stuck", sinceMicros: 5 },
  ]);
  const silent = { ...facts, standing: "silent", view: { ...view, silentSinceMicros: 9 } } as const;
  assert.deepEqual(standingCalls([silent]), [
    { source: "kitchen", kind: "alarm", code: null, sinceMicros: null },
    { source: "kitchen", kind: "trouble", code: "device-silent", sinceMicros: 9 },
  ]);
});
