import assert from "node:assert/strict";
import { test } from "node:test";
import { at } from "#support/alarm-inputs.ts";
import { fire, report, runZone, ticks, waiting, zoneAct, zoneBrief } from "#support/zone-inputs.ts";
import { zoneConditions } from "./zone-conditions.ts";
import type { ZoneInput } from "./zone-input.ts";
import { initialZoneState, stepZone } from "./zone-machine.ts";
import { defaultZonePolicy } from "./zone-policy.ts";

const coincidence = waiting("coincidence");
const investigation = waiting("investigation");

test("the site is investigated only while it is staffed", () => {
  const dayMinutes = 24 * 60;
  const monday = Date.UTC(2026, 2, 2) * 1_000;
  const policy = waiting("investigation", {
    staffed: [{ fromMinute: 480, toMinute: 1020 }],
    unstaffedDelay: "none",
  });
  const alarmAt = (minute: number, utcOffsetMinutes: number): string[] => {
    const atMicros = monday + minute * 60e6;
    const input = { ...fire(0, "a"), atMicros };
    return runZone([input], { ...policy, utcOffsetMinutes }).events.map(zoneBrief);
  };
  assert.deepEqual(alarmAt(600, 0), ["hold acknowledgement 15", "holding"]);
  assert.deepEqual(alarmAt(1020, 0), ["fire because no-delay"]);
  assert.deepEqual(alarmAt(1020, -60), ["hold acknowledgement 15", "holding"]);
  assert.deepEqual(alarmAt(600 + dayMinutes, 0), ["fire because no-delay"]);
});

test("when the hours end and nobody has acknowledged, FIRE; who has acknowledged may go on looking", () => {
  const lastMinute = Date.UTC(2026, 2, 2, 16, 59, 55) * 1_000;
  const policy = waiting("investigation", { staffed: [{ fromMinute: 480, toMinute: 1020 }] });
  const later = (input: ZoneInput, seconds: number): ZoneInput => ({
    ...input,
    atMicros: lastMinute + seconds * 1e6,
  });
  const alone = [later(fire(0, "a"), 0), later(ticks(0, 0)[0]!, 5)];
  assert.equal(runZone(alone, policy).events.map(zoneBrief).at(-1), "fire because unstaffed");
  const looking = [later(fire(0, "a"), 0), later(zoneAct(0, "acknowledge"), 1), later(ticks(0, 0)[0]!, 60)];
  assert.equal(runZone(looking, policy).state.level, "holding");
});

test("the first alarm stays first, and a detector is listed with its newest", () => {
  const { state } = runZone(
    [
      fire(1, "a"),
      fire(2, "b"),
      fire(3, "a", { alarmId: "2" }),
      fire(4, "a", { alarmId: "3" }),
      fire(5, "b"),
    ],
    defaultZonePolicy,
  );
  assert.deepEqual(
    state.incident!.causes.map(({ id, alarmId }) => `${id} ${alarmId}`),
    ["a incident-1/1", "b incident-1/1", "a 3"],
  );
});

test("a step says when the next one is due", () => {
  assert.equal(runZone([], investigation).deadlineMicros, null);
  assert.equal(runZone([fire(1, "a")], investigation).deadlineMicros, at(16));
  assert.equal(runZone([fire(1, "a"), zoneAct(4, "acknowledge")], investigation).deadlineMicros, at(184));
  assert.equal(runZone([zoneAct(3, "disable", { minutes: 2 })], investigation).deadlineMicros, at(123));
});

test("a clock that is set back lengthens no wait", () => {
  const back = ticks(0, 16).map((tick, k) => ({ ...tick, atMicros: at(-3_600 + k) }));
  const { events } = runZone([fire(1, "a"), ...back], investigation);
  assert.equal(events.map(zoneBrief).at(-1), "fire because not-acknowledged");
});

test("a zone that was stopped counts the time it was away", () => {
  const { state } = runZone([fire(1, "a")], investigation);
  const saved = JSON.parse(JSON.stringify(state));
  assert.deepEqual(runZone(ticks(30, 30), investigation, saved).events.map(zoneBrief).slice(-1), [
    "fire because not-acknowledged",
  ]);
});

test("a zone whose detectors have never spoken takes none of them for a partner", () => {
  const { events } = runZone([fire(1, "a")], coincidence, initialZoneState(["a", "b"]));
  assert.deepEqual(events.map(zoneBrief), ["fire because partner-absent"]);
});

test("a detector of another zone is a wrong program", () => {
  assert.throws(() => stepZone(initialZoneState(["a"]), fire(1, "z"), defaultZonePolicy), /the zone has/);
});

test("outputs follow FIRE until reset, sounders until silenced, and a test drives none", () => {
  const on = runZone([fire(1, "a")], defaultZonePolicy);
  assert.deepEqual(on.outputs, { panel: "on", evacuation: "on" });
  const quiet = runZone([zoneAct(2, "silence")], defaultZonePolicy, on.state);
  assert.deepEqual(quiet.outputs, { panel: "on", evacuation: "off" });
  const walk = runZone([zoneAct(1, "start-test", { minutes: 5 }), fire(2, "a")], defaultZonePolicy);
  assert.deepEqual(walk.outputs, { panel: "off", evacuation: "off" });
});

test("conditions stand beside each other, fire first", () => {
  const { state } = runZone(
    [
      fire(1, "a", { gasHazard: true, supervisory: true }),
      report(2, "b", { standing: "disabled", troubles: 1 }),
      zoneAct(3, "start-test", { minutes: 5 }),
    ],
    defaultZonePolicy,
  );
  assert.deepEqual(zoneConditions(state), [
    "fire",
    "gas-hazard",
    "supervisory",
    "trouble",
    "disabled",
    "test",
  ]);
  assert.deepEqual(zoneConditions(runZone([], defaultZonePolicy).state), []);
});
