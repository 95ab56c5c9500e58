import assert from "node:assert/strict";
import { test } from "node:test";
import { latencyLedger, noStages } from "./latency-ledger.ts";
import { nearestRank } from "./nearest-rank.ts";

const second = 1_000_000;

test("a quantile is one of the values: the smallest with the share at or below it", () => {
  const values = Array.from({ length: 20 }, (_, k) => k + 1);
  assert.equal(nearestRank(values, 0.5), 10);
  assert.equal(nearestRank(values, 0.95), 19);
  assert.equal(nearestRank(values, 0.99), 20);
  assert.equal(nearestRank([3], 0.01), 3);
});

test("each span counts the incidents of which both ends are known, and one that none has is left out", () => {
  const ledger = latencyLedger([
    { ...noStages, sensed: 0, received: 2 * second, notified: 3 * second, acknowledged: 60 * second },
    { ...noStages, sensed: 0, received: second },
    { ...noStages, received: 9 * second },
  ]);
  assert.deepEqual(
    ledger.map(({ from, to, incidents, p50Seconds, p99Seconds }) => [
      from,
      to,
      incidents,
      p50Seconds,
      p99Seconds,
    ]),
    [
      ["sensed", "received", 2, 1, 2],
      ["received", "notified", 1, 1, 1],
      ["notified", "acknowledged", 1, 57, 57],
      ["received", "acknowledged", 1, 58, 58],
      ["sensed", "acknowledged", 1, 60, 60],
    ],
  );
});

test("a span across two clocks says so, and one that ends before it begins is counted and told", () => {
  const ledger = latencyLedger([
    { ...noStages, sensed: 5 * second, received: 2 * second, notified: 3 * second },
  ]);
  assert.deepEqual(
    ledger.map(({ from, clocks, negative, p50Seconds }) => [from, clocks, negative, p50Seconds]),
    [
      ["sensed", "two", 1, -3],
      ["received", "one", 0, 1],
    ],
  );
});
