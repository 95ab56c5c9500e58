import assert from "node:assert/strict";
import { test } from "node:test";
import { scheduleTextSchema } from "#wire/schedule-text.ts";
import { scheduleWords } from "./schedule-words.ts";

const table: readonly (readonly [lines: readonly string[], words: string])[] = [
  [[], "never"],
  [["daily 11:00-14:00"], "daily 11:00–14:00"],
  [["mon-fri 08:00-18:00", "sat 08:00-12:00"], "Mon–Fri 08:00–18:00, Sat 08:00–12:00"],
  [["mon 06:00-07:00", "tue 06:00-07:00", "sun 06:00-07:00"], "Mon, Tue, Sun 06:00–07:00"],
  [["sun 22:00-06:00"], "Sun 22:00–06:00"],
  [["fri 18:00-24:00"], "Fri 18:00–24:00"],
];

for (const [lines, words] of table)
  test(`a schedule of ${JSON.stringify(lines)} reads "${words}"`, () => {
    assert.equal(scheduleWords(scheduleTextSchema.parse(lines)), words);
  });

test("what has no schedule, and what holds the whole week, holds always", () => {
  assert.equal(scheduleWords(null), "always");
  assert.equal(scheduleWords([{ fromMinute: 0, toMinute: 10_080 }]), "always");
});

test("a stretch of several days says on which day it ends", () => {
  assert.equal(scheduleWords([{ fromMinute: 480, toMinute: 2 * 1_440 + 600 }]), "Mon 08:00–Wed 10:00");
});
