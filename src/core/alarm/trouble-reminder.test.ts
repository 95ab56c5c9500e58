import assert from "node:assert/strict";
import { test } from "node:test";
import { runAlarm, tick, trouble } from "#support/alarm-inputs.ts";

const day = 24 * 3600;

test("a fault that stands is told of again each day, and no longer when it has gone", () => {
  const stands = runAlarm([trouble(0, true), tick(day - 1), tick(day), tick(day + 1), tick(2 * day)]);
  assert.deepEqual(
    stands.notices.map((notice) => (notice.type === "trouble-reminder" ? notice.codes : notice.type)),
    [["camera-silent"], ["camera-silent"]],
  );
  const gone = runAlarm([trouble(0, true), trouble(5, false), tick(3 * day)]);
  assert.deepEqual(gone.notices, []);
  assert.equal(gone.state.remindedAtMicros, null);
});
