import assert from "node:assert/strict";
import { test } from "node:test";
import { type DrawnFrameOptions, drawFrame, type Scene } from "#support/drawn-frame.ts";
import { type FeatureRun, feature, featureRun } from "#support/feature-run.ts";
import type { ThermalFrame } from "../frames/thermal-frame.ts";
import { secondsClosedAtOnceMax } from "./feature-extractor.ts";

const second = 1_000_000;
const size = { width: 32, height: 24 };
/** A whole second, so that times below read as seconds into a recording. */
const start = 1_780_000_000 * second;

function near(actual: number, expected: number, tolerance = 1e-6): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
}

function frame(seconds: number, scene: Scene, options: DrawnFrameOptions = {}): ThermalFrame {
  const atMicros = start + Math.round(seconds * second);
  return drawFrame(scene, { ...size, atMicros, frameCounter: Math.round(seconds * 8), ...options });
}

/** Frames at 8 Hz from one time to before another, of a scene that may change in time. */
function play(run: FeatureRun, span: { from: number; to: number; scene: (t: number) => Scene }): void {
  for (let t = span.from; t < span.to; t += 0.125) run.extractor.addFrame(frame(t, span.scene(t)));
}

/** 20 °C with a 4×4 spot of a given temperature. */
function spot(celsius: number, at = { x: 10, y: 8 }): Scene {
  return (x, y) => (x >= at.x && x < at.x + 4 && y >= at.y && y < at.y + 4 ? celsius : 20);
}

function co2(seconds: number, co2Ppm: number) {
  const sampledAtMicros = start + Math.round(seconds * second);
  return { sampledAtMicros, co2Ppm, temperatureCelsius: 21, humidityPercent: 40 };
}

test("a second closes at its end by the first frame after it", () => {
  const run = featureRun(size);
  run.extractor.addFrame(frame(0.2, () => 20));
  run.extractor.addFrame(frame(0.999999, () => 30));
  assert.equal(run.seconds.length, 0);
  run.extractor.addFrame(frame(1, () => 90));
  assert.deepEqual(
    run.seconds.map((s) => [s.atMicros - start, s.validFrames, feature(s, "t_max")]),
    [[second, 2, 25]],
  );
});

test("a second closes by advance, once", () => {
  const run = featureRun(size);
  run.extractor.addFrame(frame(0.2, () => 20));
  run.extractor.advance(start + 999_999);
  assert.equal(run.seconds.length, 0);
  run.extractor.advance(start + second);
  run.extractor.advance(start + 1.25 * second);
  run.extractor.addFrame(frame(1.5, () => 20));
  assert.equal(run.seconds.length, 1);
});

test("a second without valid frames has no vector and is still told", () => {
  const run = featureRun(size);
  run.extractor.addFrame(frame(0.2, () => 20));
  run.extractor.addAir(co2(0.5, 640));
  run.extractor.advance(start + 3 * second);
  assert.deepEqual(
    run.seconds.map((s) => [s.vector === null, s.regions.length, s.hottest === null, s.air.co2Ppm]),
    [
      [false, 0, false, 640],
      [true, 0, true, 640],
      [true, 0, true, 640],
    ],
  );
});

test("air alone gives seconds with air and without a vector", () => {
  const run = featureRun(size);
  for (let t = 0; t <= 130; t += 1) {
    if (t % 5 === 0) run.extractor.addAir(co2(t, 600 + 3 * t));
    run.extractor.advance(start + t * second);
  }
  const last = run.seconds.at(-1)!;
  assert.equal(last.vector, null);
  near(last.air.co2SlopePpmPerSecond, 3);
  near(last.air.co2DeltaPpm, 180);
});

test("after a silence longer than a day only its end is told", () => {
  const run = featureRun(size);
  run.extractor.addFrame(frame(0.2, () => 20));
  run.extractor.advance(start + 10 * secondsClosedAtOnceMax * second);
  assert.equal(run.seconds.length, secondsClosedAtOnceMax + 1);
  assert.equal(run.seconds[0]!.validFrames, 1);
  assert.equal(run.seconds.at(-1)!.atMicros, start + 10 * secondsClosedAtOnceMax * second);
});

test("every frame feature is its median over the valid frames of the second", () => {
  const run = featureRun(size);
  [20, 90, 22, 21].forEach((celsius, k) => {
    run.extractor.addFrame(frame(0.1 + 0.2 * k, () => celsius));
  });
  run.extractor.advance(start + second);
  near(feature(run.seconds[0], "t_mean"), 21.5);
  near(feature(run.seconds[0], "tproxy_val"), 21.5);
  assert.equal(run.seconds[0]!.hottest!.celsius, 21.5);
});

