import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "#support/manual-clock.ts";
import { receiptIdsMax } from "#wire/device-messages.ts";
import { Receipts } from "./receipts.ts";

function bench(sync: () => void = () => {}) {
  const clock = new ManualClock();
  const said: string[] = [];
  const receipts = new Receipts({
    clock,
    sync: () => {
      said.push("sync");
      sync();
    },
    send: (device, ids) => void said.push(`${device} ${ids.join()}`),
    onProblem: (error) => void said.push(String(error)),
  });
  return { clock, receipts, said };
}

test("what came in together is brought to disk once, and then acknowledged in one message for each device", () => {
  const { clock, receipts, said } = bench();
  for (const id of ["a", "b", "a"]) receipts.add("kitchen", id);
  receipts.add("office", "c");
  assert.deepEqual(said, []);
  clock.advanceMs(1);
  assert.deepEqual(said, ["sync", "kitchen a,b", "office c"]);
  clock.advanceMs(1);
  assert.equal(said.length, 3);
});

test("nothing is acknowledged that the disk refuses, until it comes again", () => {
  let isFull = true;
  const { clock, receipts, said } = bench(() => {
    if (isFull) throw new Error("full");
  });
  receipts.add("kitchen", "a");
  clock.advanceMs(1);
  assert.deepEqual(said, ["sync", "Error: full"]);
  isFull = false;
  receipts.add("kitchen", "a");
  clock.advanceMs(1);
  assert.deepEqual(said.slice(2), ["sync", "kitchen a"]);
});

test("a message never holds more ids than it may", () => {
  const { receipts, said } = bench();
  for (let n = 0; n < receiptIdsMax; n += 1) receipts.add("kitchen", `${n}`);
  assert.equal(said.length, 2);
});
