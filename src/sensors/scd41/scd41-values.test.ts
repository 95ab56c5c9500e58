import assert from "node:assert/strict";
import { test } from "node:test";
import { scd41Commands } from "./scd41-commands.ts";
import { checkScd41Settings, defaultScd41Settings, scd41PeriodSeconds } from "./scd41-settings.ts";
import { isDataReady, recalibrationCorrectionPpm, scd4xVariant, toAirSample } from "./scd41-values.ts";

test("a measurement is the data sheet's example: 500 ppm, 25 °C, 37 %", () => {
  const sample = toAirSample([0x01f4, 0x6667, 0x5eb9], 7);
  assert.equal(sample.sampledAtMicros, 7);
  assert.equal(sample.co2Ppm, 500);
  assert.equal(sample.temperatureCelsius.toFixed(1), "25.0");
  assert.equal(sample.humidityPercent.toFixed(1), "37.0");
});

test("a CO2 of 0 is no CO2", () => {
  assert.ok(Number.isNaN(toAirSample([0, 0x6667, 0x5eb9], 7).co2Ppm));
});

test("a measurement waits when any of the low eleven bits is set", () => {
  assert.equal(isDataReady(0x8000), false);
  assert.equal(isDataReady(0xf800), false);
  assert.equal(isDataReady(0x8001), true);
  assert.equal(isDataReady(0x0400), true);
});

test("a recalibration's result is the data sheet's example, and 0xFFFF is a failure", () => {
  assert.equal(recalibrationCorrectionPpm(0x7fce), -50);
  assert.equal(recalibrationCorrectionPpm(0xffff), null);
});

test("the variant stands in the high four bits", () => {
  assert.deepEqual([0x0440, 0x1440, 0x2000, 0x5441, 0x9000].map(scd4xVariant), [
    "SCD40",
    "SCD41",
    "SCD42",
    "SCD43",
    "unknown",
  ]);
});

test("while it measures only reading, data-ready, stop, pressure and wake-up are taken", () => {
  const always = Object.values(scd41Commands).filter(({ allowed }) => allowed === "always");
  assert.deepEqual(always.map(({ code }) => code).sort(), [0x36f6, 0x3f86, 0xe000, 0xe000, 0xe4b8, 0xec05]);
});

test("settings outside of what the chip takes are refused with their range", () => {
  assert.throws(() => checkScd41Settings({ ...defaultScd41Settings, altitudeMetres: 4_000 }), /0 to 3000 m/);
  assert.throws(() => checkScd41Settings({ ...defaultScd41Settings, singleShotSeconds: Number.NaN }));
  checkScd41Settings(defaultScd41Settings);
  assert.equal(scd41PeriodSeconds({ ...defaultScd41Settings, mode: "low-power-periodic" }), 30);
});