test("at start-up what needs a past is absent, never 0", () => {
  const run = featureRun(size);
  run.extractor.addFrame(frame(0.2, () => 20));
  run.extractor.advance(start + second);
  const vector = run.seconds[0]!.vector!;
  const present = [...vector.keys()].filter((k) => !Number.isNaN(vector[k]!));
  assert.deepEqual(present, [0, 1, 2, 3, 4, 5, 6, 7, 12]);
});

test("a linear rise of the hottest spot has its slope and its change over 10 s, whatever the frame times", () => {
  const run = featureRun(size);
  let t = 0;
  for (let k = 0; t < 20.5; k += 1) {
    run.extractor.addFrame(frame(t, spot(30 + 2 * t), { frameCounter: k }));
    t += 0.06 + 0.11 * ((k * 0.618) % 1);
  }
  run.extractor.advance(start + 20 * second);
  // The proxy is rounded to 0.01 K.
  near(feature(run.seconds[19], "tproxy_vel"), 2, 0.002);
  near(feature(run.seconds[19], "tproxy_delta"), 20, 0.4);
  assert.ok(Number.isNaN(feature(run.seconds[9], "tproxy_delta")));
  assert.ok(Number.isNaN(feature(run.seconds[5], "tproxy_vel")));
  assert.ok(!Number.isNaN(feature(run.seconds[6], "tproxy_vel")));
});

test("a step of the hottest spot is a change of its height and a slope of least squares", () => {
  const run = featureRun(size);
  play(run, { from: 0, to: 21, scene: (t) => spot(t < 15 ? 30 : 60) });
  run.extractor.advance(start + 21 * second);
  // Six of eleven values are high: time products 15 about the mean, squares 110, as for the step of five.
  near(feature(run.seconds[20], "tproxy_vel"), (30 * 15) / 110, 1e-4);
  near(feature(run.seconds[20], "tproxy_delta"), 30);
});

test("differences are taken across gaps of at most half a second, flow only between neighbours by counter", () => {
  const texture: Scene = (x, y) => 25 + 3 * Math.sin(x / 2) * Math.cos(y / 3);
  const pair = (gapSeconds: number, counter: number) => {
    const run = featureRun(size);
    run.extractor.addFrame(frame(0.1, texture, { frameCounter: 7 }));
    run.extractor.addFrame(frame(0.1 + gapSeconds, (x, y) => texture(x, y) + 1, { frameCounter: counter }));
    run.extractor.advance(start + second);
    return run.seconds[0];
  };
  near(feature(pair(0.5, 8), "t_diff_mean"), 1);
  near(feature(pair(0.5, 8), "t_diff_std"), 0, 0.01);
  assert.equal(feature(pair(0.5, 8), "flow_mag_mean") < 0.05, true);
  near(feature(pair(0.5, 9), "t_diff_mean"), 1);
  assert.ok(Number.isNaN(feature(pair(0.5, 9), "flow_mag_mean")));
  assert.ok(Number.isNaN(feature(pair(0.500001, 8), "t_diff_mean")));
  assert.ok(Number.isNaN(feature(pair(0.500001, 8), "flow_mag_mean")));
});

test("the camera's counter may wrap between neighbours", () => {
  const run = featureRun(size);
  run.extractor.addFrame(frame(0.1, () => 20, { frameCounter: 2 ** 32 - 1 }));
  run.extractor.addFrame(frame(0.2, () => 20, { frameCounter: 0 }));
  run.extractor.advance(start + second);
  assert.equal(feature(run.seconds[0], "flow_mag_mean"), 0);
});

test("a saturated picture is 100 % hot in one blob, and every pixel is flagged", () => {
  const run = featureRun(size);
  run.extractor.addFrame(frame(0.1, () => 1_000));
  run.extractor.advance(start + second);
  assert.equal(feature(run.seconds[0], "t_hot_area_pct"), 100);
  assert.equal(feature(run.seconds[0], "t_hot_largest_blob_pct"), 100);
  assert.equal(feature(run.seconds[0], "t_max"), 382.2);
  assert.equal(run.seconds[0]!.saturatedPixels, 32 * 24);
});

test("140 °C is the ceiling in high gain, the end of the 16 bits in low gain; the worst frame counts", () => {
  for (const [effectiveGain, celsius, expected] of [
    ["high", 140, 16],
    ["high", 139.99, 0],
    [null, 140, 16],
    ["low", 300, 0],
    ["low", 400, 16],
  ] as const) {
    const run = featureRun(size);
    run.extractor.addFrame(frame(0.1, spot(celsius), { telemetry: { effectiveGain } }));
    run.extractor.addFrame(frame(0.3, () => 20, { telemetry: { effectiveGain } }));
    run.extractor.advance(start + second);
    assert.equal(run.seconds[0]!.saturatedPixels, expected, `${effectiveGain} ${celsius}`);
  }
});

