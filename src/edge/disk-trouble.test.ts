import assert from "node:assert/strict";
import { test } from "node:test";
import { DiskTrouble } from "./disk-trouble.ts";

test("the trouble stands until everything is saved again, and losses until somebody resets", () => {
  const told: (string | null)[] = [];
  const disk = new DiskTrouble((text) => told.push(text));
  disk.set("state", "ENOSPC.");
  disk.set("start", "The state was damaged.");
  assert.equal(told.at(-1), "The device cannot rely on its disk: ENOSPC. The state was damaged.");
  disk.set("state", null);
  assert.equal(told.at(-1), "The device cannot rely on its disk: The state was damaged.");
  disk.forgetLosses();
  assert.equal(told.at(-1), null);
});

test("a reset does not hide a disk that still fails", () => {
  const told: (string | null)[] = [];
  const disk = new DiskTrouble((text) => told.push(text));
  disk.set("events", "EIO.");
  disk.set("dropped", "Some are lost.");
  disk.forgetLosses();
  assert.equal(told.at(-1), "The device cannot rely on its disk: EIO.");
  assert.equal(disk.has("dropped"), false);
  const before = told.length;
  disk.forgetLosses();
  assert.equal(told.length, before);
});
