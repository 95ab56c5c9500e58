import assert from "node:assert/strict";
import { test } from "node:test";
import {
  act,
  at,
  brief,
  evidence,
  growth,
  hot,
  reason,
  runAlarm,
  severe,
  tick,
} from "#support/alarm-inputs.ts";
import { rectangleOutline } from "../regions/outline.ts";
import type { AlarmInput } from "./alarm-input.ts";
import type { AlarmNotice } from "./alarm-notice.ts";
import { disabledRegionsMax } from "./disabled-region.ts";
import type { Evidence } from "./evidence.ts";

const outline = rectangleOutline({ left: 60, top: 40, width: 40, height: 40 });

function disableRegion(second: number, name: string, minutes = 10): AlarmInput {
  return { ...act(second, "disable", minutes), region: { name, outline } } as AlarmInput;
}

function withheld(second: number, kept: Partial<NonNullable<Evidence["withheld"]>>): AlarmInput {
  return evidence(second, { withheld: { alarm: [], prealarm: [], ...kept } });
}

function told(notices: readonly AlarmNotice[]): readonly string[] {
  return notices.map((notice) =>
    notice.type === "would-have-alarmed" ? `${notice.level} ${notice.regions.join()}`.trim() : notice.type,
  );
}

test("a disabled detector tells what would have alarmed, severe heat at once, and raises nothing", () => {
  const { state, notices } = runAlarm([act(0, "disable", 10), evidence(1, severe), evidence(2, severe)]);
  assert.deepEqual(told(notices), ["alarm"]);
  assert.deepEqual([state.level, state.withheld.level], ["normal", "alarm"]);
});

test("what is kept back has the filter times of what is raised", () => {
  const prealarm = [1, 2, 3].map((second) => evidence(second, hot));
  assert.deepEqual(told(runAlarm([act(0, "disable", 10), ...prealarm.slice(0, 2)]).notices), []);
  const both = runAlarm([act(0, "disable", 10), ...prealarm, evidence(4, growth), evidence(5, growth)]);
  assert.deepEqual(told(both.notices), ["prealarm", "alarm"]);
});

test("after thirty quiet seconds it is told again", () => {
  const quiet = Array.from({ length: 30 }, (_, k) => evidence(2 + k));
  const { notices } = runAlarm([act(0, "disable", 10), evidence(1, severe), ...quiet, evidence(40, severe)]);
  assert.deepEqual(told(notices), ["alarm", "alarm"]);
});

test("a disabled region keeps back what is there and nothing else", () => {
  const { state, events, notices } = runAlarm([
    disableRegion(0, "stove"),
    withheld(1, severe),
    evidence(2, { ...severe, withheld: { alarm: [reason("severe-heat")], prealarm: [] } }),
  ]);
  assert.deepEqual(told(notices), ["alarm stove"]);
  assert.deepEqual(events.map(brief), ["disabled by Ada", "alarm"]);
  assert.equal(state.disabled, null);
});

test("a region's disablement ends by its time, or by somebody, and is told with the region's name", () => {
  const both = [disableRegion(0, "stove", 1), disableRegion(0, "door", 10)];
  const { state, events } = runAlarm([...both, tick(60)]);
  assert.deepEqual(
    state.disabledRegions.map(({ name }) => name),
    ["door"],
  );
  const last = events.at(-1)!;
  assert.ok(last.type === "enabled" && last.by === "expiry" && last.region === "stove");
  const enabled = runAlarm([{ ...act(61, "enable"), region: "door" } as AlarmInput], state).state;
  assert.deepEqual([enabled.disabledRegions, enabled.withheld.level], [[], "normal"]);
});

test("a clock that is set back moves the end of a region's disablement with it", () => {
  const { state } = runAlarm([disableRegion(0, "stove", 1), tick(50), tick(-3_600)]);
  assert.equal(state.disabledRegions[0]!.expiresAtMicros, at(-3_600 + 10));
});

test("one region too many is not disabled, and the event says so", () => {
  const many = Array.from({ length: disabledRegionsMax + 1 }, (_, k) => disableRegion(0, `region ${k}`));
  const { state, events } = runAlarm(many);
  assert.equal(state.disabledRegions.length, disabledRegionsMax);
  const last = events.at(-1)!;
  assert.ok(last.type === "enabled" && last.reason.startsWith("Not disabled"));
});
