import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure } from "#core/failure.ts";
import type { MeasuredCo2 } from "./measured-co2.ts";
import { MeasuredSeries } from "./measured-series.ts";
import { refuseImplausibleCeiling } from "./plausible-ceiling.ts";
import { refuseImplausibleCo2 } from "./plausible-co2.ts";
import { plausibleHeatRelease } from "./plausible-heat-release.ts";

/** A series that stands at one value for 100 s, at another until 200 s. */
function step(before: number, after: number): MeasuredSeries {
  const readings = Array.from({ length: 201 }, (_, i) => [i, i < 100 ? before : after] as const);
  return new MeasuredSeries(readings, 'Column "X" of burn.csv');
}

const ignitionSeconds = 90;

function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof Failure && error.side === "input") return error.message;
    throw error;
  }
  return "";
}

function co2Refusal(before: number, after: number, reading: Pick<MeasuredCo2, "unit" | "counts">): string {
  return refusal(() => refuseImplausibleCo2({ series: step(before, after), ...reading }, ignitionSeconds));
}

test("CO2 in one unit that is given as another is refused, and the sentence names the unit that fits", () => {
  const cases = [
    [0, 4.3, "ppm", "rise", /as vol% rise it would fit/],
    [0, 0.043, "vol%", "rise", /as mol\/mol rise it would fit.*or the column in ppm/],
    [0, 0.0058, "vol%", "rise", /as mol\/mol rise/],
    [0, 4.3, "mol/mol", "rise", /that is 4,300,000 ppm.*as vol% rise/],
    [0, 5800, "vol%", "rise", /as ppm rise/],
    [0.042, 4.3, "ppm", "all", /holds 200 to 40,000 ppm, not 0\.042 ppm: as vol% it would fit/],
    [420, 43_000, "vol%", "all", /as ppm it would fit/],
    [0.0004, 0.043, "vol%", "all", /as mol\/mol it would fit/],
    [-0.02, 4.3, "vol%", "all", /as vol% rise it would fit/],
    [420, 9e9, "ppm", "all", /goes from 420 to 9,000,000,000 ppm.*no unit fits/],
    [0, -4.3, "vol%", "rise", /falls to -43,000 ppm.*no unit fits/],
  ] as const;
  for (const [before, after, unit, counts, pattern] of cases) {
    const text = co2Refusal(before, after, { unit, counts });
    assert.match(text, pattern);
    assert.ok(text.startsWith('Column "X" of burn.csv goes from '), text);
  }
});

test("CO2 as fires and rooms have it is taken, with a badly zeroed analyser too", () => {
  assert.equal(co2Refusal(-0.025, 2.42, { unit: "vol%", counts: "rise" }), "");
  assert.equal(co2Refusal(0.004, 0.58, { unit: "vol%", counts: "rise" }), "");
  assert.equal(co2Refusal(0, 0.067, { unit: "mol/mol", counts: "rise" }), "");
  assert.equal(co2Refusal(900, 1973, { unit: "ppm", counts: "all" }), "");
  assert.equal(co2Refusal(0, 300, { unit: "ppm", counts: "rise" }), "");
  assert.equal(co2Refusal(0.04, 8, { unit: "vol%", counts: "all" }), "");
});

function heatRefusal(after: number, unit: "unstated" | "kW" | "W" | "MW"): string {
  return refusal(() => plausibleHeatRelease(step(0, after), { unit, ignitionSeconds }));
}

test("the smallest and the largest measured fires, given in W or MW, are refused as kW, with the unit that fits", () => {
  for (const kilowatts of [8.5, 4000]) {
    assert.equal(heatRefusal(kilowatts, "unstated"), "");
    assert.match(heatRefusal(kilowatts * 1000, "unstated"), /in W it would fit.*FILE:COLUMN:W, or kW/);
    assert.match(heatRefusal(kilowatts / 1000, "unstated"), /in MW it would fit.*FILE:COLUMN:MW, or kW/);
  }
  assert.match(heatRefusal(300, "MW"), /peaks 300 MW .* in kW it would fit/);
  assert.match(
    heatRefusal(9e9, "unstated"),
    /peaks 9,000,000,000 kW over its start, at 100 s.* no other unit fits/,
  );
  assert.match(heatRefusal(-500, "unstated"), /falls to -500 kW at 100 s/);
  assert.match(heatRefusal(0, "kW"), /peaks 0 kW/);
});

test("a stated unit is believed where a fire can have it, and comes out in kW", () => {
  const series = plausibleHeatRelease(step(0, 2.5), { unit: "MW", ignitionSeconds });
  assert.equal(series.at(150), 2500);
  assert.equal(plausibleHeatRelease(step(0, 2), { unit: "kW", ignitionSeconds }).at(150), 2);
});

test("a ceiling in kelvin, and one hotter than any thermocouple, are refused", () => {
  const ceilingRefusal = (before: number, after: number) =>
    refusal(() => refuseImplausibleCeiling(step(before, after), ignitionSeconds));
  assert.equal(ceilingRefusal(39, 1254), "");
  assert.match(ceilingRefusal(295, 700), /goes from 295 to 700 °C, and begins with 295.*kelvin would fit/);
  assert.match(ceilingRefusal(20, 9e9), /mend the column/);
  assert.match(ceilingRefusal(20, -999), /goes from -999/);
});
