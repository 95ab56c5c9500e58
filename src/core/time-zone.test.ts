import assert from "node:assert/strict";
import { test } from "node:test";
import { isTimeZone, utcOffsetMinutes } from "./time-zone.ts";

const micros = (text: string): number => Date.parse(text) * 1_000;

test("says how far local time is ahead of UTC, in summer, in winter and behind it", () => {
  assert.equal(utcOffsetMinutes("Europe/Berlin", micros("2026-07-01T00:00:00Z")), 120);
  assert.equal(utcOffsetMinutes("Europe/Berlin", micros("2026-12-01T00:00:00Z")), 60);
  assert.equal(utcOffsetMinutes("America/St_Johns", micros("2026-12-01T00:00:00Z")), -210);
  assert.equal(utcOffsetMinutes("UTC", micros("2026-12-01T00:00:00Z")), 0);
});

test("changes in the minute in which daylight saving ends", () => {
  assert.equal(utcOffsetMinutes("Europe/Berlin", micros("2026-10-25T00:59:59Z")), 120);
  assert.equal(utcOffsetMinutes("Europe/Berlin", micros("2026-10-25T01:00:00Z")), 60);
});

test("knows what is no time zone", () => {
  assert.ok(!isTimeZone("Middle-earth/Bree"));
  assert.throws(() => utcOffsetMinutes("Middle-earth/Bree", 0), {
    message: /Give one such as Europe\/Berlin/,
  });
});

test("whoever goes by UTC loads no calendars", (t) => {
  const calendars = t.mock.method(Intl, "DateTimeFormat");
  assert.ok(isTimeZone("UTC"));
  assert.equal(utcOffsetMinutes("UTC", micros("2026-07-01T00:00:00Z")), 0);
  assert.equal(calendars.mock.callCount(), 0);
});
