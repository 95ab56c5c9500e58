import assert from "node:assert/strict";
import { test } from "node:test";
import type { AlarmLevel } from "./alarm-state.ts";
import { defaultFfcHoldPolicy, type FfcWish, noFfcHold, stepFfcHold } from "./ffc-hold.ts";

/** What is wished in each second of a course of levels. */
function wishes(levels: readonly AlarmLevel[], policy = defaultFfcHoldPolicy): readonly FfcWish[] {
  let hold = noFfcHold;
  return levels.map((level, second) => {
    hold = stepFfcHold(hold, { atMicros: second * 1e6, level }, policy);
    return hold.wish;
  });
}

function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}

test("a prealarm keeps corrections waiting for three minutes, lets one through, and keeps them waiting again", () => {
  const { holdSeconds, releaseSeconds } = defaultFfcHoldPolicy;
  assert.deepEqual(wishes(times(400, "prealarm")), [
    ...times(holdSeconds, "wait"),
    ...times(releaseSeconds, "automatic"),
    ...times(holdSeconds, "wait"),
    ...times(releaseSeconds, "automatic"),
    ...times(400 - 2 * (holdSeconds + releaseSeconds), "wait"),
  ]);
});

test("nothing waits in FIRE, in a quiet room, or where the policy says so", () => {
  assert.deepEqual(wishes(["normal", "prealarm", "alarm", "prealarm", "normal"]), [
    "automatic",
    "wait",
    "automatic",
    "wait",
    "automatic",
  ]);
  const never = { ...defaultFfcHoldPolicy, holdSeconds: 0 };
  assert.deepEqual(wishes(["prealarm", "prealarm"], never), ["automatic", "automatic"]);
});

test("a clock that is set back ends the wait", () => {
  const begun = stepFfcHold(noFfcHold, { atMicros: 5e6, level: "prealarm" }, defaultFfcHoldPolicy);
  assert.equal(
    stepFfcHold(begun, { atMicros: 1e6, level: "prealarm" }, defaultFfcHoldPolicy).wish,
    "automatic",
  );
});
