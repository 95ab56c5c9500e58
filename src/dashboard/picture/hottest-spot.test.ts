import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtureTelemetry } from "#support/fixture-room.ts";
import type { LiveFrame } from "#wire/live-frame-codec.ts";
import { hottestSpot } from "./hottest-spot.ts";

const frame: LiveFrame = {
  width: 3,
  height: 2,
  unit: "centikelvin",
  capturedAtMicros: 0,
  frameCounter: 0,
  ffcState: null,
  pixels: Uint16Array.of(1, 2, 3, 4, 60_000, 5),
};

test("without a finding of the device the hottest pixel is marked", () => {
  assert.deepEqual(hottestSpot(frame, null), { x: 1, y: 1, value: 60_000 });
});

test("the device's finding goes first, because it leaves out bad pixels", () => {
  const telemetry = fixtureTelemetry(0, { hottest: { x: 2, y: 0, celsius: 34.1 } });
  assert.deepEqual(hottestSpot(frame, telemetry), { x: 2, y: 0, value: 30_725 });
});

test("counts are marked by the picture itself, never with a temperature", () => {
  const telemetry = fixtureTelemetry(0, { hottest: { x: 2, y: 0, celsius: 34.1 } });
  assert.deepEqual(hottestSpot({ ...frame, unit: "raw-counts" }, telemetry), { x: 1, y: 1, value: 60_000 });
});
