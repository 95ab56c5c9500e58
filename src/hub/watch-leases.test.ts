import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "#support/manual-clock.ts";
import { WatchLeases, watchLapsesAfterMs } from "./watch-leases.ts";

test("a wish lapses unless it is repeated, and a page's new wish replaces its old one", () => {
  const clock = new ManualClock();
  const leases = new WatchLeases<string>(clock);
  leases.wish("page", ["kitchen"]);
  clock.advanceMs(watchLapsesAfterMs - 1);
  assert.equal(leases.watches("page", "kitchen"), true);
  leases.wish("page", ["office"]);
  assert.equal(leases.watches("page", "kitchen"), false);
  clock.advanceMs(watchLapsesAfterMs);
  assert.equal(leases.watches("page", "office"), false);
  assert.deepEqual(leases.watchedDevices(), new Set());
});

test("devices are watched for as long as one page watches them", () => {
  const leases = new WatchLeases<string>(new ManualClock());
  leases.wish("one", ["kitchen", "office"]);
  leases.wish("two", ["office"]);
  leases.forget("one");
  assert.deepEqual(leases.watchedDevices(), new Set(["office"]));
  leases.wish("two", []);
  assert.deepEqual(leases.watchedDevices(), new Set());
});
