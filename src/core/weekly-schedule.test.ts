import assert from "node:assert/strict";
import { test } from "node:test";
import { checkSchedule, isScheduled, minuteOfWeek } from "./weekly-schedule.ts";

const utc = { utcOffsetMinutes: 0 };
const micros = (iso: string): number => Date.parse(iso) * 1_000;
const hour = 60;
const day = 24 * hour;

test("the local week begins on Monday at midnight, wherever the site is", () => {
  assert.equal(minuteOfWeek(micros("2026-03-02T00:00:00Z"), utc), 0);
  assert.equal(minuteOfWeek(micros("2026-03-08T23:59:59Z"), utc), 7 * day - 1);
  assert.equal(minuteOfWeek(micros("2026-03-01T23:00:00Z"), { utcOffsetMinutes: 60 }), 0);
  assert.equal(minuteOfWeek(micros("2026-03-02T03:00:00Z"), { utcOffsetMinutes: -300 }), 6 * day + 22 * hour);
});

test("a stretch holds from its first minute to the one before its end", () => {
  const monday = [{ fromMinute: 8 * hour, toMinute: 17 * hour }];
  const at = (time: string): boolean => isScheduled(monday, micros(`2026-03-02T${time}Z`), utc);
  assert.deepEqual(["07:59:59", "08:00:00", "16:59:59", "17:00:00"].map(at), [false, true, true, false]);
  assert.equal(isScheduled(monday, micros("2026-03-03T12:00:00Z"), utc), false);
});

test("a stretch that ends before it begins goes over Sunday midnight", () => {
  const night = [{ fromMinute: 6 * day + 22 * hour, toMinute: 6 * hour }];
  assert.equal(isScheduled(night, micros("2026-03-08T23:00:00Z"), utc), true);
  assert.equal(isScheduled(night, micros("2026-03-09T05:59:00Z"), utc), true);
  assert.equal(isScheduled(night, micros("2026-03-09T06:00:00Z"), utc), false);
});

test("an empty schedule never holds", () => {
  assert.equal(isScheduled([], micros("2026-03-02T12:00:00Z"), utc), false);
});

test("what is no stretch is refused by name", () => {
  for (const [fromMinute, toMinute] of [
    [0, 0],
    [-1, 5],
    [0.5, 5],
    [0, 10_081],
    [Number.NaN, 5],
  ] as const)
    assert.throws(() => checkSchedule([{ fromMinute, toMinute }], "zones.kitchen.staffed"), /zones\.kitchen/);
  checkSchedule([{ fromMinute: 0, toMinute: 10_080 }], "always");
});
