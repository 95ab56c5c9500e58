import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { drawPixels } from "#support/drawn-frame.ts";
import { FrameStatistics } from "./frame-statistics.ts";

const size = { width: 160, height: 120 };

function near(actual: number, expected: number, tolerance = 1e-9): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
}

function measured(pixels: Uint16Array, excluded: Uint8Array | null = null): FrameStatistics {
  const statistics = new FrameStatistics(size);
  statistics.measure({ centikelvin: pixels, previous: null, excluded });
  return statistics;
}

test("a uniform picture has its temperature everywhere and exactly no deviation", () => {
  const s = measured(drawPixels(() => 21.37, size));
  assert.equal(s.meanCelsius, 21.37);
  assert.equal(s.stdKelvin, 0);
  assert.equal(s.maxCelsius, 21.37);
  assert.equal(s.p95Celsius, 21.37);
  assert.equal(s.medianCelsius, 21.37);
  assert.equal(s.proxyCelsius, 21.37);
  assert.equal(s.hotPixels, 0);
});

test("a ramp has the closed forms of the discrete uniform distribution", () => {
  const s = measured(drawPixels((x) => 20 + 0.1 * x, size));
  near(s.meanCelsius, 20 + 0.1 * 79.5);
  near(s.stdKelvin, 0.1 * Math.sqrt((160 ** 2 - 1) / 12));
  near(s.maxCelsius, 35.9);
  near(s.medianCelsius, 20 + 0.1 * 79.5);
  // Rank 0.95 · 19,199 = 18,239.05 lies between the last pixel of column 151 and the first of column 152.
  near(s.p95Celsius, 35.1 + 0.05 * 0.1, 1e-6);
  near(s.proxyCelsius, 35.9);
});

test("the hot-spot proxy is the mean of the four hottest pixels", () => {
  const pixels = drawPixels(() => 20, size);
  [100, 90, 80, 70, 60].forEach((celsius, i) => {
    pixels[i * 777] = 27_315 + 100 * celsius;
  });
  near(measured(pixels).proxyCelsius, 85);
});

test("hot means at least 40 °C and 8 K above the median", () => {
  const row = [39.99, 40, 45, 60];
  const in20 = measured(drawPixels((x, y) => (y === 0 ? row[x % 4]! : 20), size));
  assert.equal(in20.hotPixels, 120);
  const in35 = measured(drawPixels((x, y) => (y === 0 ? [42.99, 43, 45, 60][x % 4]! : 35), size));
  assert.equal(in35.hotPixels, 120);
});

test("a saturated picture is wholly hot, because 80 °C is hot whatever the median", () => {
  assert.equal(measured(new Uint16Array(19_200).fill(65_535)).hotPixels, 19_200);
  assert.equal(measured(drawPixels(() => 80, size)).hotPixels, 19_200);
  assert.equal(measured(drawPixels(() => 79.99, size)).hotPixels, 0);
});

test("a hot object under 5 % of the picture lifts the mean above the 95th percentile", () => {
  const s = measured(drawPixels((x, y) => (x < 28 && y < 30 ? 300 : 20), size));
  assert.equal(s.p95Celsius, 20);
  assert.ok(s.meanCelsius > s.p95Celsius && s.meanCelsius < s.maxCelsius);
});

test("excluded pixels leave every statistic", () => {
  const pixels = drawPixels((x) => (x < 80 ? 20 : 200), size);
  const excluded = Uint8Array.from(pixels, (_, i) => (i % 160 < 80 ? 0 : 1));
  const s = measured(pixels, excluded);
  assert.equal(s.pixels, 9_600);
  assert.equal(s.maxCelsius, 20);
  assert.equal(s.stdKelvin, 0);
  assert.equal(s.hotPixels, 0);
});

test("with every pixel excluded everything is absent, and the next picture is measured afresh", () => {
  const s = new FrameStatistics(size);
  const pixels = drawPixels(() => 20, size);
  s.measure({ centikelvin: pixels, previous: pixels, excluded: new Uint8Array(pixels.length).fill(1) });
  for (const value of [
    s.meanCelsius,
    s.stdKelvin,
    s.maxCelsius,
    s.medianCelsius,
    s.p95Celsius,
    s.proxyCelsius,
    s.differenceMeanKelvin,
    s.differenceStdKelvin,
  ])
    assert.ok(Number.isNaN(value));
  s.measure({ centikelvin: pixels, previous: null, excluded: null });
  assert.equal(s.meanCelsius, 20);
});

test("order statistics agree with sorting on any values, also when measured one after the other", () => {
  const s = new FrameStatistics({ width: 30, height: 2 });
  const pixel = fc.integer({ min: 0, max: 65_535 });
  fc.assert(
    fc.property(fc.array(pixel, { minLength: 60, maxLength: 60 }), (values) => {
      s.measure({ centikelvin: Uint16Array.from(values), previous: null, excluded: null });
      const sorted = values.toSorted((a, b) => a - b).map((v) => (v - 27_315) / 100);
      const quantile = (share: number) => {
        const rank = share * (sorted.length - 1);
        const lower = sorted[Math.floor(rank)]!;
        return lower + (rank % 1) * ((sorted[Math.floor(rank) + 1] ?? lower) - lower);
      };
      near(s.p95Celsius, quantile(0.95), 1e-6);
      near(s.medianCelsius, quantile(0.5), 1e-6);
      assert.equal(s.maxCelsius, sorted.at(-1));
      const four = sorted.slice(-4);
      near(s.proxyCelsius, four.reduce((a, b) => a + b) / four.length, 1e-6);
      assert.equal(s.pixelsFrom(41_315), sorted.filter((v) => v >= 140).length);
    }),
  );
});

test("the difference has the mean and the deviation of its absolute values, and none without a picture before", () => {
  const s = new FrameStatistics(size);
  const before = drawPixels(() => 20, size);
  // Half the pixels 1 K warmer, a quarter 2 K colder: absolute values 1, 1, 2, 0, of mean 1 and variance 0.5.
  const after = drawPixels((x) => 20 + [1, 1, -2, 0][x % 4]!, size);
  s.measure({ centikelvin: after, previous: before, excluded: null });
  near(s.differenceMeanKelvin, 1);
  near(s.differenceStdKelvin, Math.SQRT1_2);
  const excluded = Uint8Array.from(after, (_, i) => (i % 4 === 2 ? 1 : 0));
  s.measure({ centikelvin: after, previous: before, excluded });
  near(s.differenceMeanKelvin, 2 / 3);
  s.measure({ centikelvin: after, previous: null, excluded: null });
  assert.ok(Number.isNaN(s.differenceMeanKelvin) && Number.isNaN(s.differenceStdKelvin));
});

test("each row has its largest value, excluded pixels left out", () => {
  const pixels = drawPixels((x, y) => (x === 5 ? 100 : 20) + y / 10, size);
  const excluded = Uint8Array.from(pixels, (_, i) => (i % 160 === 5 || i < 160 ? 1 : 0));
  const [open, masked] = [measured(pixels), measured(pixels, excluded)];
  assert.equal(open.rowHighest[30], 27_315 + 10_300);
  assert.equal(masked.rowHighest[30], 27_315 + 2_300);
  assert.equal(masked.rowHighest[0], 0);
});
