import assert from "node:assert/strict";
import test from "node:test";
import { microsPerSecond } from "../time.ts";
import { regionDefinition } from "./region-definition.ts";
import { RegionHistory } from "./region-history.ts";

const zero = { area: 0, peakCelsius: 0, excess: 0, centroidX: 0, centroidY: 0 };

function historyOf(seconds: readonly number[], area: (second: number) => number): RegionHistory {
  const history = new RegionHistory();
  for (const second of seconds)
    history.add({ ...zero, atMicros: second * microsPerSecond, area: area(second) });
  return history;
}

const count = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

function slopeAt(history: RegionHistory, now: number, ageSeconds: number, windowSeconds = 12): number {
  return history.slope("area", { nowMicros: now * microsPerSecond, windowSeconds, ageSeconds });
}

test("a line gives its slope, also at uneven seconds", () => {
  assert.ok(
    Math.abs(
      slopeAt(
        historyOf([0, 1, 3, 4, 5, 8, 9, 12], (s) => 7 + 2.5 * s),
        12,
        12,
      ) - 2.5,
    ) < 1e-9,
  );
});

test("only the window counts", () => {
  const bent = historyOf(count(0, 40), (s) => (s < 28 ? 1000 : s));
  assert.ok(Math.abs(slopeAt(bent, 40, 40) - 1) < 1e-9);
});

test("a track younger than the window has the slope of its age, from three seconds on", () => {
  const history = historyOf([0, 1, 2, 3], (s) => 3 * s);
  assert.ok(Number.isNaN(slopeAt(history, 2.9, 2.9)));
  assert.ok(Math.abs(slopeAt(history, 3, 3) - 3) < 1e-9);
});

test("less than 60 % of the window's seconds, or less than 60 % of its span, is absent", () => {
  assert.ok(
    Number.isNaN(
      slopeAt(
        historyOf([0, 2, 4, 6, 8, 10, 12], (s) => s),
        12,
        12,
      ),
    ),
  );
  assert.ok(
    Number.isFinite(
      slopeAt(
        historyOf([0, 1, 2, 4, 6, 8, 10, 12], (s) => s),
        12,
        12,
      ),
    ),
  );
  assert.ok(
    Number.isNaN(
      slopeAt(
        historyOf(count(5, 12), (s) => s),
        12.5,
        12.5,
      ),
    ),
  );
  assert.ok(
    Number.isFinite(
      slopeAt(
        historyOf(count(4, 12), (s) => s),
        12.5,
        12.5,
      ),
    ),
  );
});

test("a lagged value is the newest sample at or before the lag and at most 1.5 s older", () => {
  const history = historyOf([1, 2, 7], (s) => s);
  const lagged = (now: number) => history.lagged(now * microsPerSecond, 4)?.area ?? null;
  assert.equal(lagged(4.9), null);
  assert.equal(lagged(5), 1);
  assert.equal(lagged(6), 2);
  assert.equal(lagged(7.5), 2);
  assert.equal(lagged(7.6), null);
  assert.equal(history.before(7.6 * microsPerSecond, 4)?.area, 2);
});

test("history is bounded: the oldest second goes", () => {
  const { secondSamplesMax } = regionDefinition;
  const history = historyOf(count(1, secondSamplesMax + 5), (s) => s);
  assert.equal(history.before(5 * microsPerSecond, 0), null);
  assert.equal(history.before(6 * microsPerSecond, 0)?.area, 6);
});

test("an FFC moves temperatures and nothing else", () => {
  const history = historyOf([1], () => 5);
  history.shift(-0.5);
  assert.deepEqual(history.before(microsPerSecond, 0), {
    ...zero,
    atMicros: microsPerSecond,
    area: 5,
    peakCelsius: -0.5,
  });
});
