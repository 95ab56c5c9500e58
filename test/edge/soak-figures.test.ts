import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { linearTrend, meansByUnit } from "../../bench/linear-trend.ts";
import { processFigures, togetherMiB } from "../../bench/process-figures.ts";

test("the confidence of a trend holds the true slope 95 times of a hundred", () => {
  const random = new Random(7);
  let held = 0;
  for (let run = 0; run < 1_000; run += 1) {
    const points = Array.from({ length: 25 }, (_, x) => ({ x, y: 3 + 0.2 * x + random.normal() }));
    const trend = linearTrend(points);
    assert.ok(trend !== null);
    if (trend.low <= 0.2 && trend.high >= 0.2) held += 1;
  }
  assert.ok(held > 930 && held < 970, `${held} of 1,000`);
});

test("of too few points, or all at one time, there is no trend", () => {
  assert.equal(linearTrend([1, 2, 3, 4].map((x) => ({ x, y: x }))), null);
  assert.equal(linearTrend([1, 2, 3, 4, 5].map((y) => ({ x: 1, y }))), null);
});

test("a minute's samples become their mean", () => {
  const points = [
    { x: 0.1, y: 1 },
    { x: 0.9, y: 3 },
    { x: 2.5, y: 7 },
  ];
  assert.deepEqual(meansByUnit(points), [
    { x: 0.5, y: 2 },
    { x: 2.5, y: 7 },
  ]);
});

test("pages that processes share are counted once", () => {
  const alarm = { rssMiB: 120, pssMiB: 0, ownMiB: 70, cpuSeconds: 0 };
  const link = { rssMiB: 65, pssMiB: 0, ownMiB: 21, cpuSeconds: 0 };
  assert.equal(togetherMiB([alarm, link]), 70 + 21 + 50);
});

const skip = existsSync("/proc/self/smaps_rollup") ? false : "there is no /proc";

test("a process's figures are its own", { skip }, () => {
  const held = new Uint8Array(64 * 1024 * 1024);
  const before = processFigures(process.pid);
  held.fill(1);
  const after = processFigures(process.pid);
  assert.ok(after.ownMiB - before.ownMiB > 60, `${after.ownMiB - before.ownMiB} MiB`);
  assert.ok(after.rssMiB > after.ownMiB && after.rssMiB >= after.pssMiB);
  assert.ok(after.cpuSeconds > 0 && after.cpuSeconds < 60);
});
