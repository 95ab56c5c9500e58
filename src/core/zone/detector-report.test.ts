import assert from "node:assert/strict";
import { test } from "node:test";
import { act, evidence, growth, hot, runAlarm, severe, trouble } from "#support/alarm-inputs.ts";
import type { AlarmInput } from "../alarm/alarm-input.ts";
import type { TroubleCode } from "../alarm/trouble.ts";
import { detectorReport, type ReportedDevice, shownBy } from "./detector-report.ts";
import type { DetectorReport } from "./zone-input.ts";

function reportAfter(inputs: readonly AlarmInput[], fields: Partial<ReportedDevice> = {}): DetectorReport {
  const { state } = runAlarm(inputs);
  return detectorReport({ deviceId: "a", state, evidence: "unknown", camera: "watching", ...fields });
}

function fault(code: TroubleCode): AlarmInput {
  return { ...trouble(0, true), code } as AlarmInput;
}

test("a device is what its worst condition makes it", () => {
  assert.equal(reportAfter([]).standing, "working");
  assert.equal(reportAfter([], { camera: "calibrating" }).standing, "calibrating");
  assert.equal(reportAfter([fault("camera-moved")], { camera: "calibrating" }).standing, "trouble");
  assert.equal(reportAfter([act(0, "start-test", 5)]).standing, "test");
  assert.equal(reportAfter([act(0, "disable", 5), act(0, "start-test", 5)]).standing, "disabled");
  assert.equal(reportAfter([act(0, "disable", 5), trouble(0, true)]).standing, "lost");
  assert.equal(reportAfter([fault("camera-covered")]).standing, "lost");
});

test("faults that leave the camera as it is leave the detector working, and are counted", () => {
  const report = reportAfter([fault("air-silent"), fault("link-down"), fault("model-failed")]);
  assert.deepEqual([report.standing, report.troubles], ["working", 3]);
});

test("each new alarm has a name of its own, and a prealarm has none", () => {
  assert.equal(reportAfter([0, 1, 2].map((second) => evidence(second, hot))).alarmId, null);
  const first = [evidence(0, growth), evidence(1, growth)];
  const one = reportAfter(first).alarmId;
  const other = reportAfter([
    ...first,
    evidence(2, { ...severe, alarm: [...growth.alarm, ...severe.alarm] }),
  ]);
  assert.ok(one !== null && other.alarmId !== null && one !== other.alarmId);
  assert.equal(reportAfter([act(0, "start-test", 5), evidence(1, severe)]).kind, "test");
});

test("evidence has gone only by a second with a picture that shows none", () => {
  const quiet = { thermalPresent: true, alarm: [], prealarm: [] };
  assert.equal(shownBy(null), "unknown");
  assert.equal(shownBy({ ...quiet, thermalPresent: false }), "unknown");
  assert.equal(shownBy({ ...quiet, ...hot }), "present");
  assert.equal(shownBy(quiet), "gone");
});