test("the hottest pixel is found in the median picture, outside masks and bad pixels", () => {
  const scene: Scene = (x, y) =>
    x === 3 && y === 4 ? 99 : x === 9 && y === 9 ? 80 : x === 20 && y === 5 ? 60 : 20;
  const badPixels = new Uint8Array(768);
  badPixels[4 * 32 + 3] = 1;
  const mask = new Uint8Array(768);
  mask[9 * 32 + 9] = 1;
  const run = featureRun({ ...size, badPixels, mask });
  run.extractor.addFrame(frame(0.1, scene));
  run.extractor.advance(start + second);
  assert.deepEqual({ ...run.seconds[0]!.hottest, celsius: 60 }, { x: 20, y: 5, celsius: 60 });
  near(feature(run.seconds[0], "t_max"), 60);
  near(feature(run.seconds[0], "t_hot_area_pct"), 100 / 767);
});

test("with every pixel masked there is no vector, because nothing is watched, and nothing is hottest", () => {
  const run = featureRun({ ...size, mask: new Uint8Array(768).fill(1) });
  play(run, { from: 0, to: 2, scene: () => spot(200) });
  run.extractor.advance(start + 2 * second);
  assert.equal(run.seconds[1]!.vector, null);
  assert.equal(run.seconds[1]!.watchedPixels, 0);
  assert.equal(run.seconds[1]!.validFrames, 8);
  assert.equal(run.seconds[1]!.hottest, null);
  assert.equal(run.seconds[1]!.saturatedPixels, 0);
});

test("frames are told apart, and those that are not valid are counted and change nothing", () => {
  const run = featureRun(size);
  const hot: Scene = () => 300;
  const { extractor } = run;
  assert.equal(extractor.addFrame(frame(0.5, () => 20)), "valid");
  assert.equal(extractor.addFrame(frame(0.5, hot)), "out-of-order");
  assert.equal(extractor.addFrame(frame(0.4, hot)), "out-of-order");
  assert.equal(extractor.addFrame({ ...frame(0.6, hot), capturedAtMicros: Number.NaN }), "out-of-order");
  assert.equal(extractor.addFrame({ ...frame(0.6, hot), unit: "raw-counts" }), "raw-counts");
  assert.equal(extractor.addFrame(frame(0.7, hot, { width: 24, height: 32 })), "wrong-size");
  assert.equal(extractor.addFrame({ ...frame(0.8, hot), pixels: new Uint16Array(3) }), "wrong-size");
  assert.equal(extractor.addFrame(frame(0.9, hot, { telemetry: { ffcState: "in-progress" } })), "ffc");
  extractor.advance(start + second);
  assert.equal(extractor.addFrame(frame(0.95, hot)), "out-of-order");
  assert.equal(extractor.addFrame(frame(1.1, hot, { telemetry: { ffcState: "complete" } })), "settling");
  extractor.advance(start + 2 * second);
  assert.deepEqual(
    run.seconds.map((s) => [s.validFrames, s.rejectedFrames, feature(s, "t_max")]),
    [
      [1, 7, 20],
      [0, 2, Number.NaN],
    ],
  );
});

test("the step of an FFC is no evidence, told by the shutter or only by the time of the last FFC", () => {
  for (const shutterSeen of [true, false]) {
    const run = featureRun(size);
    for (let t = 0; t < 30; t += 0.125) {
      const during = t >= 15 && t < 16;
      if (during && !shutterSeen) continue;
      const scene: Scene = (x, y) => spot(30)(x, y) + 0.02 * x + (t < 15 ? 0 : 9);
      const ffcState = during ? "in-progress" : "complete";
      const lastFfcUptimeMs = t < 15 ? 1_000 : 16_000;
      run.extractor.addFrame(
        frame(t, scene, { telemetry: { ffcState, lastFfcUptimeMs, uptimeMs: 1_000 * t } }),
      );
    }
    run.extractor.advance(start + 30 * second);
    assert.equal(run.seconds[16]!.vector, null, "16 to 17 s settles");
    for (const s of run.seconds.slice(17)) {
      near(feature(s, "tproxy_vel"), 0, 0.005);
      assert.deepEqual(s.regions, []);
      assert.ok(feature(s, "t_diff_mean") < 0.01);
    }
    near(feature(run.seconds[24], "tproxy_delta"), 0, 0.02);
  }
});

