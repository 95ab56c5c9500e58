import assert from "node:assert/strict";
import { test } from "node:test";
import { act, at, brief, evidence, hot, reason, runAlarm, severe, trouble } from "#support/alarm-inputs.ts";
import type { AlarmInput } from "./alarm-input.ts";
import { defaultAlarmPolicy } from "./alarm-policy.ts";
import type { Evidence } from "./evidence.ts";
import type { TroubleCode } from "./trouble.ts";

const policy = defaultAlarmPolicy;
const prealarm = runAlarm([0, 1, 2].map((second) => evidence(second, hot))).state;
const rise = { prealarm: [reason("co2-rise")] };
const gasPrealarm = runAlarm([evidence(0, rise)]).state;
const blind = { thermalPresent: false };

function seconds(count: number, fields: Partial<Evidence>): AlarmInput[] {
  return Array.from({ length: count }, (_, i) => evidence(10 + i, fields));
}

function fault(code: TroubleCode): AlarmInput {
  return { kind: "trouble", atMicros: at(5), code, active: true, text: "It is lost." };
}

for (const code of ["camera-silent", "camera-frozen", "camera-over-temperature"] as const)
  test(`a camera lost in a prealarm (${code}) makes it FIRE after its time, and says why`, () => {
    const almost = runAlarm([fault(code), ...seconds(policy.detectorLostSeconds - 1, blind)], prealarm);
    assert.equal(almost.state.level, "prealarm");
    const lost = runAlarm([fault(code), ...seconds(policy.detectorLostSeconds, blind)], prealarm);
    assert.equal(lost.state.level, "alarm");
    assert.equal(lost.state.sounding, true);
    const [told] = lost.state.incident!.reasons;
    assert.equal(told!.code, "detector-lost");
    assert.match(told!.text, new RegExp(`${code}.*15 s`));
    assert.deepEqual(told!.location, { x: 80, y: 60 });
    assert.equal(lost.state.incident!.id, prealarm.incident!.id);
  });

test("a camera that sees one temperature only, as in smoke, is lost too, and no quiet ends the prealarm", () => {
  const lost = runAlarm([fault("camera-covered"), ...seconds(policy.detectorLostSeconds, {})], prealarm);
  assert.equal(lost.state.level, "alarm");
});

test("seconds without a picture but without a fault hold the prealarm, as in a shutter calibration", () => {
  const { state, events } = runAlarm(seconds(300, blind), prealarm);
  assert.equal(state.level, "prealarm");
  assert.deepEqual(events, []);
});

test("a camera that is too hot but still sees is not lost", () => {
  const { state } = runAlarm([fault("camera-over-temperature"), ...seconds(20, hot)], prealarm);
  assert.equal(state.level, "prealarm");
});

test("a camera that comes back in time starts the time of its loss again", () => {
  const half = Math.ceil(policy.detectorLostSeconds / 2);
  const inputs = [
    fault("camera-silent"),
    ...seconds(half, blind),
    ...seconds(1, hot),
    ...seconds(half, blind),
  ];
  assert.equal(runAlarm(inputs, prealarm).state.level, "prealarm");
});

test("whoever has acknowledged the prealarm gets the time to look before the loss makes it FIRE", () => {
  const inputs = (count: number): AlarmInput[] => [
    act(4, "acknowledge"),
    fault("camera-silent"),
    ...seconds(count, blind),
  ];
  const limit = policy.detectorLostAcknowledgedSeconds;
  assert.equal(runAlarm(inputs(limit - 1), prealarm).state.level, "prealarm");
  assert.equal(runAlarm(inputs(limit), prealarm).state.level, "alarm");
});

test("a lost camera makes no FIRE of CO2, nor of a quiet room", () => {
  const air = seconds(300, { ...blind, ...rise });
  assert.equal(runAlarm([fault("camera-silent"), ...air], gasPrealarm).state.level, "prealarm");
  assert.equal(runAlarm([fault("camera-silent"), ...seconds(300, blind)]).state.level, "normal");
});

test("a disabled device counts the loss and raises it when it is enabled again", () => {
  const inputs = [act(4, "disable", 60), fault("camera-silent"), ...seconds(60, blind)];
  const { state } = runAlarm(inputs, prealarm);
  assert.equal(state.level, "prealarm");
  const enabled = runAlarm([act(71, "enable"), evidence(72, blind)], state);
  assert.deepEqual(enabled.events.map(brief), ["enabled by Ada", "alarm"]);
});

test("a prealarm that nobody answers becomes FIRE, with what was hot", () => {
  const limit = policy.prealarmUnansweredSeconds;
  assert.equal(runAlarm(seconds(limit - 1, hot), prealarm).state.level, "prealarm");
  const { state } = runAlarm(seconds(limit, hot), prealarm);
  assert.equal(state.level, "alarm");
  assert.deepEqual(
    state.incident!.reasons.map(({ code }) => code),
    ["prealarm-unanswered", "fixed-temperature"],
  );
});

test("an acknowledged prealarm stays one, and still becomes FIRE on evidence of its own", () => {
  const { state } = runAlarm([act(4, "acknowledge"), ...seconds(2_000, hot)], prealarm);
  assert.equal(state.level, "prealarm");
  assert.equal(runAlarm([evidence(3_000, severe)], state).state.level, "alarm");
});

test("CO2 that rises is never FIRE, however long nobody answers", () => {
  const { state } = runAlarm(seconds(2_000, rise), gasPrealarm);
  assert.equal(state.level, "prealarm");
});

test("a reset is an answer: the time begins again", () => {
  const limit = policy.prealarmUnansweredSeconds;
  const inputs = [...seconds(limit - 5, hot), act(900, "reset"), ...seconds(30, hot)];
  assert.equal(runAlarm(inputs, prealarm).state.level, "prealarm");
});

test("a fault outside a prealarm starts no time", () => {
  const { state } = runAlarm([trouble(0, true), ...seconds(60, blind)]);
  assert.equal(state.lostSeconds, 0);
  assert.equal(state.unansweredSeconds, 0);
});
