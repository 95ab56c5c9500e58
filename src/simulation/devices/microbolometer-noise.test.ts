import assert from "node:assert/strict";
import { test } from "node:test";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { Random } from "#core/random.ts";
import {
  centred,
  correlation,
  correlationInSpace,
  correlationInTime,
  deviation,
  differences,
  highPass,
  lineMeans,
  median,
  pixelNoise,
  quantile,
} from "#support/noise-statistics.ts";
import { celsiusToRadiance, radianceToCelsius } from "../scene/band-radiance.ts";
import { MicrobolometerNoise } from "./microbolometer-noise.ts";
import { PlainCameraLoops } from "./plain-camera-loops.ts";

const count = leptonWidth * leptonHeight;
/** As many as the real clip has from which the expected values come. */
const frameCount = 82;

function framesOfAWall(celsius: number, length: number): readonly Float64Array[] {
  const loops = new PlainCameraLoops();
  const noise = new MicrobolometerNoise(new Random(1), loops);
  const radiance = new Float32Array(count).fill(celsiusToRadiance(celsius));
  return Array.from({ length }, (_, i) => {
    noise.add(radiance, { framesPassed: 1, secondsSinceCorrection: 60 + i / 8.7, gain: "high" });
    return Float64Array.from(loops.detected, (value) => 1000 * radianceToCelsius(value));
  });
}

function within(value: number, low: number, high: number, what: string): void {
  assert.ok(value >= low && value <= high, `${what}: ${value.toFixed(3)} is not within ${low} to ${high}`);
}

const wall = framesOfAWall(25, frameCount);
const centredWall = centred(wall);
const wallSteps = differences(centredWall);

test("a pixel's noise from frame to frame is a real module's: 20 mK, some pixels quieter, some noisier", () => {
  const perPixel = pixelNoise(wallSteps);
  within(median(perPixel), 17, 23, "median in mK");
  within(quantile(perPixel, 0.05), 12, 17, "5 % in mK");
  within(quantile(perPixel, 0.95), 25, 36, "95 % in mK");
});

test("most of the noise is a slow wander: a pixel resembles itself over frames as measured", () => {
  // The real clip by the same estimator.
  const measured: readonly (readonly [number, number])[] = [
    [1, 0.87],
    [2, 0.76],
    [5, 0.5],
    [10, 0.21],
  ];
  for (const [lag, expected] of measured)
    within(
      correlationInTime(centredWall, lag),
      expected - 0.06,
      expected + 0.06,
      `correlation over ${lag} frames`,
    );
});

test("neighbouring pixels' noise resembles each other, more so along columns", () => {
  within(correlationInSpace(wallSteps, 1, 0), 0.35, 0.6, "1 pixel along the row");
  within(correlationInSpace(wallSteps, 0, 1), 0.5, 0.72, "1 pixel along the column");
  within(correlationInSpace(wallSteps, 2, 0), 0.08, 0.25, "2 pixels along the row");
  within(correlationInSpace(wallSteps, 0, 2), 0.28, 0.48, "2 pixels along the column");
});

test("whole columns and rows have noise of their own, and the whole picture steps a little", () => {
  const columns = wallSteps.flatMap((step) => lineMeans(step, "column"));
  const rows = wallSteps.flatMap((step) => lineMeans(step, "row"));
  within(deviation(columns), 12, 19, "columns in mK");
  within(deviation(rows), 6.5, 13, "rows in mK");
  const medians = wall.map(median);
  within(deviation(medians.slice(1).map((value, i) => value - medians[i]!)), 8, 16, "steps in mK");
});

test("a fixed pattern of about 55 mK stays until a flat-field correction draws it anew", () => {
  const loops = new PlainCameraLoops();
  const noise = new MicrobolometerNoise(new Random(5), loops);
  const radiance = new Float32Array(count).fill(celsiusToRadiance(25));
  const mean = (): Float64Array => {
    const sum = new Float64Array(count);
    for (let i = 0; i < 40; i += 1) {
      noise.add(radiance, { framesPassed: 1, secondsSinceCorrection: 1, gain: "high" });
      for (let p = 0; p < count; p += 1)
        sum[p] = sum[p]! + (1000 * radianceToCelsius(loops.detected[p]!)) / 40;
    }
    return highPass(sum);
  };
  const before = mean();
  within(deviation(before), 40, 70, "pattern in mK");
  const again = mean();
  noise.correct();
  const after = mean();
  within(correlation(before, again), 0.6, 1, "pattern before and later");
  within(correlation(before, after), -0.2, 0.2, "pattern before and after a correction");
});

test("the same noise is fewer kelvin on something hot, as the radiance curve is steeper there", () => {
  const spread = (celsius: number): number => deviation(differences(centred(framesOfAWall(celsius, 4)))[1]!);
  const slope = (celsius: number): number => celsiusToRadiance(celsius + 1) - celsiusToRadiance(celsius - 1);
  const ratio = spread(100) / spread(25);
  assert.ok(Math.abs(ratio - slope(25) / slope(100)) < 0.02, `${ratio}`);
});
