import assert from "node:assert/strict";
import { test } from "node:test";
import { TimeLine } from "./time-line.ts";

const start = 1_700_000_000_000_000;
const at = (second: number): number => start + second * 1e6;

test("ticks that go on are no jump, one set back by more than five seconds or ahead by a minute is", () => {
  const line = new TimeLine();
  assert.equal(line.tick(at(0)), false);
  assert.equal(line.tick(at(60)), false);
  assert.equal(line.tick(at(56)), false);
  assert.equal(line.tick(at(54)), true);
  assert.equal(line.tick(at(55)), false);
  assert.equal(line.tick(at(116)), true);
});

test("stamps are judged by the last tick and move nothing", () => {
  const line = new TimeLine();
  line.tick(at(0));
  assert.equal(line.admits(at(5)), true);
  assert.equal(line.admits(at(5.1)), false);
  assert.equal(line.admits(at(-5)), true);
  assert.equal(line.admits(at(-5.1)), false);
  assert.equal(line.admits(at(59)), false);
  assert.equal(line.tick(at(1)), false);
  assert.equal(line.admits(at(6)), true);
});

test("before the first tick every stamp is believed, and the tick tells whether rightly", () => {
  const right = new TimeLine();
  assert.equal(right.admits(at(0)), true);
  assert.equal(right.tick(at(1)), false);
  const wrong = new TimeLine();
  assert.equal(wrong.admits(at(0)), true);
  assert.equal(wrong.admits(at(86_400)), true);
  assert.equal(wrong.tick(at(1)), true);
  assert.equal(wrong.admits(at(1)), true);
});

test("a stamp that is no time is never believed", () => {
  const line = new TimeLine();
  for (const stamp of [Number.NaN, Number.POSITIVE_INFINITY, 0.5]) assert.equal(line.admits(stamp), false);
  assert.equal(line.tick(at(0)), false);
  assert.equal(line.admits(Number.NaN), false);
});
