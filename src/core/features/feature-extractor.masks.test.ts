import assert from "node:assert/strict";
import { test } from "node:test";
import { drawFrame, type Scene } from "#support/drawn-frame.ts";
import { featureRun } from "#support/feature-run.ts";
import { regionFeature } from "#support/region-scene.ts";
import { severeCelsius } from "./centikelvin.ts";
import type { FeatureExtractorOptions } from "./feature-extractor.ts";
import type { FeatureSecond } from "./feature-second.ts";

const second = 1_000_000;
const size = { width: 32, height: 24 };
const start = 1_780_000_000 * second;
const learnt = {
  ...size,
  background: new Float32Array(768).fill(20),
  commissioned: new Float32Array(768).fill(20),
};

/** The left half of the picture is masked. */
const leftHalf = Uint8Array.from({ length: 768 }, (_, i) => (i % 32 < 16 ? 1 : 0));
const everything = new Uint8Array(768).fill(1);

/** 20 °C with a rectangle of another temperature. */
function hot(box: { x: number; y: number; width: number; height: number }, celsius: number): Scene {
  return (x, y) =>
    x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height ? celsius : 20;
}

function watch(
  scene: (seconds: number) => Scene,
  options: Partial<FeatureExtractorOptions> & { readonly seconds?: number },
): FeatureSecond[] {
  const { seconds = 6, ...rest } = options;
  const run = featureRun({ ...size, background: learnt, ...rest });
  for (let t = 0; t < seconds; t += 0.25) {
    const atMicros = start + t * second;
    run.extractor.addFrame(drawFrame(scene(t), { ...size, atMicros, frameCounter: 4 * t }));
  }
  run.extractor.advance(start + seconds * second);
  return run.seconds;
}

const ember = { x: 5, y: 5, width: 3, height: 2 };

test("severe heat under a mask is told, and stays out of every feature and ordinary region", () => {
  const seconds = watch(() => hot(ember, 350), { mask: leftHalf });
  const last = seconds.at(-1)!;
  const [region, ...others] = last.severeMasked;
  assert.deepEqual(others, []);
  assert.equal(region!.newSeverePixels, 6);
  assert.deepEqual(region!.box, { left: 5, top: 5, right: 7, bottom: 6 });
  assert.equal(regionFeature(region!, "r_move"), 0);
  assert.ok(Math.abs(regionFeature(region!, "r_peak") - 350) < 0.01);
  assert.deepEqual([last.regions, last.tracked], [[], []]);
  assert.equal(last.vector![2], 20);
  assert.equal(last.hottest!.celsius, 20);
  assert.equal(new Set(seconds.map((s) => s.severeMasked[0]!.trackId)).size, 1, "one track");
});

test("what is not severe under a mask is not told", () => {
  for (const celsius of [60, severeCelsius - 0.01])
    assert.deepEqual(watch(() => hot(ember, celsius), { mask: leftHalf }).at(-1)!.severeMasked, []);
  assert.equal(watch(() => hot(ember, severeCelsius), { mask: leftHalf }).at(-1)!.severeMasked.length, 1);
});

test("with everything masked severe heat is still told, though there is no vector", () => {
  const last = watch(() => hot(ember, 350), { mask: everything }).at(-1)!;
  assert.equal(last.vector, null);
  assert.equal(last.watchedPixels, 0);
  assert.ok(last.validFrames > 0);
  assert.equal(last.severeMasked[0]!.newSeverePixels, 6);
});

test("a severe fire across the edge of a mask is one, and one outside is left to the ordinary regions", () => {
  const across = watch(() => hot({ x: 14, y: 5, width: 4, height: 1 }, 200), { mask: leftHalf }).at(-1)!;
  assert.equal(across.severeMasked[0]!.newSeverePixels, 4);
  assert.equal(across.tracked[0]!.newSeverePixels, 2);
  const outside = watch(() => hot({ x: 16, y: 5, width: 4, height: 1 }, 200), { mask: leftHalf }).at(-1)!;
  assert.deepEqual(outside.severeMasked, []);
  assert.equal(outside.tracked[0]!.newSeverePixels, 4);
  const both: Scene = (x, y) => Math.max(hot(ember, 200)(x, y), hot({ ...ember, x: 20 }, 300)(x, y));
  const two = watch(() => both, { mask: leftHalf }).at(-1)!;
  assert.deepEqual(
    [...two.severeMasked, ...two.tracked].map((r) => r.newSeverePixels),
    [6, 6],
  );
  assert.notEqual(two.severeMasked[0]!.trackId, two.tracked[0]!.trackId);
});

test("a stove under a mask that was as hot at commissioning is severe but not new", () => {
  const background = { ...learnt, commissioned: new Float32Array(768).fill(20) };
  for (let y = 5; y < 7; y += 1) background.commissioned.fill(345, y * 32 + 5, y * 32 + 8);
  const [region] = watch(() => hot(ember, 350), { mask: leftHalf, background }).at(-1)!.severeMasked;
  assert.deepEqual([region!.severePixels, region!.newSeverePixels], [6, 0]);
});

