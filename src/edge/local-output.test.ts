import assert from "node:assert/strict";
import { test } from "node:test";
import type { AlarmInput } from "#core/alarm/alarm-input.ts";
import { act, evidence, growth, hot, runAlarm } from "#support/alarm-inputs.ts";
import { localOutput } from "./local-output.ts";

function outputAfter(inputs: readonly AlarmInput[]) {
  const { level, sounding, test: isTest } = localOutput(runAlarm(inputs).state);
  return { level, sounding, isTest };
}

const alarm = [evidence(0, growth), evidence(1, growth)];

test("a test that begins while an alarm stands takes nothing from the outputs", () => {
  assert.deepEqual(outputAfter([...alarm, act(2, "start-test", 30)]), {
    level: "alarm",
    sounding: true,
    isTest: false,
  });
});

test("an alarm that grows out of a prealarm from before the test is shown", () => {
  const prealarm = [0, 1, 2].map((second) => evidence(second, hot));
  const grown = [3, 4, 5].map((second) => evidence(second, growth));
  assert.deepEqual(outputAfter([...prealarm, act(2, "start-test", 30), ...grown]), {
    level: "alarm",
    sounding: true,
    isTest: false,
  });
});

test("what begins in a test is the test's", () => {
  const tested = [act(0, "start-test", 30), evidence(1, growth), evidence(2, growth)];
  assert.equal(outputAfter(tested).isTest, true);
  assert.equal(outputAfter([act(0, "start-test", 30)]).isTest, true);
});
