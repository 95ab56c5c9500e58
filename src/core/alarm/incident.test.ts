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
  startMicros,
  tick,
} from "#support/alarm-inputs.ts";
import { initialAlarmState } from "./alarm-machine.ts";
import { defaultAlarmPolicy } from "./alarm-policy.ts";

const policy = defaultAlarmPolicy;
const normal = initialAlarmState();
const prealarm = runAlarm([0, 1, 2].map((second) => evidence(second, hot))).state;
const alarm = runAlarm([evidence(0, growth), evidence(1, growth)]).state;
const silenced = runAlarm([act(2, "silence")], alarm).state;
const disabled = runAlarm([act(0, "disable", 10)]).state;
const testAlarm = runAlarm([act(0, "start-test", 10), evidence(1, severe)]).state;

test("an alarm needs two seconds of evidence in a row, not counting seconds without a picture", () => {
  const broken = runAlarm([evidence(0, growth), evidence(1), evidence(2, growth)]);
  assert.equal(broken.state.level, "normal");
  const blind = { thermalPresent: false };
  const held = runAlarm([evidence(0, growth), evidence(1, blind), evidence(2, blind), evidence(3, growth)]);
  assert.equal(held.state.level, "alarm");
});

test("a prealarm needs three seconds of evidence and ends after thirty quiet ones", () => {
  assert.equal(runAlarm([evidence(0, hot), evidence(1, hot)]).state.level, "normal");
  const quiet = Array.from({ length: 30 }, (_, i) => evidence(3 + i));
  const almost = runAlarm(quiet.slice(0, 29), prealarm);
  assert.equal(almost.state.level, "prealarm");
  const { state, events } = runAlarm(quiet, prealarm);
  assert.equal(state.level, "normal");
  assert.equal(state.incident, null);
  assert.deepEqual(events.map(brief), ["normal"]);
});

test("a prealarm does not end while the sensor that gave its reason is gone", () => {
  const blind = Array.from({ length: 100 }, (_, i) => evidence(3 + i, { thermalPresent: false }));
  assert.equal(runAlarm(blind, prealarm).state.level, "prealarm");
  const gas = runAlarm([evidence(0, { prealarm: [reason("co2-rise")] })]).state;
  const noAir = Array.from({ length: 100 }, (_, i) => evidence(1 + i, { airPresent: false }));
  assert.equal(runAlarm(noAir, gas).state.level, "prealarm");
  assert.equal(runAlarm(blind, gas).state.level, "normal");
});

test("a cause that persists after a reset is the same incident, to be acknowledged again", () => {
  const acknowledged = runAlarm([act(2, "acknowledge"), act(3, "silence")], alarm).state;
  const reset = runAlarm([act(60, "reset")], acknowledged).state;
  assert.equal(reset.lastIncident?.incident.id, alarm.incident?.id);
  const { state, events } = runAlarm([evidence(61, growth), evidence(62, growth)], reset);
  assert.deepEqual(events.map(brief), ["alarm"]);
  assert.equal(state.incident?.id, alarm.incident?.id);
  assert.equal(state.incident?.alarms, 2);
  assert.equal(state.incident?.firstAlarmAtMicros, at(1));
  assert.equal(state.incident?.acknowledged, null);
  assert.equal(state.incident?.silenced, null);
  assert.equal(state.sounding, true);
});

test("a cause that comes long after a reset is a new incident", () => {
  const reset = runAlarm([act(60, "reset")], alarm).state;
  const { state } = runAlarm([evidence(80, growth), evidence(81, growth)], reset);
  assert.notEqual(state.incident?.id, alarm.incident?.id);
  assert.equal(state.incident?.alarms, 1);
});

test("the first reasons stay first, the newest are kept beside them", () => {
  const first = prealarm.incident?.firstReasons;
  assert.deepEqual(first, hot.prealarm);
  const raised = runAlarm([evidence(3, severe)], prealarm).state;
  assert.deepEqual(raised.incident?.firstReasons, severe.alarm);
  const later = runAlarm([evidence(4, { alarm: [reason("rate-of-rise")] })], raised).state;
  assert.deepEqual(later.incident?.firstReasons, severe.alarm);
  assert.deepEqual(
    later.incident?.reasons.map((one) => one.code),
    ["severe-heat", "rate-of-rise"],
  );
});

test("a cause that comes and goes sounds again only once", () => {
  const both = { alarm: [...growth.alarm, reason("rate-of-rise")] };
  const inputs = [evidence(3, both), act(4, "silence"), evidence(5, growth), evidence(6, both)];
  const { state, events } = runAlarm(inputs, silenced);
  assert.deepEqual(events.map(brief), ["alarm", "resounded", "silenced by Ada"]);
  assert.equal(state.sounding, false);
});

test("a reset in a test leaves no incident to go on with", () => {
  const { state } = runAlarm([act(2, "reset"), act(3, "end-test"), evidence(4, severe)], testAlarm);
  assert.match(state.incident?.id ?? "", /^incident-/);
  assert.equal(state.incident?.alarms, 1);
});

test("a clock set back neither ends a disablement nor makes it longer", () => {
  const back = runAlarm([tick(60), tick(60 - 86_400)], disabled).state;
  assert.equal(back.lastStepAtMicros, at(60 - 86_400));
  assert.notEqual(back.disabled, null);
  assert.notEqual(runAlarm([tick(599 - 86_400)], back).state.disabled, null);
  assert.equal(runAlarm([tick(600 - 86_400)], back).state.disabled, null);
});

test("a state saved with a later time than now works on", () => {
  const { state } = runAlarm([evidence(-1000, growth), evidence(-999, growth)], {
    ...normal,
    lastStepAtMicros: at(0),
  });
  assert.equal(state.level, "alarm");
  assert.equal(state.incident?.startedAtMicros, at(-999));
});

test("inputs a moment out of order share one time", () => {
  const { events } = runAlarm([act(10, "acknowledge"), evidence(9, severe)]);
  assert.deepEqual(
    events.map((event) => event.atMicros),
    [at(10), at(10)],
  );
});

test("a disablement is never longer than the limit, and one of no known length is over at once", () => {
  const minutes = (asked: number): number => {
    const { state } = runAlarm([act(0, "disable", asked)]);
    return (state.disabled!.expiresAtMicros - startMicros) / 60_000_000;
  };
  assert.equal(minutes(5), 5);
  assert.equal(minutes(5_000_000), policy.conditionMinutesMax);
  assert.equal(minutes(Number.NaN), 0);
});
