import assert from "node:assert/strict";
import test from "node:test";
import { Random } from "../random.ts";
import { microsPerSecond } from "../time.ts";
import { FlickerFilter } from "./region-flicker.ts";

/** 8.7 Hz with the jitter of a real camera, ±20 ms. */
function frameTimes(seconds: number, seed: number): number[] {
  const random = new Random(seed);
  const times: number[] = [];
  for (let t = 0.02; t < seconds; t += 1 / 8.7) times.push(t + random.between(-0.02, 0.02));
  return times;
}

function flickerOf(times: readonly number[], value: (seconds: number) => number): number {
  const filter = new FlickerFilter();
  const [share] = filter.measure({
    count: times.length,
    atMicros: Float64Array.from(times, (t) => Math.round(1e15 + t * microsPerSecond)),
    values: [Float64Array.from(times, value)],
  });
  return share!;
}

const wave = (hertz: number, amplitude: number) => (t: number) =>
  50 + amplitude * Math.sin(2 * Math.PI * hertz * t + 1);

test("a sine within the band gives its amplitude over √2 and over the mean", () => {
  for (const hertz of [1.5, 2, 3, 3.9])
    for (const seed of [1, 2, 3]) {
      const expected = 10 / Math.SQRT2 / 50;
      const measured = flickerOf(frameTimes(4, seed), wave(hertz, 10));
      assert.ok(
        Math.abs(measured / expected - 1) < 0.1,
        `${hertz} Hz, seed ${seed}: ${measured}, not ${expected}`,
      );
    }
});

test("constant, drift and waves slower than the band give nothing", () => {
  const times = frameTimes(4, 4);
  assert.ok(flickerOf(times, () => 50) < 1e-9);
  assert.ok(flickerOf(times, (t) => 50 + 10 * t) < 1e-6);
  for (const hertz of [0.25, 0.5]) assert.ok(flickerOf(times, wave(hertz, 10)) < 0.01, `${hertz} Hz`);
});

test("a gap of an FFC's length within the window does not turn drift into flicker", () => {
  const times = frameTimes(4, 5).filter((t) => t < 1.5 || t > 2.7);
  assert.ok(flickerOf(times, (t) => 50 + 10 * t) < 1e-6);
  const expected = 10 / Math.SQRT2 / 50;
  assert.ok(Math.abs(flickerOf(times, wave(3, 10)) / expected - 1) < 0.2);
});

test("white noise gives the share of its rms that lies within the band", () => {
  const random = new Random(6);
  let sum = 0;
  const runs = 50;
  for (let i = 0; i < runs; i += 1)
    sum += flickerOf(frameTimes(4, i), () => 50 + random.normal()) ** 2 / runs;
  const bandShare = (4.35 - 1) / 4.35;
  assert.ok(Math.abs(Math.sqrt(sum) / (Math.sqrt(bandShare) / 50) - 1) < 0.1);
});

test("less than 60 % of the frames, or of the time, is absent", () => {
  const steady = (times: readonly number[]) => flickerOf(times, wave(3, 10));
  assert.ok(Number.isNaN(steady([])));
  assert.ok(Number.isNaN(steady([1])));
  assert.ok(Number.isNaN(steady(frameTimes(4, 7).slice(0, 20))));
  assert.ok(Number.isNaN(steady(Array.from({ length: 40 }, (_, i) => i * 0.05))));
  assert.ok(Number.isFinite(steady(frameTimes(2.6, 7))));
});

test("a mean that is not positive is absent", () => {
  assert.ok(Number.isNaN(flickerOf(frameTimes(4, 8), () => 0)));
});

test("frames at one and the same time give no infinity", () => {
  const doubled = frameTimes(4, 9).flatMap((t) => [t, t]);
  assert.ok(Number.isFinite(flickerOf(doubled, wave(3, 10))));
});
