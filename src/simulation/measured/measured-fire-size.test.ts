import assert from "node:assert/strict";
import { test } from "node:test";
import { ceilingJetExcessKelvin } from "../fire/ceiling-jet.ts";
import { measuredFireSize } from "./measured-fire-size.ts";
import { MeasuredSeries } from "./measured-series.ts";

const place = { radius: 0, ceilingHeight: 2.1 };

function series(from: number, to: number, valueAt: (seconds: number) => number): MeasuredSeries {
  const count = to - from + 1;
  return new MeasuredSeries(
    Array.from({ length: count }, (_, i) => [from + i, valueAt(from + i)] as const),
    "a test",
  );
}

/** A fire lit at 100 s that grows as a fast one. */
const trueKilowatts = (seconds: number) => (seconds < 100 ? 0 : 0.0469 * (seconds - 100) ** 2);

test("the size is 0 at ignition, without the hood's offset, and follows the heat release", () => {
  const heatRelease = series(0, 200, (seconds) => 20 + trueKilowatts(seconds));
  const { kilowatts, byCeilingSeconds } = measuredFireSize({
    heatRelease,
    ceiling: null,
    ignitionSeconds: 100,
  });
  assert.equal(kilowatts.length, 101);
  assert.ok(kilowatts[0]! < 0.3);
  assert.ok(Math.abs(kilowatts[60]! - trueKilowatts(160)) < 1);
  assert.equal(byCeilingSeconds, 0);
});

test("what flares up before ignition counts for nothing", () => {
  const heatRelease = series(0, 160, (seconds) => (seconds < 100 ? 50 * (seconds % 2) : 25));
  const { kilowatts } = measuredFireSize({ heatRelease, ceiling: null, ignitionSeconds: 100 });
  assert.ok(
    kilowatts.every((value) => value < 1),
    `${Math.max(...kilowatts)} kW`,
  );
});

test("a hood that lags 40 s is gone round by the ceiling's temperature, and its own reading then goes on", () => {
  const heatRelease = series(0, 240, (seconds) => trueKilowatts(seconds - 40));
  const celsius = series(0, 240, (seconds) => 15 + ceilingJetExcessKelvin(trueKilowatts(seconds), place));
  const { kilowatts, byCeilingSeconds } = measuredFireSize({
    heatRelease,
    ceiling: { celsius, place },
    ignitionSeconds: 100,
  });
  assert.ok(Math.abs(kilowatts[30]! - trueKilowatts(130)) < 2);
  assert.ok(byCeilingSeconds > 40 && byCeilingSeconds < 110, `${byCeilingSeconds} s`);
  assert.ok(kilowatts.every((value, second) => second === 0 || value >= kilowatts[second - 1]! - 1e-9));
  assert.ok(Math.abs(kilowatts[130]! - trueKilowatts(190)) < 2);
});

test("a ceiling that is later than the hood changes nothing", () => {
  const heatRelease = series(0, 200, trueKilowatts);
  const celsius = series(
    0,
    200,
    (seconds) => 15 + ceilingJetExcessKelvin(trueKilowatts(seconds - 30), place),
  );
  const alone = measuredFireSize({ heatRelease, ceiling: null, ignitionSeconds: 100 });
  assert.deepEqual(
    measuredFireSize({ heatRelease, ceiling: { celsius, place }, ignitionSeconds: 100 }),
    alone,
  );
});
