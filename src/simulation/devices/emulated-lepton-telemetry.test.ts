import assert from "node:assert/strict";
import { test } from "node:test";
import { bootedHost, flatScene, type LeptonHost } from "#support/lepton-host.ts";
import { encodeLeptonStatus, type LeptonStatus, writeLeptonTelemetry } from "./emulated-lepton-telemetry.ts";

const quiet: LeptonStatus = {
  ffcState: "never",
  isFfcDesired: false,
  isAgcEnabled: false,
  isLockedOut: false,
  isOverTemperature: false,
};

function long(words: Uint16Array, at: number): number {
  return words[at]! + words[at + 1]! * 65_536;
}

function telemetryOf(host: LeptonHost): Uint16Array {
  const frame = host.frames(400).at(-1);
  assert.ok(frame !== undefined && frame.telemetry.length === 320);
  return frame.telemetry;
}

test("status bits are those of the worked examples", () => {
  const status = (change: Partial<LeptonStatus>, revision = 14) =>
    encodeLeptonStatus({ ...quiet, ...change }, revision);
  assert.equal(status({}), 0x0000_0000);
  assert.equal(status({ ffcState: "complete" }), 0x0000_0030);
  assert.equal(status({ ffcState: "imminent" }), 0x0000_0010);
  assert.equal(status({ ffcState: "in-progress", isFfcDesired: true }), 0x0000_0028);
  assert.equal(status({ ffcState: "complete", isOverTemperature: true }), 0x0010_0030);
  assert.equal(status({ isAgcEnabled: true }), 0x0000_1000);
  assert.equal(status({ isLockedOut: true }), 0x0000_8000);
  assert.equal(status({ ffcState: "in-progress" }, 8), 0x0000_0010);
  assert.equal(status({ ffcState: "complete" }, 8), 0x0000_0020);
});

test("row A holds uptime, status, temperatures and the last correction, least significant word first", () => {
  const host = bootedHost({
    temperatures: () => ({ fpaKelvin: 303.15, housingKelvin: 301.5 }),
    scene: () => flatScene(26.85),
    poweredForMs: 299_000 - 2_500,
    serialNumber: 0x1234_8a08_6110,
  });
  host.enableTelemetry();
  const words = telemetryOf(host);
  const uptimeMs = long(words, 1);
  assert.ok(uptimeMs > 299_000 && uptimeMs < 300_000, `${uptimeMs} ms`);
  assert.deepEqual([...words.subarray(3, 5)], [0x0030, 0x0000]);
  assert.deepEqual([...words.subarray(5, 9)], [0x6110, 0x8a08, 0x1234, 0]);
  assert.equal(words[22], 30_000, "mean");
  assert.equal(words[24], 0x766b, "detector");
  assert.equal(words[26], 30_150, "housing");
  assert.equal(words[29], 0x766b, "detector at the last correction");
  assert.ok(Math.abs(long(words, 30) - (950 + 868 + 180_000 + 868)) <= 1, `${long(words, 30)} ms`);
  assert.equal(words[32], 30_150);
  assert.deepEqual([...words.subarray(34, 38)], [0, 0, 119, 159]);
  assert.equal(long(words, 72), 7);
  assert.equal(words[74], 3);
});

test("values of 32 bits are the words of the worked examples", () => {
  const area = { left: 0, top: 0, right: 159, bottom: 119 };
  const words = new Uint16Array(400);
  writeLeptonTelemetry(words, 80, {
    revision: 14,
    uptimeMs: 300_000.7,
    status: { ...quiet, ffcState: "complete", isOverTemperature: true },
    serialNumber: [],
    softwareRevision: [],
    frameCounter: 65_538,
    frameMean: 0,
    fpaCounts: 0,
    fpaCentikelvin: 30_315,
    housingCounts: 0,
    housingCentikelvin: 0,
    lastFfc: { uptimeMs: 90_000, fpaCentikelvin: 0, housingCentikelvin: 0 },
    agcArea: area,
    agcClip: { high: 0, low: 0 },
    outputFormat: 7,
    ffcFramesLog2: 3,
    flux: [],
    gain: { mode: 0, effective: 0, isSwitchDesired: false, object: [] },
    linear: null,
  });
  assert.ok(words.subarray(0, 80).every((word) => word === 0));
  const row = words.subarray(80);
  assert.deepEqual([...row.subarray(1, 5)], [0x93e0, 0x0004, 0x0030, 0x0010]);
  assert.deepEqual([...row.subarray(20, 22)], [2, 1]);
  assert.equal(row[24], 0x766b);
  assert.deepEqual([...row.subarray(30, 32)], [0x5f90, 0x0001]);
});

test("rows B and C hold flux parameters, gain, TLinear and spotmeter", () => {
  const host = bootedHost({ scene: () => flatScene(20) });
  host.enableTelemetry();
  assert.equal(host.set(0x4ebc, 8000, 29_000, 8100, 29_100, 8050, 29_200, 10, 29_300), 0);
  const words = telemetryOf(host);
  assert.deepEqual(
    [...words.subarray(80 + 19, 80 + 27)],
    [8000, 29_000, 8050, 29_200, 8100, 10, 29_100, 29_300],
  );
  const c = words.subarray(160, 240);
  assert.deepEqual([...c.subarray(5, 12)], [0, 0, 0, 115, 85, 388, 358]);
  assert.deepEqual([...c.subarray(14, 16)], [25, 90]);
  assert.deepEqual([...c.subarray(22, 26)], [0, 0, 119, 159]);
  assert.deepEqual([...c.subarray(48, 58)], [1, 1, 0x7283, 0x7283, 0x7283, 4, 59, 79, 60, 80]);
  assert.ok(
    words.subarray(240).every((word) => word === 0),
    "the fourth row is reserved",
  );
});

test("the frame counter goes up by one with each unique picture", () => {
  const host = bootedHost();
  host.enableTelemetry();
  const counters = host.frames(1_500).map(({ telemetry }) => long(telemetry, 20));
  assert.ok(counters.length >= 12);
  counters.forEach((counter, i) => {
    assert.equal(counter, counters[0]! + i);
  });
});

test("with telemetry a segment has 61 packets; as a header it comes before the picture", () => {
  const host = bootedHost({ scene: () => flatScene(20) });
  host.enableTelemetry();
  const [segment] = host.segments(50);
  assert.equal(segment!.packets.length, 61);
  assert.equal(host.set(0x021c, 0, 0), 0);
  host.idle();
  const [frame] = host.frames(400);
  assert.equal(long(frame!.pixels, 72), 7, "row A comes first");
  assert.ok(frame!.pixels.subarray(320).every((word) => word === 29_315));
  assert.ok(frame!.telemetry.every((word) => word === 29_315));
});

test("turning telemetry on loses synchronisation", () => {
  const host = bootedHost();
  assert.ok(host.segments(100).length > 0);
  assert.equal(host.set(0x0218, 1, 0), 0);
  assert.equal(host.segments(300).length, 0);
});
