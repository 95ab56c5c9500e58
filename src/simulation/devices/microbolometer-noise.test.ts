import assert from "node:assert/strict";
import { test } from "node:test";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { Random } from "#core/random.ts";
import { celsiusToRadiance, radianceToCelsius } from "../scene/band-radiance.ts";
import { MicrobolometerNoise } from "./microbolometer-noise.ts";

const count = leptonWidth * leptonHeight;
/** As many as the real clip has from which the expected values come. */
const frameCount = 82;

function framesOfAWall(celsius: number, length: number): readonly Float64Array[] {
  const noise = new MicrobolometerNoise(new Random(1));
  return Array.from({ length }, (_, i) => {
    const radiance = new Float32Array(count).fill(celsiusToRadiance(celsius));
    noise.add(radiance, radiance, { framesPassed: 1, secondsSinceCorrection: 60 + i / 8.7, gain: "high" });
    return Float64Array.from(radiance, (value) => 1000 * radianceToCelsius(value));
  });
}

function median(values: Iterable<number>): number {
  return quantile(values, 0.5);
}

function quantile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(share * (sorted.length - 1))]!;
}

function deviation(values: Iterable<number>): number {
  const list = [...values];
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
  return Math.sqrt(list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / list.length);
}

/** Each frame less its own median, as the real clip was measured. */
function centred(frames: readonly Float64Array[]): readonly Float64Array[] {
  return frames.map((frame) => {
    const middle = median(frame);
    return frame.map((value) => value - middle);
  });
}

function differences(frames: readonly Float64Array[]): readonly Float64Array[] {
  return frames.slice(1).map((frame, i) => frame.map((value, p) => value - frames[i]![p]!));
}

function within(value: number, low: number, high: number, what: string): void {
  assert.ok(value >= low && value <= high, `${what}: ${value.toFixed(3)} is not within ${low} to ${high}`);
}

const wall = framesOfAWall(25, frameCount);
const centredWall = centred(wall);
const wallSteps = differences(centredWall);

test("a pixel's noise from frame to frame is a real module's: 20 mK, some pixels quieter, some noisier", () => {
  const perPixel = Float64Array.from({ length: count }, (_, p) =>
    Math.sqrt(wallSteps.reduce((sum, step) => sum + step[p]! ** 2, 0) / wallSteps.length / 2),
  );
  within(median(perPixel), 17, 23, "median in mK");
  within(quantile(perPixel, 0.05), 12, 17, "5 % in mK");
  within(quantile(perPixel, 0.95), 25, 36, "95 % in mK");
});

test("most of the noise is a slow wander: a pixel resembles itself over frames as measured", () => {
  const measured: readonly (readonly [number, number])[] = [
    [1, 0.87],
    [2, 0.76],
    [5, 0.5],
    [10, 0.22],
  ];
  for (const [lag, expected] of measured)
    within(
      correlationInTime(centredWall, lag),
      expected - 0.1,
      expected + 0.1,
      `correlation over ${lag} frames`,
    );
});

function correlationInTime(frames: readonly Float64Array[], lag: number): number {
  const values: number[] = [];
  for (let p = 0; p < count; p += 31) {
    const series = frames.map((frame) => frame[p]!);
    const mean = series.reduce((sum, value) => sum + value, 0) / series.length;
    const off = series.map((value) => value - mean);
    const variance = off.reduce((sum, value) => sum + value * value, 0) / off.length;
    let product = 0;
    for (let i = lag; i < off.length; i += 1) product += off[i]! * off[i - lag]!;
    values.push(product / (off.length - lag) / variance);
  }
  return median(values);
}

test("neighbouring pixels' noise resembles each other, more so along columns", () => {
  within(correlationInSpace(wallSteps, 1, 0), 0.35, 0.6, "1 pixel along the row");
  within(correlationInSpace(wallSteps, 0, 1), 0.5, 0.72, "1 pixel along the column");
  within(correlationInSpace(wallSteps, 2, 0), 0.08, 0.25, "2 pixels along the row");
  within(correlationInSpace(wallSteps, 0, 2), 0.28, 0.48, "2 pixels along the column");
});

function correlationInSpace(steps: readonly Float64Array[], dx: number, dy: number): number {
  let product = 0;
  let square = 0;
  let pairs = 0;
  for (const step of steps)
    for (let y = 0; y + dy < leptonHeight; y += 1)
      for (let x = 0; x + dx < leptonWidth; x += 1) {
        const here = step[y * leptonWidth + x]!;
        product += here * step[(y + dy) * leptonWidth + x + dx]!;
        square += here * here;
        pairs += 1;
      }
  return product / pairs / (square / pairs);
}

test("whole columns and rows have noise of their own, and the whole picture steps a little", () => {
  const columns = wallSteps.flatMap((step) => lineMeans(step, "column"));
  const rows = wallSteps.flatMap((step) => lineMeans(step, "row"));
  within(deviation(columns), 12, 19, "columns in mK");
  within(deviation(rows), 6.5, 13, "rows in mK");
  const medians = wall.map(median);
  within(deviation(medians.slice(1).map((value, i) => value - medians[i]!)), 8, 16, "steps in mK");
});

function lineMeans(step: Float64Array, line: "column" | "row"): readonly number[] {
  const lines = line === "column" ? leptonWidth : leptonHeight;
  const sums = new Float64Array(lines);
  for (let p = 0; p < count; p += 1) {
    const which = line === "column" ? p % leptonWidth : Math.floor(p / leptonWidth);
    sums[which] = sums[which]! + step[p]!;
  }
  return [...sums].map((sum) => (sum * lines) / count);
}

test("a fixed pattern of about 55 mK stays until a flat-field correction draws it anew", () => {
  const noise = new MicrobolometerNoise(new Random(5));
  const mean = (): Float64Array => {
    const sum = new Float64Array(count);
    for (let i = 0; i < 40; i += 1) {
      const radiance = new Float32Array(count).fill(celsiusToRadiance(25));
      noise.add(radiance, radiance, { framesPassed: 1, secondsSinceCorrection: 1, gain: "high" });
      for (let p = 0; p < count; p += 1) sum[p] = sum[p]! + (1000 * radianceToCelsius(radiance[p]!)) / 40;
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

/** Each pixel less the mean of the 3×3 pixels around it. */
function highPass(picture: Float64Array): Float64Array {
  return picture.map((value, p) => {
    const x = Math.min(leptonWidth - 2, Math.max(1, p % leptonWidth));
    const y = Math.min(leptonHeight - 2, Math.max(1, Math.floor(p / leptonWidth)));
    let sum = 0;
    for (let dy = -1; dy <= 1; dy += 1)
      for (let dx = -1; dx <= 1; dx += 1) sum += picture[(y + dy) * leptonWidth + x + dx]!;
    return value - sum / 9;
  });
}

function correlation(one: Float64Array, other: Float64Array): number {
  let product = 0;
  for (let p = 0; p < count; p += 1) product += one[p]! * other[p]!;
  return product / count / (deviation(one) * deviation(other));
}

test("the same noise is fewer kelvin on something hot, as the radiance curve is steeper there", () => {
  const spread = (celsius: number): number => deviation(differences(centred(framesOfAWall(celsius, 4)))[1]!);
  const slope = (celsius: number): number => celsiusToRadiance(celsius + 1) - celsiusToRadiance(celsius - 1);
  const ratio = spread(100) / spread(25);
  assert.ok(Math.abs(ratio - slope(25) / slope(100)) < 0.02, `${ratio}`);
});
