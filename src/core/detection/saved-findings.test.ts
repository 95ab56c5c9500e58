import assert from "node:assert/strict";
import { test } from "node:test";
import { act, at, evidence, growth, hot, reason, runAlarm } from "#support/alarm-inputs.ts";
import { findingsToRestore } from "./saved-findings.ts";

const alarm = runAlarm([evidence(0, growth), evidence(1, growth)]).state;
const now = { atMicros: at(10), sameIncidentSeconds: 20 };
const nothing = { alarm: [], prealarm: [] };

test("a standing alarm gives back its reasons, a prealarm its own", () => {
  assert.deepEqual(findingsToRestore(alarm, now), { alarm: growth.alarm, prealarm: [] });
  const prealarm = runAlarm([0, 1, 2].map((second) => evidence(second, hot))).state;
  assert.deepEqual(findingsToRestore(prealarm, now), { alarm: [], prealarm: hot.prealarm });
});

test("an incident that was reset a moment ago gives back its reasons, an older one nothing", () => {
  const { state } = runAlarm([act(5, "reset")], alarm);
  assert.deepEqual(findingsToRestore(state, now), { alarm: growth.alarm, prealarm: [] });
  assert.deepEqual(findingsToRestore(state, { ...now, atMicros: at(26) }), nothing);
  assert.deepEqual(findingsToRestore(state, { ...now, atMicros: at(-100) }), nothing);
});

test("where nothing was seen for a minute there is nothing to give back", () => {
  const quiet = Array.from({ length: 60 }, (_, i) =>
    evidence(2 + i, { alarm: [reason("rate-of-rise", { x: 9, y: 9 })] }),
  );
  const { state } = runAlarm(quiet, alarm);
  assert.deepEqual(
    findingsToRestore(state, now).alarm.map(({ code }) => code),
    ["rate-of-rise"],
  );
});

test("a quiet device has nothing to give back", () => {
  assert.deepEqual(findingsToRestore(runAlarm([evidence(0)]).state, now), nothing);
});
