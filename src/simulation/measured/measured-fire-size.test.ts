import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
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

test("a spike before ignition moves neither the size nor what counts as seen", () => {
  const clean = (seconds: number) => 20 + trueKilowatts(seconds - 40) + 0.1 * (seconds % 7);
  const spiked = (seconds: number) => (seconds > 40 && seconds < 44 ? 4000 : clean(seconds));
  const celsius = series(0, 240, (seconds) => 15 + ceilingJetExcessKelvin(trueKilowatts(seconds), place));
  const [expected, size] = [clean, spiked].map((valueAt) =>
    measuredFireSize({
      heatRelease: series(0, 240, valueAt),
      ceiling: { celsius, place },
      ignitionSeconds: 100,
    }),
  );
  assert.ok(Math.abs(size!.byCeilingSeconds - expected!.byCeilingSeconds) <= 3);
  assert.ok(expected!.kilowatts.every((value, second) => Math.abs(value - size!.kilowatts[second]!) < 0.6));
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

test("a ceiling that says more than the hood ever will gives the size until a minute after the hood has seen the fire", () => {
  // 40 s late, at most 30 kW, out after 300 s; the thermocouple hangs over the fire and reads as of a larger one.
  const burns = (seconds: number) => (seconds < 140 || seconds > 440 ? 0 : Math.min(30, seconds - 140));
  const heatRelease = series(0, 900, burns);
  const celsius = series(0, 900, (seconds) => 15 + ceilingJetExcessKelvin(1.3 * burns(seconds + 40), place));
  const { kilowatts, byCeilingSeconds } = measuredFireSize({
    heatRelease,
    ceiling: { celsius, place },
    ignitionSeconds: 100,
  });
  assert.ok(kilowatts[30]! > 30, `${kilowatts[30]} kW while the hood lags`);
  assert.ok(byCeilingSeconds > 40 && byCeilingSeconds <= 110, `${byCeilingSeconds} s`);
  assert.ok(Math.abs(kilowatts[200]! - 30) < 0.1, `${kilowatts[200]} kW where the hood reads 30 kW`);
  assert.equal(kilowatts[400], 0);
});

test("while the hood has not seen the fire, the size falls with the ceiling's temperature", () => {
  const heatRelease = series(0, 600, () => 0);
  const celsius = series(0, 600, (seconds) => (seconds > 120 && seconds < 160 ? 25 : 15));
  const { kilowatts } = measuredFireSize({ heatRelease, ceiling: { celsius, place }, ignitionSeconds: 100 });
  assert.ok(kilowatts[40]! > 1);
  assert.equal(kilowatts[100], 0);
});

test("the noise that a fire has to stand out of is that of the smoothed heat release, however often it was read", () => {
  for (const step of [0.2, 1, 5]) {
    const random = new Random(3);
    const readings = Array.from({ length: Math.round(700 / step) }, (_, i) => {
      const seconds = i * step;
      return [seconds, 40 * random.normal() + (seconds < 560 ? 0 : 300)] as const;
    });
    const heatRelease = new MeasuredSeries(readings, "a test");
    const celsius = series(0, 700, (seconds) => (seconds > 505 ? 200 : 15));
    const size = measuredFireSize({ heatRelease, ceiling: { celsius, place }, ignitionSeconds: 500 });
    // Seen a second or two before 560 s, for the heat release is smoothed over 5 s to either side.
    assert.ok(size.byCeilingSeconds >= 54, `seen ${size.byCeilingSeconds} s after ignition at ${step} s`);
    assert.ok(size.byCeilingSeconds <= 122);
  }
});
