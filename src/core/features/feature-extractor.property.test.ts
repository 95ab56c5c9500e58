import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { drawFrame } from "#support/drawn-frame.ts";
import { feature, featureRun } from "#support/feature-run.ts";
import { Random } from "../random.ts";
import { regionFeatureNames } from "./feature-schema.ts";
import type { FeatureSecond } from "./feature-second.ts";

const width = 24;
const height = 20;
const pixels = width * height;

/** One thing that reaches the extractor. */
type Step =
  | {
      readonly kind: "frame";
      readonly gapMicros: number;
      readonly skips: number;
      readonly seed: number;
      readonly level: number;
    }
  | { readonly kind: "ffc"; readonly gapMicros: number }
  | { readonly kind: "late"; readonly backMicros: number }
  | { readonly kind: "air"; readonly gapMicros: number; readonly co2Ppm: number }
  | { readonly kind: "tick"; readonly gapMicros: number }
  | { readonly kind: "map"; readonly seed: number };

const gap = fc.integer({ min: 1, max: 1_500_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("frame" as const),
      gapMicros: fc.integer({ min: 1, max: 600_000 }),
      skips: fc.integer({ min: 0, max: 1 }),
      seed: fc.integer({ min: 0, max: 1_000 }),
      level: fc.integer({ min: 0, max: 65_535 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("ffc" as const), gapMicros: gap }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("late" as const),
      backMicros: fc.integer({ min: 0, max: 3_000_000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("air" as const),
      gapMicros: gap,
      co2Ppm: fc.oneof(fc.double(), fc.integer({ min: 400, max: 40_000 })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("tick" as const), gapMicros: gap }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("map" as const), seed: fc.integer({ min: 0, max: 50 }) }),
  },
);

const life = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 60 }),
  maskSeed: fc.option(fc.integer({ min: 0, max: 50 })),
});

/** Pixels of many kinds: flat, noisy, full range, with a hot rectangle. */
function pixelsOf(seed: number, level: number): Uint16Array {
  const random = new Random(seed);
  const spread = [0, 10, 3_000, 65_535][seed % 4]!;
  const hot = { x: random.integer(width), y: random.integer(height), celsius: random.integer(65_536) };
  return Uint16Array.from({ length: pixels }, (_, i) => {
    const inside = Math.abs((i % width) - hot.x) < 4 && Math.abs(Math.floor(i / width) - hot.y) < 3;
    const value = (inside ? hot.celsius : level) + spread * (random.uniform() - 0.5);
    return Math.min(Math.max(Math.round(value), 0), 65_535);
  });
}

function mapOf(seed: number): Uint8Array {
  const random = new Random(seed);
  const share = [0, 0.02, 0.3, 0.9, 1][seed % 5]!;
  return Uint8Array.from({ length: pixels }, () => (random.uniform() < share ? 1 : 0));
}

/** Lives through the steps and returns every second told. */
function live({ steps, maskSeed }: { steps: readonly Step[]; maskSeed: number | null }): FeatureSecond[] {
  const mask = maskSeed === null ? null : mapOf(maskSeed);
  const { extractor, seconds } = featureRun({ width, height, mask });
  let now = 1_780_000_000_000_000;
  let frameCounter = 0;
  for (const s of steps) {
    if (s.kind !== "late" && s.kind !== "map") now += s.gapMicros;
    const base = drawFrame(() => 20, { width, height, atMicros: now });
    if (s.kind === "frame") {
      frameCounter += 1 + s.skips;
      extractor.addFrame({ ...base, frameCounter, pixels: pixelsOf(s.seed, s.level) });
    } else if (s.kind === "ffc")
      extractor.addFrame(
        drawFrame(() => 20, { width, height, atMicros: now, telemetry: { ffcState: "in-progress" } }),
      );
    else if (s.kind === "late") extractor.addFrame({ ...base, capturedAtMicros: now - s.backMicros });
    else if (s.kind === "air")
      extractor.addAir({
        sampledAtMicros: now,
        co2Ppm: s.co2Ppm,
        temperatureCelsius: 20,
        humidityPercent: 40,
      });
    else if (s.kind === "tick") extractor.advance(now);
    else extractor.setBadPixels(mapOf(s.seed));
  }
  extractor.advance(now + 2_000_000);
  return seconds;
}

function checkOrder(second: FeatureSecond): void {
  const at = (name: Parameters<typeof feature>[1]) => feature(second, name);
  if (Number.isNaN(at("t_mean"))) return;
  assert.ok(at("t_mean") <= at("t_max"), "mean above maximum");
  assert.ok(at("t_p95") <= at("t_max"), "95th percentile above maximum");
  assert.ok(at("tproxy_val") <= at("t_max"), "proxy above maximum");
  assert.ok(at("t_hot_largest_blob_pct") <= at("t_hot_area_pct"), "blob above area");
  assert.ok(at("t_hot_largest_blob_pct") >= 0 && at("t_hot_area_pct") <= 100, "percentage out of range");
  for (const name of [
    "t_std",
    "t_grad_mean",
    "t_grad_std",
    "t_diff_mean",
    "t_diff_std",
    "flow_mag_std",
  ] as const)
    assert.ok(!(at(name) < 0), `${name} below 0`);
  assert.ok(!(at("flow_mag_mean") > 8), "flow beyond its clamp");
}

function checkRegions({ regions, tracked, severeMasked, validFrames }: FeatureSecond): void {
  const all = [...tracked, ...severeMasked];
  assert.ok(regions.length <= 4 && tracked.length <= 16 && severeMasked.length <= 16);
  assert.ok(regions.every((region, index) => tracked[index] === region));
  assert.equal(new Set(all.map((region) => region.trackId)).size, all.length, "track numbers are distinct");
  for (const region of severeMasked)
    assert.equal(region.features[regionFeatureNames.indexOf("r_saturated")], 1, "all of it is severe");
  if (validFrames === 0) assert.equal(all.length, 0);
}

test("whatever comes, the invariants hold, nothing is infinite, and seconds come once and in order", () => {
  fc.assert(
    fc.property(life, (given) => {
      const seconds = live(given);
      seconds.forEach((second, k) => {
        checkOrder(second);
        for (const value of second.vector ?? []) assert.ok(Number.isFinite(value) || Number.isNaN(value));
        for (const value of Object.values(second.air))
          assert.ok(Number.isFinite(value) || Number.isNaN(value));
        assert.equal(second.vector === null, second.validFrames === 0 || second.watchedPixels === 0);
        checkRegions(second);
        if (k > 0) assert.equal(second.atMicros, seconds[k - 1]!.atMicros + 1_000_000);
        if (second.hottest !== null) assert.ok(Number.isFinite(second.hottest.celsius));
      });
    }),
    { numRuns: 150 },
  );
});

test("the same steps give the same seconds, bit for bit", () => {
  fc.assert(
    fc.property(life, (given) => assert.deepEqual(live(given), live(given))),
    { numRuns: 30 },
  );
});

test("ticks close seconds earlier but change nothing in them", () => {
  fc.assert(
    fc.property(life, ({ steps, maskSeed }) => {
      // A late frame may fall into a second that a tick has closed; that is the one thing a tick decides.
      const inTime = steps.filter((s) => s.kind !== "late");
      const ticked = inTime.flatMap((s): Step[] =>
        s.kind === "frame" ? [s, { kind: "tick", gapMicros: 0 }] : [s],
      );
      const [plain, often] = [live({ steps: inTime, maskSeed }), live({ steps: ticked, maskSeed })];
      assert.deepEqual(often, plain);
    }),
    { numRuns: 30 },
  );
});
