import assert from "node:assert/strict";
import { test } from "node:test";
import { isScheduled } from "#core/weekly-schedule.ts";
import { parseScheduleLine, scheduleTextSchema } from "./schedule-text.ts";

const cases = [
  ["mon 08:00-18:00", [{ fromMinute: 480, toMinute: 1_080 }]],
  ["sun 00:00-24:00", [{ fromMinute: 8_640, toMinute: 10_080 }]],
  ["Sun 22:00-06:00", [{ fromMinute: 9_960, toMinute: 360 }]],
  ["tue 22:00-00:00", [{ fromMinute: 2_760, toMinute: 2_880 }]],
  [
    "sat-mon 01:00-02:00",
    [
      { fromMinute: 7_260, toMinute: 7_320 },
      { fromMinute: 8_700, toMinute: 8_760 },
      { fromMinute: 60, toMinute: 120 },
    ],
  ],
] as const;

for (const [line, stretches] of cases)
  test(`reads "${line}"`, () => assert.deepEqual(parseScheduleLine(line), stretches));

test("reads every day of the week", () => assert.equal(parseScheduleLine("daily 22:00-06:00")?.length, 7));

test("refuses what is no stretch, in words", () => {
  for (const line of [
    "",
    "mon",
    "mon 8-18",
    "mon 08:00-08:00",
    "mon 24:00-06:00",
    "mon 08:60-09:00",
    "mon 25:00-26:00",
  ])
    assert.equal(parseScheduleLine(line), null, line);
  assert.match(scheduleTextSchema.safeParse(["mo 8-18"]).error?.issues[0]?.message ?? "", /is like "mon-fri/);
});

test("what is read can be asked: the office is staffed on a Friday noon, and not on a Saturday", () => {
  const schedule = scheduleTextSchema.parse(["mon-fri 08:00-18:00"]);
  const micros = (text: string): number => Date.parse(text) * 1_000;
  assert.ok(isScheduled(schedule, micros("2026-11-27T12:00:00Z"), { utcOffsetMinutes: 0 }));
  assert.ok(!isScheduled(schedule, micros("2026-11-28T12:00:00Z"), { utcOffsetMinutes: 0 }));
});
