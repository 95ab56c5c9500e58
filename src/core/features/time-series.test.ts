import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "../random.ts";
import { TimeSeries } from "./time-series.ts";

const second = 1_000_000;

function series(points: readonly (readonly [seconds: number, value: number])[]): TimeSeries {
  const result = new TimeSeries({ samplesMax: 32, periodMicros: second });
  for (const [seconds, value] of points) {
    const atMicros = Math.round(seconds * second);
    result.add({ atMicros, measuredAtMicros: atMicros, value });
  }
  return result;
}

function steady(from: number, to: number, value: (t: number) => number): TimeSeries {
  return series(Array.from({ length: to - from + 1 }, (_, i) => [from + i, value(from + i)] as const));
}

function slope(of: TimeSeries, endSeconds: number): number {
  return of.slopePerSecond({ endMicros: endSeconds * second, windowMicros: 10 * second });
}

function near(actual: number, expected: number, tolerance = 1e-9): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
}

test("a linear rise has its slope, far from time zero too", () => {
  near(
    slope(
      steady(0, 10, (t) => 20 + 0.7 * t),
      10,
    ),
    0.7,
  );
  const epoch = 1_780_000_000;
  near(
    slope(
      steady(epoch, epoch + 10, (t) => 20 + 0.7 * (t - epoch)),
      epoch + 10,
    ),
    0.7,
  );
});

test("uneven timestamps do not bend the slope of a linear rise", () => {
  const random = new Random(1);
  const points = Array.from({ length: 11 }, (_, i) => {
    const t = Math.min(10, i + 0.8 * random.uniform());
    return [t, 20 + 0.7 * t] as const;
  });
  // Times are whole microseconds.
  near(slope(series(points), 10), 0.7, 1e-6);
});

test("a step has the slope of least squares, not of its ends", () => {
  // Values 0 at 0…5 s, 1 at 6…10 s; about the mean time 5 the products sum to 15 and the squares to 110.
  near(
    slope(
      steady(0, 10, (t) => (t > 5 ? 1 : 0)),
      10,
    ),
    15 / 110,
  );
});

test("a slope uses the times at which values were measured, not those at which they closed", () => {
  const result = new TimeSeries({ samplesMax: 32, periodMicros: second });
  for (let t = 0; t <= 10; t += 1) {
    const measured = t - (t % 3) * 0.25;
    result.add({ atMicros: t * second, measuredAtMicros: measured * second, value: 2 * measured });
  }
  near(slope(result, 10), 2);
});

test("values before the window do not count", () => {
  near(
    slope(
      steady(0, 30, (t) => (t < 20 ? 500 : t)),
      30,
    ),
    1,
  );
});

test("a slope needs 60 % of the expected values", () => {
  const spread = [0, 2, 4, 6, 8, 10].map((t) => [t, t] as const);
  near(slope(series(spread), 10), 1);
  assert.ok(Number.isNaN(slope(series(spread.toSpliced(2, 1)), 10)));
});

test("a slope needs values that span 60 % of its window", () => {
  near(
    slope(
      steady(4, 10, (t) => t),
      10,
    ),
    1,
  );
  assert.ok(
    Number.isNaN(
      slope(
        steady(5, 10, (t) => t),
        10,
      ),
    ),
  );
});

test("a gap in the window is no reason to do without, as long as both rules hold", () => {
  const gap = [0, 1, 2, 8, 9, 10].map((t) => [t, 3 * t] as const);
  near(slope(series(gap), 10), 3);
});

test("a lagged value is the newest at or before the lag and at most 1.5 periods older", () => {
  const s = series([
    [1, 10],
    [2, 20],
    [5, 50],
  ]);
  assert.equal(s.lagged(2 * second), 20);
  assert.equal(s.lagged(2.9 * second), 20);
  assert.equal(s.lagged(3.5 * second), 20);
  assert.ok(Number.isNaN(s.lagged(3.500001 * second)));
  assert.ok(Number.isNaN(s.lagged(0.9 * second)));
  assert.ok(Number.isNaN(series([]).lagged(0)));
});

test("a shift moves all values and leaves slopes alone", () => {
  const s = steady(0, 10, (t) => t);
  s.shift(-4);
  assert.equal(s.lagged(10 * second), 6);
  near(slope(s, 10), 1);
});

test("the oldest values leave when the series is full", () => {
  const s = steady(0, 40, (t) => t);
  assert.ok(Number.isNaN(s.lagged(7 * second)));
  assert.equal(s.lagged(9 * second), 9);
});

test("an absent or backward value is a mistake of the caller", () => {
  const s = series([[1, 1]]);
  const at = { measuredAtMicros: 0 };
  assert.throws(() => s.add({ ...at, atMicros: 2 * second, value: Number.NaN }), /finite/);
  assert.throws(() => s.add({ ...at, atMicros: second, value: 1 }), /forward/);
});
