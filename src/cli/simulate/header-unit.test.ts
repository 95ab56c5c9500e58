import assert from "node:assert/strict";
import { test } from "node:test";
import { co2UnitOf, heatReleaseUnitOf, temperatureUnitOf } from "./header-unit.ts";

const head = (name: string, unitCell = "") => ({ path: "burn.csv", name, unitCell });

test("a header or a row of units names the unit of heat release, and a compass point is none", () => {
  for (const name of ["HRR(kW)", "HRR [ KW ]", "Heat Release Rate (actual) (kW)", "hrr_kw", "HRR kW"])
    assert.equal(heatReleaseUnitOf(head(name)), "kW", name);
  assert.equal(heatReleaseUnitOf(head("HRR (MW)")), "MW");
  assert.equal(heatReleaseUnitOf(head("HRR", "W")), "W");
  for (const name of ["HRR", "HRR W", "HRR (actual)", "Burner (W wall)", "kW"])
    assert.equal(heatReleaseUnitOf(head(name)), null, name);
});

test("a header names the unit of CO2, and a height or a place is none", () => {
  for (const name of ["CO2 (ppm)", "co2_ppm", "CO2 [µmol/mol]"])
    assert.equal(co2UnitOf(head(name)), "ppm", name);
  for (const name of ["CO2 (%)", "CO2 vol. %", "CO2 volume fraction (%)", "co2_pct", "CO2 (percent)"])
    assert.equal(co2UnitOf(head(name)), "vol%", name);
  for (const name of ["CO2 (mol/mol)", "CO2 mole fraction"])
    assert.equal(co2UnitOf(head(name)), "mol/mol", name);
  assert.equal(co2UnitOf(head("CO2", "Vol %")), "vol%");
  assert.equal(co2UnitOf(head("CO2 (mg/m3)")), "mg/m3");
  for (const name of [
    "CO2",
    "Bedroom 1 Carbon Dioxide 1.22 m Above Floor",
    "CO2-4",
    "CO2 (1.2 m)",
    "CO2 fraction",
  ])
    assert.equal(co2UnitOf(head(name)), null, name);
});

test("a header names the unit of temperature, and the letter of a thermocouple is none", () => {
  for (const name of ["Ceiling (°C)", "Ceiling [C]", "Ceiling °C", "Ceiling in degrees Celsius"])
    assert.equal(temperatureUnitOf(head(name)), "°C", name);
  for (const name of ["Ceiling (F)", "Ceiling °F", "Ceiling Fahrenheit"])
    assert.equal(temperatureUnitOf(head(name)), "°F", name);
  assert.equal(temperatureUnitOf(head("Ceiling", "K")), "K");
  assert.equal(temperatureUnitOf(head("Ceiling (deg K)")), "K");
  for (const name of ["Ceiling", "Ceiling F", "TC_K", "Ceiling (25 mm)"])
    assert.equal(temperatureUnitOf(head(name)), null, name);
});
