import assert from "node:assert/strict";
import { test } from "node:test";
import { drawFrame } from "#support/drawn-frame.ts";
import type { FrameTelemetry } from "../frames/frame-telemetry.ts";
import { FfcWatch } from "./ffc-watch.ts";

function frame(seconds: number, telemetry: Partial<FrameTelemetry>) {
  return drawFrame(() => 20, { width: 16, height: 16, atMicros: seconds * 1e6, telemetry });
}

test("frames during an FFC and for 1.5 s after are told apart, imminent ones are untouched", () => {
  const watch = new FfcWatch();
  assert.equal(watch.judge(frame(0, { ffcState: "complete" })), null);
  assert.equal(watch.judge(frame(1, { ffcState: "imminent" })), null);
  assert.equal(watch.takeStep(), false);
  assert.equal(watch.judge(frame(2, { ffcState: "in-progress" })), "ffc");
  assert.equal(watch.judge(frame(3, { ffcState: "in-progress" })), "ffc");
  assert.equal(watch.judge(frame(4.4, { ffcState: "complete" })), "settling");
  assert.equal(watch.judge(frame(4.5, { ffcState: "complete" })), null);
  assert.equal(watch.takeStep(), true);
  assert.equal(watch.takeStep(), false);
});

test("an FFC of which no frame came is known by the changed time of the last FFC", () => {
  const watch = new FfcWatch();
  watch.judge(frame(100, { uptimeMs: 100_000, lastFfcUptimeMs: 50_000 }));
  assert.equal(watch.judge(frame(102, { uptimeMs: 102_000, lastFfcUptimeMs: 101_500 })), "settling");
  assert.equal(watch.judge(frame(102.9, { uptimeMs: 102_900, lastFfcUptimeMs: 101_500 })), "settling");
  assert.equal(watch.judge(frame(103, { uptimeMs: 103_000, lastFfcUptimeMs: 101_500 })), null);
  assert.equal(watch.takeStep(), true);
});

test("an FFC long past when it is noticed only leaves its step", () => {
  const watch = new FfcWatch();
  watch.judge(frame(100, { uptimeMs: 100_000, lastFfcUptimeMs: 50_000 }));
  assert.equal(watch.judge(frame(160, { uptimeMs: 160_000, lastFfcUptimeMs: 120_000 })), null);
  assert.equal(watch.takeStep(), true);
});

test("an FFC just before the camera's 32-bit milliseconds began anew is known for as recent as it is", () => {
  const wrap = 2 ** 32;
  const late = new FfcWatch();
  late.judge(frame(100, { uptimeMs: wrap - 9_000, lastFfcUptimeMs: wrap - 90_000 }));
  assert.equal(late.judge(frame(110, { uptimeMs: 1_000, lastFfcUptimeMs: wrap - 2_000 })), null);
  const first = new FfcWatch();
  assert.equal(first.judge(frame(110, { uptimeMs: 1_000, lastFfcUptimeMs: wrap - 2_000 })), null);
  assert.equal(first.judge(frame(111, { uptimeMs: 2_000, lastFfcUptimeMs: 1_700 })), "settling");
});

test("without an uptime the FFC is taken to have been just now", () => {
  const watch = new FfcWatch();
  watch.judge(frame(100, { lastFfcUptimeMs: 50_000 }));
  assert.equal(watch.judge(frame(102, { lastFfcUptimeMs: 101_000 })), "settling");
  assert.equal(watch.judge(frame(103.5, { lastFfcUptimeMs: 101_000 })), null);
});

test("the first frame is settling when its own telemetry says that the FFC has just been", () => {
  assert.equal(new FfcWatch().judge(frame(9, { uptimeMs: 9_000, lastFfcUptimeMs: 8_000 })), "settling");
  assert.equal(new FfcWatch().judge(frame(9, { uptimeMs: 9_000, lastFfcUptimeMs: 2_000 })), null);
  assert.equal(new FfcWatch().judge(frame(1, { uptimeMs: 1_000, lastFfcUptimeMs: 0 })), null);
});

test("a source without telemetry has no FFC", () => {
  assert.equal(new FfcWatch().judge(drawFrame(() => 20)), null);
});
