import assert from "node:assert/strict";
import { test } from "node:test";
import { bootedHost, flatScene, type HostFrame, type LeptonHost } from "#support/lepton-host.ts";

const hotCelsius = 130;

/** So many percent of the picture at `hotCelsius`, from the top. */
function partlyHot(percent: number): Uint16Array {
  return flatScene(20).fill(hotCelsius * 100 + 27_315, 0, (19_200 * percent) / 100);
}

function rowC({ telemetry }: HostFrame, word: number): number {
  return telemetry[160 + word]!;
}

function gains(host: LeptonHost, ms: number): number[] {
  return host.frames(ms).map((frame) => rowC(frame, 6));
}

function hostOf(scene: () => ArrayLike<number>): LeptonHost {
  const host = bootedHost({ scene });
  host.enableTelemetry();
  return host;
}

test("high gain ends at 45,450 counts, low gain at 450 °C", () => {
  const scene = flatScene(20);
  const seen = Array.from(scene);
  seen[0] = 41_315;
  seen[1] = 50_000;
  seen[2] = 90_000;
  const host = hostOf(() => seen);
  assert.deepEqual([...host.frames(300)[0]!.pixels.subarray(0, 4)], [41_315, 45_450, 45_450, 29_315]);
  assert.equal(host.set(0x0248, 1, 0), 0);
  host.clock.advanceMs(1_000);
  assert.deepEqual([...host.frames(300)[0]!.pixels.subarray(0, 4)], [41_315, 50_000, 65_535, 29_315]);
  assert.equal(host.set(0x4ec4, 0, 0), 0);
  host.idle();
  const [frame] = host.frames(300);
  assert.deepEqual([...frame!.pixels.subarray(0, 4)], [4_132, 5_000, 7_232, 2_932]);
  assert.equal(rowC(frame!, 49), 0);
  assert.equal(rowC(frame!, 50), 2_932, "the spotmeter has the same resolution");
});

test("automatic gain goes low when more than a quarter is above 388 K, and a correction makes the change", () => {
  const host = hostOf(() => partlyHot(26));
  assert.equal(host.set(0x0248, 2, 0), 0);
  const frames = host.frames(2_000);
  const change = frames.findIndex((frame) => rowC(frame, 6) === 1);
  assert.ok(change > 0);
  assert.ok(frames.slice(change).every((frame) => rowC(frame, 6) === 1));
  const states = frames.slice(0, change).map(({ telemetry }) => (telemetry[3]! >> 4) & 0b11);
  assert.ok(states.filter((state) => state === 0b10).length >= 7, "the shutter was closed before");
  assert.equal(rowC(frames[0]!, 5), 2);
});

test("a quarter is not enough", () => {
  const host = hostOf(() => partlyHot(25));
  assert.equal(host.set(0x0248, 2, 0), 0);
  assert.ok(gains(host, 2_500).every((gain) => gain === 0));
});

test("automatic gain comes back when more than nine tenths are below 358 K", () => {
  let percent = 40;
  const host = hostOf(() => partlyHot(percent));
  assert.equal(host.set(0x0248, 2, 0), 0);
  assert.equal(gains(host, 2_000).at(-1), 1);
  percent = 10;
  assert.equal(gains(host, 2_000).at(-1), 1);
  percent = 9;
  assert.equal(gains(host, 2_000).at(-1), 0);
});

test("with automatic resolution, counts are 0.01 K in high gain and 0.1 K in low, each with its telemetry", () => {
  const host = hostOf(() => partlyHot(40));
  assert.equal(host.set(0x4ec8, 1, 0), 0);
  assert.equal(host.set(0x0248, 2, 0), 0);
  const frames = host.frames(2_500);
  for (const frame of frames) {
    const isLow = rowC(frame, 6) === 1;
    assert.equal(rowC(frame, 49), isLow ? 0 : 1);
    assert.equal(frame.pixels[19_199], isLow ? 2_932 : 29_315);
  }
  assert.equal(rowC(frames.at(-1)!, 6), 1);
});

test("with manual corrections, automatic gain waits for one and says so", () => {
  const host = hostOf(() => partlyHot(40));
  const object = host.get(0x023c, 16);
  object[0] = 0;
  assert.equal(host.set(0x023c, ...object), 0);
  assert.equal(host.set(0x0248, 2, 0), 0);
  const waiting = host.frames(3_000).at(-1)!;
  assert.deepEqual([rowC(waiting, 6), rowC(waiting, 7)], [0, 1]);
  assert.equal(waiting.telemetry[3]! & 0x08, 0x08, "a correction is desired");
  assert.equal(host.run(0x0240), 0);
  const changed = host.frames(1_500).at(-1)!;
  assert.deepEqual([rowC(changed, 6), rowC(changed, 7)], [1, 0]);
  assert.equal(changed.telemetry[3]! & 0x08, 0);
});

test("a change ordered while corrections are manual is off until one is made", () => {
  const host = hostOf(() => flatScene(20));
  const object = host.get(0x023c, 16);
  object[0] = 0;
  assert.equal(host.set(0x023c, ...object), 0);
  assert.equal(host.set(0x0248, 1, 0), 0);
  const before = host.frames(400).at(-1)!;
  assert.equal(before.pixels[0], 29_715);
  assert.equal(before.telemetry[3]! & 0x08, 0x08);
  assert.equal(host.run(0x0240), 0);
  assert.equal(host.frames(1_500).at(-1)!.pixels[0], 29_315);
});

test("without TLinear there are raw counts of 14 bits, 4096 at the camera's own temperature", () => {
  const host = bootedHost({
    scene: () => flatScene(26.85).fill(45_000, 1, 2).fill(20_000, 2, 3),
    temperatures: () => ({ fpaKelvin: 301, housingKelvin: 300 }),
  });
  host.enableTelemetry();
  assert.equal(host.set(0x4ec0, 0, 0), 0);
  const [own, hot, cold] = host.frames(400).at(-1)!.pixels;
  assert.equal(own, 4_096);
  assert.ok(hot! > own! && hot! < 16_384);
  assert.ok(cold! < own!);
});

test("with AGC there are 8 bits", () => {
  const host = hostOf(() => partlyHot(50));
  assert.equal(host.set(0x0100, 1, 0), 0);
  const frame = host.frames(400).at(-1)!;
  assert.deepEqual([frame.pixels[0], frame.pixels[19_199]], [255, 0]);
  assert.equal(frame.telemetry[3]! & 0x1000, 0x1000);
});
