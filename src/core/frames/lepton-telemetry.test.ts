import assert from "node:assert/strict";
import { test } from "node:test";
import { looksLikeTelemetry, parseLeptonTelemetry, telemetryFrameCounter } from "./lepton-telemetry.ts";

function telemetry(set: Readonly<Record<number, number>>): Uint16Array {
  const words = new Uint16Array(240);
  for (const [at, value] of Object.entries(set)) words[Number(at)] = value;
  return words;
}

test("status bits are read as in the worked examples of the data sheet facts", () => {
  const status = (value: number) => parseLeptonTelemetry(telemetry({ 3: value & 0xffff, 4: value >>> 16 }));
  assert.equal(status(0x0000_0000).ffcState, "never");
  assert.equal(status(0x0000_0030).ffcState, "complete");
  assert.equal(status(0x0000_0010).ffcState, "imminent");
  assert.equal(status(0x0000_0028).ffcState, "in-progress");
  assert.equal(status(0x0000_0028).ffcDesired, true);
  assert.equal(status(0x0000_0030).ffcDesired, false);
  const hot = parseLeptonTelemetry(telemetry({ 3: 0x0030, 4: 0x0010 }));
  assert.equal(hot.ffcState, "complete");
  assert.equal(hot.overTemperature, true);
  assert.equal(status(0x0000_1000).agcEnabled, true);
  assert.equal(status(0x0000_8000).shutterLockout, true);
  assert.equal(status(0x0000_0030).shutterLockout, false);
});

test("32-bit fields come least-significant word first", () => {
  const read = parseLeptonTelemetry(telemetry({ 1: 0x93e0, 2: 0x0004, 30: 0x5f90, 31: 0x0001 }));
  assert.equal(read.uptimeMs, 300_000);
  assert.equal(read.lastFfcUptimeMs, 90_000);
  assert.equal(telemetryFrameCounter(telemetry({ 20: 2, 21: 1 })), 65_538);
});

test("telemetry looks like telemetry also after the camera's 32-bit milliseconds began anew", () => {
  const fields = { 72: 7, 208: 1, 209: 1 };
  const beganAnew = { 1: 500, 2: 0, 30: 0xfff0, 31: 0xffff };
  assert.equal(looksLikeTelemetry(telemetry({ ...fields, ...beganAnew })), true);
});

test("temperatures are hundredths of a kelvin, and 0 is absent", () => {
  const read = parseLeptonTelemetry(telemetry({ 24: 0x766b, 26: 30_000, 29: 0 }));
  assert.equal(read.fpaTemperatureKelvin, 303.15);
  assert.equal(read.housingTemperatureKelvin, 300);
  assert.equal(read.fpaTemperatureAtLastFfcKelvin, null);
});

test("TLinear and gain come from row C", () => {
  const on = parseLeptonTelemetry(telemetry({ 208: 1, 209: 1, 165: 2, 166: 1 }));
  assert.equal(on.tLinearEnabled, true);
  assert.equal(on.tLinearResolutionKelvin, 0.01);
  assert.equal(on.effectiveGain, "low");
  const off = parseLeptonTelemetry(telemetry({ 165: 0, 166: 1 }));
  assert.equal(off.tLinearEnabled, false);
  assert.equal(off.tLinearResolutionKelvin, 0.1);
  assert.equal(off.effectiveGain, "high");
  assert.equal(parseLeptonTelemetry(telemetry({ 165: 7 })).effectiveGain, null);
});

test("telemetry revision 8 knows no imminent state", () => {
  assert.equal(parseLeptonTelemetry(telemetry({ 0: 8, 3: 0x10 })).ffcState, "in-progress");
  assert.equal(parseLeptonTelemetry(telemetry({ 0: 8, 3: 0x20 })).ffcState, "complete");
  assert.equal(parseLeptonTelemetry(telemetry({ 0: 14, 3: 0x20 })).ffcState, "in-progress");
});

test("the serial number is hexadecimal, most significant word first, and absent when empty", () => {
  assert.equal(
    parseLeptonTelemetry(telemetry({ 5: 0x6110, 6: 0x8a08 })).serialNumber,
    "000000000000000000000000" + "8a086110",
  );
  assert.equal(parseLeptonTelemetry(telemetry({})).serialNumber, null);
});

test("the words are kept as a copy", () => {
  const words = telemetry({ 1: 5 });
  const read = parseLeptonTelemetry(words);
  words[1] = 6;
  assert.equal(read.words?.[1], 5);
  assert.equal(read.words?.length, 240);
});

test("pixels are not taken for telemetry", () => {
  assert.equal(looksLikeTelemetry(telemetry({ 72: 7, 208: 1, 209: 1 })), true);
  assert.equal(looksLikeTelemetry(new Uint16Array(240).fill(29_500)), false);
  assert.equal(looksLikeTelemetry(telemetry({})), false);
});