test("a fire that grows through an FFC goes on growing", () => {
  const run = featureRun(size);
  for (let t = 0; t < 26; t += 0.125) {
    const ffcState = t >= 15 && t < 16 ? "in-progress" : "complete";
    const scene: Scene = (x, y) => spot(30 + 3 * t)(x, y) + (t < 15 ? 0 : 0.8);
    run.extractor.addFrame(frame(t, scene, { telemetry: { ffcState } }));
  }
  run.extractor.advance(start + 26 * second);
  near(feature(run.seconds[24], "tproxy_vel"), 3, 0.01);
  near(feature(run.seconds[24], "tproxy_delta"), 30, 0.05);
});

test("a bad pixel inside an ember makes the severe region no smaller", () => {
  const background = {
    ...size,
    background: new Float32Array(768).fill(20),
    commissioned: new Float32Array(768).fill(20),
  };
  const severe = (badPixels: Uint8Array | null, scene: Scene) => {
    const run = featureRun({ ...size, background, badPixels });
    play(run, { from: 0, to: 4, scene: () => scene });
    run.extractor.advance(start + 4 * second);
    return run.seconds[3]!;
  };
  const badPixels = new Uint8Array(768);
  badPixels[8 * 32 + 10] = 1;
  const ember: Scene = (x, y) => (x >= 10 && x < 12 && y >= 8 && y < 10 ? 200 : 20);
  const deadCorner: Scene = (x, y) => (x === 10 && y === 8 ? -200 : ember(x, y));
  for (const scene of [ember, deadCorner]) {
    assert.equal(severe(badPixels, scene).regions[0]?.severePixels, 4);
    assert.equal(severe(badPixels, scene).saturatedPixels, 4);
  }
  const alone: Scene = (x, y) => (x === 10 && y === 8 ? 200 : 20);
  assert.deepEqual(severe(badPixels, alone).regions, []);
  assert.equal(severe(badPixels, alone).saturatedPixels, 0);
});

test("a new map of bad pixels is no cooling and no heating: the history of the hottest spot begins anew", () => {
  const run = featureRun(size);
  const badPixels = new Uint8Array(768);
  badPixels[5 * 32 + 5] = 1;
  const scene: Scene = (x, y) => (x === 5 && y === 5 ? 60 : 20);
  play(run, { from: 0, to: 15.5, scene: () => scene });
  run.extractor.setBadPixels(badPixels);
  play(run, { from: 15.5, to: 30, scene: () => scene });
  run.extractor.advance(start + 30 * second);
  near(feature(run.seconds[14], "tproxy_vel"), 0);
  for (const s of run.seconds.slice(15, 22)) assert.ok(Number.isNaN(feature(s, "tproxy_vel")));
  near(feature(run.seconds[22], "tproxy_vel"), 0);
  near(feature(run.seconds[29], "tproxy_val"), 20);
  for (const s of run.seconds.slice(1)) near(feature(s, "t_diff_mean"), 0);
});

test("air is taken as it was at the end of the second, and goes stale after 12 s", () => {
  const run = featureRun(size);
  run.extractor.addAir(co2(0.5, 640));
  play(run, { from: 0, to: 1, scene: () => spot(30) });
  run.extractor.addAir(co2(1.01, 900));
  play(run, { from: 1, to: 15, scene: () => spot(30) });
  run.extractor.advance(start + 15 * second);
  assert.deepEqual(
    [0, 1, 12, 13].map((k) => feature(run.seconds[k], "gas_val")),
    [640, 900, 900, Number.NaN],
  );
});

test("more frames in a second than are kept do no harm", () => {
  const run = featureRun(size);
  for (let k = 0; k < 60; k += 1) run.extractor.addFrame(frame(k / 60, () => 20 + k, { frameCounter: k }));
  run.extractor.advance(start + second);
  assert.equal(run.seconds[0]!.validFrames, 60);
  // The newest sixteen: 64 to 79 °C.
  near(feature(run.seconds[0], "t_mean"), 71.5);
});

test("the background survives a restart", () => {
  const run = featureRun(size);
  for (let t = 0; t < 120; t += 0.5) run.extractor.addFrame(frame(t, () => 20));
  const background = run.extractor.backgroundSnapshot();
  assert.ok(background !== null);
  const restarted = featureRun({ ...size, background });
  play(restarted, { from: 121, to: 124, scene: () => spot(100) });
  restarted.extractor.advance(start + 124 * second);
  assert.equal(restarted.seconds.at(-1)!.regions.length, 1);
});

test("a map of another size is a mistake of the caller", () => {
  assert.throws(() => featureRun({ ...size, mask: new Uint8Array(5) }), /mask/);
  assert.throws(() => featureRun({ ...size, badPixels: new Uint8Array(5) }), /map/);
});
