import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "#support/manual-clock.ts";
import { ReceiptWatch, receiptTimeoutMs } from "./receipt-watch.ts";

test("all receipts have to come, in any order, and others count for nothing", async () => {
  const clock = new ManualClock();
  const watch = new ReceiptWatch(clock);
  const outcome = watch.expect(["a", "b"]);
  watch.hear(["b", "c"]);
  watch.hear(["a"]);
  assert.equal(await outcome, "received");
  assert.equal(clock.timersSet, 0);
});

test("each receipt gives the next one its whole time", async () => {
  const clock = new ManualClock();
  const watch = new ReceiptWatch(clock);
  const outcome = watch.expect(["a", "b"]);
  clock.advanceMs(receiptTimeoutMs - 1);
  watch.hear(["a"]);
  clock.advanceMs(receiptTimeoutMs - 1);
  watch.hear(["c"]);
  clock.advanceMs(1);
  assert.equal(await outcome, "timeout");
  assert.equal(clock.timersSet, 0);
});

test("a link that breaks ends the waiting", async () => {
  const clock = new ManualClock();
  const watch = new ReceiptWatch(clock);
  const outcome = watch.expect(["a"]);
  watch.giveUp();
  assert.equal(await outcome, "broken");
  assert.equal(clock.timersSet, 0);
});
