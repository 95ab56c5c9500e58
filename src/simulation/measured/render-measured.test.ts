import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure } from "#core/failure.ts";
import { measuredCo2Ppm } from "./measured-co2.ts";
import { MeasuredSeries } from "./measured-series.ts";
import { measuredRendering, quietSeconds } from "./render-measured.ts";

/** CO2 in vol% over an analyser's zero: 0.02 off, and from 100 s on it rises by 0.01 a second. */
const rise = new MeasuredSeries(
  Array.from({ length: 201 }, (_, i) => [i, 0.02 + Math.max(0, i - 100) * 0.01] as const),
  "a test",
);

test("CO2 comes out in ppm whatever the unit, and a rise begins at 420 ppm", () => {
  const ppm = measuredCo2Ppm({ series: rise, unit: "vol%", counts: "rise" }, 100);
  assert.ok(Math.abs(ppm(50) - 420) < 1e-6 && Math.abs(ppm(-30) - 420) < 1e-6);
  assert.ok(Math.abs(ppm(150) - 5420) < 1e-6);
  const all = measuredCo2Ppm({ series: rise, unit: "mol/mol", counts: "all" }, 100);
  assert.ok(Math.abs(all(150) - 520_000) < 1e-3);
  assert.ok(Math.abs(measuredCo2Ppm({ series: rise, unit: "ppm", counts: "all" }, 100)(0) - 0.02) < 1e-9);
});

test("a spike before ignition does not shift what a rise is counted from", () => {
  const readings = Array.from({ length: 101 }, (_, i) => [i, i === 30 ? 9 : 0.02] as const);
  const ppm = measuredCo2Ppm(
    { series: new MeasuredSeries(readings, "a test"), unit: "vol%", counts: "rise" },
    60,
  );
  assert.equal(Math.round(ppm(80)), 420);
});

test("nothing is seen before it was measured: a step of CO2 shows when it happens, and not before", () => {
  const step = new MeasuredSeries(
    Array.from({ length: 201 }, (_, i) => [i, i < 100 ? 0 : 1] as const),
    "a test",
  );
  const ppm = measuredCo2Ppm({ series: step, unit: "vol%", counts: "rise" }, 90);
  assert.deepEqual([ppm(95), ppm(99), ppm(100), ppm(105)], [420, 420, 10_420, 10_420]);
});

test("without heat release only readings come, and they follow the measured CO2 late", () => {
  const experiment = { fire: null, co2: { series: rise, unit: "vol%", counts: "rise" } } as const;
  const rendering = measuredRendering({
    ...experiment,
    ignitionSeconds: 100,
    distanceMetres: 3,
    seed: 1,
    seconds: null,
  });
  assert.equal(rendering.seconds, 160);
  const entries = [...rendering.entries(0)];
  assert.equal(entries.length, 32);
  assert.ok(entries.every((entry) => entry.kind === "air"));
  const co2 = entries.map((entry) => (entry.kind === "air" ? entry.sample.co2Ppm : Number.NaN));
  assert.ok(co2.slice(0, quietSeconds / 5).every((ppm) => Math.abs(ppm - 420) < 120));
  assert.ok(co2.at(-1)! > 3000 && co2.at(-1)! < 9000, `${co2.at(-1)} ppm`);
});

test("a series of a single reading is refused with its name", () => {
  assert.throws(
    () => new MeasuredSeries([[0, 1]], 'Column "HRR" of a.csv'),
    (error) => error instanceof Failure && /Column "HRR" of a.csv has 1 readings/.test(error.message),
  );
});
