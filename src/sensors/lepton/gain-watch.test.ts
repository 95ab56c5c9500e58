import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameTelemetry } from "#core/frames/frame-telemetry.ts";
import { parseLeptonTelemetry } from "#core/frames/lepton-telemetry.ts";
import { wireTelemetry } from "#support/vospi-wire.ts";
import { correctionByItselfMs, GainWatch, gainHoldMaxMs } from "./gain-watch.ts";

function telemetry(changes: Partial<FrameTelemetry> = {}): FrameTelemetry {
  const base = parseLeptonTelemetry(wireTelemetry());
  return { ...base, effectiveGain: "high", ffcState: "complete", lastFfcUptimeMs: 1_000, ...changes };
}

const low = { effectiveGain: "low" } as const;

test("the first picture's gain is no change", () => {
  assert.equal(new GainWatch({ ffcMode: "manual" }).judge(telemetry(low), 0), "steady");
});

test("with manual correction a change asks for one at once, once, and holds until it is done", () => {
  const watch = new GainWatch({ ffcMode: "manual" });
  watch.judge(telemetry(), 0);
  assert.equal(watch.judge(telemetry(low), 100), "correct");
  assert.equal(watch.judge(telemetry(low), 200), "held");
  assert.equal(watch.judge(telemetry({ ...low, ffcState: "in-progress" }), 300), "held");
  assert.equal(watch.judge(telemetry({ ...low, lastFfcUptimeMs: 2_000 }), 1_300), "steady");
  assert.equal(watch.changes, 1);
});

test("a camera that corrects by itself is given time for it", () => {
  const watch = new GainWatch({ ffcMode: "auto" });
  watch.judge(telemetry(), 0);
  assert.equal(watch.judge(telemetry(low), 100), "held");
  assert.equal(watch.judge(telemetry(low), 50 + correctionByItselfMs), "held");
  assert.equal(watch.judge(telemetry(low), 100 + correctionByItselfMs), "correct");
  assert.equal(watch.judge(telemetry(low), 200 + correctionByItselfMs), "held");
});

test("a correction that came with the change is the one that it needs", () => {
  const watch = new GainWatch({ ffcMode: "auto" });
  watch.judge(telemetry(), 0);
  watch.judge(telemetry({ ffcState: "in-progress" }), 100);
  assert.equal(watch.judge(telemetry({ ...low, lastFfcUptimeMs: 2_000 }), 200), "steady");
});

test("without a correction pictures are held for a while only, and that is told once", () => {
  const watch = new GainWatch({ ffcMode: "manual" });
  watch.judge(telemetry(), 0);
  watch.judge(telemetry(low), 100);
  assert.equal(watch.judge(telemetry(low), 99 + gainHoldMaxMs), "held");
  assert.equal(watch.judge(telemetry(low), 100 + gainHoldMaxMs), "uncorrected");
  assert.equal(watch.judge(telemetry(low), 200 + gainHoldMaxMs), "steady");
});

test("a locked shutter holds nothing back", () => {
  const watch = new GainWatch({ ffcMode: "manual" });
  watch.judge(telemetry(), 0);
  assert.equal(watch.judge(telemetry({ ...low, shutterLockout: true }), 100), "uncorrected");
});
