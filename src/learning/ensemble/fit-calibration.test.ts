import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { calibrate } from "#inference/calibrate.ts";
import { logLoss } from "../evaluation/probability-metrics.ts";
import { type CalibrationRows, fitCalibration, fitPiecewise, fitPlatt } from "./fit-calibration.ts";
import { logistic } from "./log-odds.ts";

/** Rows whose true log-odds are a known function of the ones given. */
function madeRows(truth: (odds: number) => number, seed: number): CalibrationRows {
  const random = new Random(seed);
  const odds = Float64Array.from({ length: 8_000 }, () => random.between(-6, 6));
  const labels = Uint8Array.from(odds, (x) => (random.uniform() < logistic(truth(x)) ? 1 : 0));
  return { odds, labels, groups: Int32Array.from(odds, (_, row) => Math.floor(row / 20)) };
}

test("Platt finds the slope and offset that made the labels", () => {
  const fitted = fitPlatt(madeRows((x) => 0.6 * x - 1, 1));
  assert.equal(fitted.kind, "platt");
  if (fitted.kind !== "platt") return;
  assert.ok(Math.abs(fitted.slope - 0.6) < 0.05, `slope ${fitted.slope}`);
  assert.ok(Math.abs(fitted.offset + 1) < 0.1, `offset ${fitted.offset}`);
});

test("where the truth is no straight line, the piecewise one is kept, and fits", () => {
  const truth = (x: number): number => (x < 0 ? -3 : 1);
  const rows = madeRows(truth, 2);
  const kept = fitCalibration(rows);
  assert.equal(kept.kind, "piecewise");
  for (const x of [-5, -3, 3, 5])
    assert.ok(Math.abs(calibrate(kept, x) - logistic(truth(x))) < 0.05, `at ${x}`);
  assert.equal(fitCalibration(madeRows((x) => x, 3)).kind, "platt");
});

test("no calibration ever turns the order round", () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const rows = madeRows((x) => Math.sin(x), seed);
    for (const fitted of [fitPlatt(rows), fitPiecewise(rows)])
      for (let x = -8; x < 8; x += 0.1)
        assert.ok(
          calibrate(fitted, x + 0.1) >= calibrate(fitted, x) - 1e-12,
          `seed ${seed}, ${fitted.kind}, ${x}`,
        );
  }
});

test("a short pool's softening does not turn the order round either", () => {
  const positives = new Set([150, ...Array.from({ length: 50 }, (_, k) => 950 + k)]);
  const odds = Float64Array.from({ length: 1_000 }, (_, row) => row / 100 - 5);
  const labels = Uint8Array.from(odds, (_, row) => (positives.has(row) ? 1 : 0));
  const fitted = fitPiecewise({ odds, labels, groups: Int32Array.from(odds, (_, row) => row) });
  for (let x = -6; x < 6; x += 0.05)
    assert.ok(calibrate(fitted, x + 0.05) >= calibrate(fitted, x) - 1e-12, `at ${x}`);
});

test("rare fires among rows that members are sure of do not send Platt's numbers astray", () => {
  const random = new Random(8);
  const odds = Float64Array.from({ length: 3_000 }, (_, row) =>
    row < 60 ? random.between(-3, 2) : row < 90 ? 13.8 : -13.8 + random.between(0, 2),
  );
  const labels = Uint8Array.from(odds, (_, row) => (row < 60 ? 1 : 0));
  const rows = { odds, labels, groups: Int32Array.from(odds, (_, row) => row) };
  const fitted = fitPlatt(rows);
  const scores = odds.map((one) => calibrate(fitted, one));
  const constant = odds.map(() => 0.02);
  assert.ok(logLoss({ ...rows, scores }) < logLoss({ ...rows, scores: constant }));
});