test("a bad pixel under a mask is no severe heat, and makes none smaller", () => {
  const badPixels = new Uint8Array(768);
  badPixels[5 * 32 + 5] = 1;
  const stuck = hot({ x: 5, y: 5, width: 1, height: 1 }, 380);
  for (const mask of [leftHalf, everything]) {
    assert.deepEqual(watch(() => stuck, { mask, badPixels }).at(-1)!.severeMasked, []);
    const dead: Scene = (x, y) => (x === 5 && y === 5 ? -100 : hot(ember, 200)(x, y));
    const [region] = watch(() => dead, { mask, badPixels }).at(-1)!.severeMasked;
    assert.equal(region!.newSeverePixels, 6);
  }
});

test("a bad pixel between masks, without a neighbour in sight, leaves the statistics and not the fire", () => {
  const mask = everything.slice();
  mask[5 * 32 + 5] = 0;
  const badPixels = new Uint8Array(768);
  badPixels[5 * 32 + 5] = 1;
  const last = watch(() => hot(ember, 200), { mask, badPixels }).at(-1)!;
  assert.equal(last.watchedPixels, 0);
  assert.equal(last.severeMasked[0]!.newSeverePixels, 6);
});

test("masked severe heat that pulses keeps its track, and its numbers go on in the next extractor", () => {
  const pulses = (t: number) => hot(ember, Math.floor(t) % 2 === 0 ? 200 : 100);
  const seconds = watch(pulses, { mask: leftHalf, seconds: 8, nextTrackId: 40 });
  assert.deepEqual(
    seconds.map((s) => s.severeMasked.map((region) => region.trackId)),
    [[40], [], [40], [], [40], [], [40], []],
  );
  const gone = watch((t) => (t < 1 || t > 10 ? hot(ember, 200) : () => 20), { mask: leftHalf, seconds: 12 });
  assert.deepEqual([gone[0]!.severeMasked[0]!.trackId, gone[11]!.severeMasked[0]!.trackId], [1, 2]);
});

test("heat that commissioning took for usual is told from then on, also after a restart", () => {
  const options = { background: null, seconds: 12 };
  const stove = watch(() => hot(ember, 300), options);
  const told = { x: 5, y: 5, celsius: 300, pixels: 6 };
  assert.deepEqual(
    stove.map((s) => s.commissionedHot !== null),
    Array.from({ length: 12 }, (_, k) => k >= 9),
  );
  const { celsius, ...place } = stove[11]!.commissionedHot!;
  assert.ok(Math.abs(celsius - 300) < 0.01);
  assert.deepEqual(place, { x: 5, y: 5, pixels: 6 });
  const commissioned = learnt.commissioned.map((c, i) => (i % 32 === 5 && i < 64 ? told.celsius : c));
  const again = watch(() => () => 20, { background: { ...learnt, commissioned }, seconds: 2 });
  assert.deepEqual(again[0]!.commissionedHot, { x: 5, y: 0, celsius: 300, pixels: 2 });
});

test("a pixel that is learnt afresh after a restart, and found hot, is told", () => {
  const commissioned = learnt.commissioned.slice();
  const map = new Uint8Array(768);
  commissioned[3 * 32 + 4] = Number.NaN;
  commissioned[0] = 200;
  const run = featureRun({ ...size, background: { ...learnt, commissioned }, badPixels: map });
  const room: Scene = (x, y) => (x === 4 && y === 3 ? 250 : 20);
  const told = (atSeconds: number) => {
    run.extractor.addFrame(drawFrame(room, { ...size, atMicros: start + atSeconds * second }));
    run.extractor.advance(start + (atSeconds + 1) * second);
    return run.seconds.at(-1)!.commissionedHot;
  };
  assert.deepEqual(told(0), { x: 4, y: 3, celsius: 250, pixels: 2 });
  map.fill(1, 3 * 32 + 4, 3 * 32 + 5);
  run.extractor.setBadPixels(map);
  assert.deepEqual(told(1), { x: 0, y: 0, celsius: 200, pixels: 1 });
});

test("commissioned heat counts from 105 °C in sight and from 140 °C under a mask, and never at a bad pixel", () => {
  const found = (celsius: number, options: Partial<FeatureExtractorOptions>) =>
    watch(() => hot(ember, celsius), { background: null, seconds: 11, ...options })[10]!.commissionedHot;
  assert.equal(found(104.9, {}), null);
  assert.equal(found(105, {})!.pixels, 6);
  assert.equal(found(139, { mask: leftHalf }), null);
  assert.equal(found(141, { mask: leftHalf })!.pixels, 6);
  const badPixels = new Uint8Array(768);
  badPixels[5 * 32 + 5] = 1;
  const stuck = hot({ x: 5, y: 5, width: 1, height: 1 }, 380);
  assert.equal(watch(() => stuck, { background: null, seconds: 11, badPixels })[10]!.commissionedHot, null);
});
