import assert from "node:assert/strict";
import { test } from "node:test";
import type { ModelReading } from "#core/detection/model-reading.ts";
import {
  alarmMessage,
  healthMessage,
  sampleMicros,
  stateAtRest,
  telemetryMessageAt,
  troubleMessage,
} from "#support/alarm-samples.ts";
import { reasonSchema, troubleCodeSchema } from "./alarm-schemas.ts";
import { eventSchema, healthSchema, stateSchema, telemetrySchema } from "./device-messages.ts";
import { decodeModelReading, encodeModelReading } from "./model-messages.ts";

function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

test("messages are read back as they were written", () => {
  const state = { v: 1 as const, atMicros: sampleMicros, state: stateAtRest };
  assert.deepEqual(stateSchema.parse(throughJson(state)), state);
  for (const event of [
    alarmMessage({ id: "event-0001", sequence: 1 }),
    troubleMessage({ id: "event-0002", sequence: 2 }),
  ])
    assert.deepEqual(eventSchema.parse(throughJson(event)), event);
  const telemetry = telemetryMessageAt(sampleMicros, { features: new Array(18).fill(null), co2Ppm: null });
  assert.deepEqual(telemetrySchema.parse(throughJson(telemetry)), telemetry);
  for (const health of [healthMessage(), healthMessage({ ended: true, source: "replay" })])
    assert.deepEqual(healthSchema.parse(throughJson(health)), health);
});

test("what a model said is read back, its absent probabilities as null", () => {
  const reading: ModelReading = {
    packageHash: "b".repeat(64),
    outcome: "judged",
    probability: 0.75,
    scores: {
      sensors: "thermal-only",
      regions: [{ trackId: 7, flaming: 0.75, slowHeat: Number.NaN, location: { x: 3, y: 4 } }],
      airBurning: Number.NaN,
    },
  };
  const model = encodeModelReading(reading);
  assert.equal(model.regions[0]?.slowHeat, null);
  const telemetry = telemetrySchema.parse(throughJson(telemetryMessageAt(sampleMicros, { model })));
  assert.ok(telemetry.model !== undefined);
  assert.deepEqual(decodeModelReading(telemetry.model), reading);
  const wrong = { ...model, probability: 1.5 };
  assert.equal(telemetrySchema.safeParse(telemetryMessageAt(sampleMicros, { model: wrong })).success, false);
});

test("an alarm may have a model's reason, and a model's faults have names", () => {
  for (const code of ["model-flaming", "model-slow-heat", "model-air"] as const)
    assert.ok(
      reasonSchema.safeParse({ code, text: "", value: 1, limit: 0.5, unit: "1", location: null }).success,
    );
  for (const code of ["model-failed", "model-missing"]) assert.ok(troubleCodeSchema.safeParse(code).success);
});

test("a device without a model says null, and one that does not say is understood", () => {
  for (const health of [healthMessage(), healthMessage({ model: null })])
    assert.equal(healthSchema.parse(throughJson(health)).model, health.model);
});

test("a device of the first version says nothing of an end and is understood", () => {
  assert.equal(healthSchema.parse(throughJson(healthMessage())).ended, undefined);
});

test("absent numbers are null; NaN and infinity have no way in", () => {
  for (const co2Ppm of [Number.NaN, Number.POSITIVE_INFINITY, undefined, "600"])
    assert.equal(telemetrySchema.safeParse({ ...telemetryMessageAt(sampleMicros), co2Ppm }).success, false);
  assert.equal(
    telemetrySchema.safeParse({ ...telemetryMessageAt(sampleMicros), nearness: 1.01 }).success,
    false,
  );
  const short = { ...telemetryMessageAt(sampleMicros), features: [1, 2] };
  assert.equal(telemetrySchema.safeParse(short).success, false);
});

test("unknown fields, other versions and unknown names are refused", () => {
  const event = alarmMessage({ id: "event-0001", sequence: 1 });
  for (const hostile of [
    { ...event, extra: 1 },
    { ...event, v: 2 },
    { ...event, id: "short" },
    { ...event, event: { ...event.event, type: "all-clear" } },
    { ...event, event: { ...event.event, level: "fine" } },
    { ...event, event: { ...event.event, sequence: 0 } },
    { ...event, event: { ...event.event, atMicros: 1.5 } },
  ])
    assert.equal(eventSchema.safeParse(hostile).success, false);
});
