import assert from "node:assert/strict";
import { test } from "node:test";
import { localTimeText } from "./local-time-text.ts";

const at = Date.UTC(2026, 10, 26, 23, 30, 5) * 1_000;
const hour = 3_600_000_000;

test("today is a time of day, in the reader's time zone", () => {
  assert.equal(localTimeText(at, { nowMicros: at, timeZone: "Europe/Berlin" }), "00:30:05");
});

test("another day has its date in front", () => {
  assert.equal(localTimeText(at, { nowMicros: at + 24 * hour, timeZone: "UTC" }), "26 Nov 23:30:05");
});

test("what is today depends on the time zone", () => {
  const options = { nowMicros: at + hour };
  assert.equal(localTimeText(at, { ...options, timeZone: "UTC" }), "26 Nov 23:30:05");
  assert.equal(localTimeText(at, { ...options, timeZone: "Asia/Tokyo" }), "08:30:05");
});
