import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { officeSpace } from "#support/office-space.ts";
import { AirProbe, transportSecondsTo } from "./air-probe.ts";

const fresh = { co2Ppm: 420, celsius: 20, vapour: 0.007 };

/** Mean reading of many probes after so many seconds of `air`. */
function meanAfter(seconds: number, transportSeconds: number, air: typeof fresh): number {
  let sum = 0;
  const count = 200;
  for (let seed = 0; seed < count; seed += 1) {
    const probe = new AirProbe(new Random(seed), fresh, { transportSeconds });
    for (let t = 0; t < seconds; t += 1) probe.follow(air, 1);
    sum += probe.read(0).co2Ppm;
  }
  return sum / count;
}

test("a step of CO2 arrives late, and reaches 63 % a little after the sensor's own 60 s", () => {
  const smoke = { ...fresh, co2Ppm: 10_420 };
  assert.ok(Math.abs(meanAfter(30, 30, smoke) - 420) < 30);
  const direct = (meanAfter(76, 0, smoke) - 420) / 10_000;
  assert.ok(direct > 0.58 && direct < 0.68, `${direct}`);
  const late = (meanAfter(106, 30, smoke) - 420) / 10_000;
  assert.ok(Math.abs(late - direct) < 0.02, `${late} instead of ${direct}`);
});

test("readings scatter by 10 ppm, in whole ppm, around the unit's own bias", () => {
  const probe = new AirProbe(new Random(5), fresh);
  const readings: number[] = [];
  for (let i = 0; i < 2000; i += 1) {
    probe.follow(fresh, 5);
    readings.push(probe.read(0).co2Ppm);
  }
  const mean = readings.reduce((sum, one) => sum + one, 0) / readings.length;
  const deviation = Math.sqrt(readings.reduce((sum, one) => sum + (one - mean) ** 2, 0) / readings.length);
  assert.ok(Math.abs(deviation - 10) < 1 && Math.abs(mean - 420) < 60);
  assert.ok(readings.every(Number.isInteger));
});

test("a sensor under the ceiling is reached earlier than one on the wall", () => {
  const wall = { x: 0.3, y: 1.75, z: 0.05 };
  const wallSeconds = transportSecondsTo(wall, officeSpace);
  const ceilingSeconds = transportSecondsTo({ ...wall, y: 2.5 }, officeSpace);
  assert.ok(Math.abs(wallSeconds - 17) < 1 && ceilingSeconds < 6, `${wallSeconds} and ${ceilingSeconds} s`);
});

test("what falls from the air is followed too, and steps of 5 s or of a tenth give the same", () => {
  const readAfter = (step: number) => {
    const probe = new AirProbe(new Random(1), { ...fresh, co2Ppm: 2000 }, { transportSeconds: 12 });
    for (let i = 0; i < 300 / step; i += 1) probe.follow(fresh, step);
    return probe.read(0).co2Ppm;
  };
  assert.ok(Math.abs(readAfter(5) - readAfter(0.1)) < 20);
  assert.ok(Math.abs(readAfter(5) - 420) < 100);
});

test("every unit errs by no more than its data sheet says, and by more the more CO2 there is", () => {
  const deviations: number[] = [];
  for (const co2Ppm of [420, 4000]) {
    const errors: number[] = [];
    for (let seed = 0; seed < 1500; seed += 1) {
      const air = { ...fresh, co2Ppm };
      const probe = new AirProbe(new Random(seed), air);
      const readings = Array.from({ length: 16 }, () => probe.read(0).co2Ppm);
      errors.push(readings.reduce((sum, one) => sum + one, 0) / readings.length - co2Ppm);
    }
    // Sixteen readings average the noise of 10 ppm to 2.5 ppm: five of that are allowed for it.
    const most = 50 + 0.025 * co2Ppm + 12.5;
    assert.ok(errors.every((error) => Math.abs(error) <= most));
    deviations.push(Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length));
  }
  assert.ok(deviations[0]! > 15 && deviations[0]! < 25, `${deviations[0]} ppm`);
  assert.ok(deviations[1]! > 1.6 * deviations[0]!, `${deviations[1]} ppm`);
});
