import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Failure } from "#core/failure.ts";
import { TimeCurve } from "./time-curve.ts";

test("a curve is linear between its points and 0 outside", () => {
  const curve = new TimeCurve([
    [10, 0],
    [20, 100],
    [40, 50],
  ]);
  assert.deepEqual(
    [5, 10, 15, 20, 30, 40, 41].map((seconds) => curve.at(seconds)),
    [0, 0, 50, 100, 75, 50, 0],
  );
  assert.equal(curve.peak, 100);
  assert.equal(curve.integral(), 500 + 1500);
  assert.equal(curve.scaled({ time: 2, value: 3, laterSeconds: 5 }).at(45), 300);
});

test("a curve agrees with a plain search at any time", () => {
  const step = fc.tuple(
    fc.double({ min: 0.1, max: 9, noNaN: true }),
    fc.double({ min: 0, max: 99, noNaN: true }),
  );
  const steps = fc.array(step, { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(steps, fc.double({ min: -5, max: 200, noNaN: true }), (gaps, seconds) => {
      let at = 0;
      const points = gaps.map(([gap, value]) => {
        at += gap;
        return [at, value] as const;
      });
      const curve = new TimeCurve(points);
      const after = points.findIndex(([time]) => time > seconds);
      const value = curve.at(seconds);
      if (after === 0 || (after === -1 && seconds > points.at(-1)![0])) assert.equal(value, 0);
      else if (after === -1) assert.equal(value, points.at(-1)![1]);
      else {
        const [from, low] = points[after - 1]!;
        const [to, high] = points[after]!;
        assert.ok(Math.abs(value - (low + ((seconds - from) / (to - from)) * (high - low))) < 1e-9);
      }
    }),
  );
});

test("a curve with times that do not increase, a negative or an unknown value, or no point is refused", () => {
  const refused: [number, number][][] = [
    [],
    [[0, -1]],
    [[0, Number.NaN]],
    [
      [1, 0],
      [1, 2],
    ],
  ];
  for (const points of refused)
    assert.throws(
      () => new TimeCurve(points),
      (error) => error instanceof Failure && error.code.startsWith("curve-"),
    );
});

test("a curve that is made to fade is the same before, falls to 1/e in the given time, and ends", () => {
  const curve = new TimeCurve([
    [0, 0],
    [10, 20],
    [30, 20],
  ]);
  const faded = curve.fadedFrom(15, 0.6);
  assert.equal(faded.at(5), curve.at(5));
  assert.equal(faded.at(15), 20);
  assert.ok(Math.abs(faded.at(15.6) - 20 / Math.E) < 0.01, `${faded.at(15.6)}`);
  assert.equal(faded.at(17.4), 0);
  assert.equal(faded.endSeconds, 17.4);
  assert.equal(curve.fadedFrom(40, 1), curve, "it was over before");
  assert.equal(curve.fadedFrom(0, 1).peak, 0, "it had not begun");
});
