import assert from "node:assert/strict";
import { test } from "node:test";
import { secondOf } from "#support/feature-seconds.ts";
import type { Evidence } from "../alarm/evidence.ts";
import type { AirFeatures } from "../features/feature-second.ts";
import { defaultDetectionPolicy } from "./detection-policy.ts";
import { RuleDetector } from "./rule-detector.ts";

function breathe(seconds: number, air: (second: number) => Partial<AirFeatures>): Evidence[] {
  const detector = new RuleDetector(defaultDetectionPolicy);
  return Array.from({ length: seconds }, (_, second) =>
    detector.evaluate(secondOf({ second, regions: null, air: air(second) })),
  );
}

function firstSecond(evidence: readonly Evidence[], list: "prealarm" | "supervisory" | "gasHazard") {
  return evidence.findIndex((one) => one[list].length > 0);
}

function rising(ppmPerSecond: number): (second: number) => Partial<AirFeatures> {
  return (second) => ({ co2Ppm: 600 + ppmPerSecond * second, co2SlopePpmPerSecond: ppmPerSecond });
}

test("CO2 that rises by more than 10 ppm/s for 30 s is a prealarm that speaks of a hidden fire", () => {
  const evidence = breathe(60, rising(16));
  assert.equal(firstSecond(evidence, "prealarm"), 29);
  const [reason] = evidence[29]!.prealarm;
  assert.match(reason!.text, /Possible hidden fire/);
  assert.deepEqual(
    [reason!.code, reason!.value, reason!.limit, reason!.location],
    ["co2-rise", 16, 10, null],
  );
});

test("CO2 alone never raises FIRE", () => {
  for (const air of [rising(16), rising(900)])
    assert.ok(breathe(120, air).every((one) => one.alarm.length === 0));
});

test("people and a gas stove (1 ppm/s) raise nothing", () => {
  assert.equal(firstSecond(breathe(1200, rising(1)), "prealarm"), -1);
});

test("one step of CO2, which a slope over two minutes remembers, is no rise", () => {
  const evidence = breathe(160, (second) => {
    const sinceStep = second - 40;
    const share = sinceStep < 0 ? 0 : Math.min(1, sinceStep / 120);
    return {
      co2Ppm: sinceStep < 0 ? 600 : 1700,
      co2SlopePpmPerSecond: (6 * 1100 * share * (1 - share)) / 120,
    };
  });
  assert.equal(firstSecond(evidence, "prealarm"), -1);
});

test("the rise ends when the slope has fallen below its hysteresis", () => {
  const evidence = breathe(80, (second) => {
    const co2SlopePpmPerSecond = second < 40 ? 16 : second < 60 ? 7 : 3;
    return { co2Ppm: 600 + 16 * second, co2SlopePpmPerSecond };
  });
  assert.equal(evidence[59]!.prealarm.length, 1);
  assert.equal(evidence[60]!.prealarm.length, 0);
});

test("an absent reading holds the rise and the levels", () => {
  const absent = { co2Ppm: Number.NaN, co2SlopePpmPerSecond: Number.NaN };
  const held = breathe(60, (second) => (second >= 10 && second < 20 ? absent : rising(16)(second)));
  assert.equal(firstSecond(held, "prealarm"), 39);
  const level = breathe(60, (second) => (second < 20 ? { co2Ppm: 6000 } : absent));
  assert.equal(level.at(-1)!.supervisory.length, 1);
  assert.equal(level.at(-1)!.airPresent, false);
});

test("5,000 ppm for two readings is supervisory, and ends below 4,500", () => {
  const evidence = breathe(60, (second) => ({ co2Ppm: second < 30 ? 5000 : second < 45 ? 4600 : 4499 }));
  assert.equal(firstSecond(evidence, "supervisory"), 9);
  assert.equal(evidence[44]!.supervisory.length, 1);
  assert.equal(evidence[45]!.supervisory.length, 0);
  assert.ok(evidence.every((one) => one.gasHazard.length === 0));
});

test("30,000 ppm is a gas hazard, do not enter, and ends below 27,000", () => {
  const evidence = breathe(60, (second) => ({
    co2Ppm: second < 30 ? 31_000 : second < 45 ? 28_000 : 26_000,
  }));
  assert.equal(firstSecond(evidence, "gasHazard"), 9);
  assert.match(evidence[9]!.gasHazard[0]!.text, /Do not enter/);
  assert.equal(evidence[44]!.gasHazard.length, 1);
  assert.equal(evidence[45]!.gasHazard.length, 0);
  assert.equal(evidence[45]!.supervisory.length, 1);
});

test("a hot thing alarms sooner and at lower limits while CO2 rises", () => {
  const detector = new RuleDetector(defaultDetectionPolicy);
  const seconds = Array.from({ length: 15 }, (_, second) =>
    detector.evaluate(
      secondOf({ second, regions: [{ r_peak: 110 }], air: { co2Ppm: 900, co2SlopePpmPerSecond: 4 } }),
    ),
  );
  const first = seconds.findIndex((one) => one.alarm.length > 0);
  assert.equal(first, 9);
  assert.match(seconds[first]!.alarm[0]!.text, /while CO2 rises/);
});

test("reasons tell CO2 in whole ppm, whatever a recording's digits", () => {
  const level = breathe(20, () => ({ co2Ppm: 8_120.000000000001 })).at(-1)!.supervisory[0]!;
  assert.match(level.text, /CO2 stands at 8120 ppm, the limit is 5000 ppm/);
  const hazard = breathe(20, () => ({ co2Ppm: 30_820.4 })).at(-1)!.gasHazard[0]!;
  assert.match(hazard.text, /CO2 stands at 30820 ppm,/);
  const rise = breathe(60, (second) => ({ ...rising(16)(second), co2Ppm: 600.04 + 16 * second })).at(-1)!;
  assert.match(rise.prealarm[0]!.text, /stands at 1544 ppm\./);
});
