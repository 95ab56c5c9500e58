import { FeatureExtractor } from "#core/features/feature-extractor.ts";
import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import { leptonHeight, leptonWidth, type ThermalFrame } from "#core/frames/thermal-frame.ts";
import {
  bandShares,
  centred,
  correlationInSpace,
  correlationInTime,
  deviation,
  differences,
  entropyBits,
  highPass,
  lineMeans,
  meanFrame,
  median,
  type NoiseFrames,
  pixelNoise,
  quantile,
} from "#support/noise-statistics.ts";

/** A pixel that stands out of its neighbours by so much on average is a bad one here. */
const badPixelMilliKelvin = 3_000;
const millikelvinPerCount = 10;
/** A clip begins within its first second. */
const firstWholeSecond = 1;

/** One line of the comparison: what is measured, in what unit, and with how many digits it is shown. */
export interface NoiseFigure {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
}

/** Pixels that stand out of the mean frame's neighbourhood. */
export function badPixelsOf(frames: NoiseFrames): readonly number[] {
  const mean = meanFrame(frames);
  const bad: number[] = [];
  for (let y = 2; y < leptonHeight - 2; y += 1)
    for (let x = 2; x < leptonWidth - 2; x += 1) {
      const around: number[] = [];
      for (let dy = -2; dy <= 2; dy += 1)
        for (let dx = -2; dx <= 2; dx += 1) around.push(mean[(y + dy) * leptonWidth + x + dx]!);
      if (mean[y * leptonWidth + x]! - median(around) > badPixelMilliKelvin) bad.push(y * leptonWidth + x);
    }
  return bad;
}

/** A clip as noise: thousandths of a kelvin, bad pixels replaced by the mean of the pixels above and below. */
export function noiseFramesOf(frames: readonly ThermalFrame[]): {
  readonly frames: NoiseFrames;
  readonly badPixels: readonly number[];
} {
  const raw = frames.map(({ pixels }) => Float64Array.from(pixels, (value) => value * millikelvinPerCount));
  const badPixels = badPixelsOf(raw);
  for (const frame of raw)
    for (const p of badPixels) frame[p] = (frame[p - leptonWidth]! + frame[p + leptonWidth]!) / 2;
  return { frames: raw, badPixels };
}

/** The statistics of reference/lepton-noise.md, in its order, and the spectra. */
export function noiseFigures(clip: readonly ThermalFrame[]): readonly NoiseFigure[] {
  const { frames, badPixels } = noiseFramesOf(clip);
  const still = centred(frames);
  const steps = differences(still);
  return [
    ...temporalFigures(still, steps),
    ...spatialFigures(steps, frames),
    ...wholeFrameFigures(frames),
    { name: "bad pixels", unit: "pixels", value: badPixels.length },
    { name: "rows with bad pixels", unit: "rows", value: new Set(badPixels.map(rowOf)).size },
    ...gapFigures(clip),
    { name: "entropy of the change", unit: "bit/pixel", value: entropyBits(steps) },
    { name: "pixels that do not change", unit: "%", value: 100 * unchangedShare(clip) },
    ...spectra(still, steps),
  ];
}

/** Share of pixels with the very same count as in the frame before. */
function unchangedShare(clip: readonly ThermalFrame[]): number {
  let same = 0;
  let total = 0;
  for (let k = 1; k < clip.length; k += 1) {
    const before = clip[k - 1]!.pixels;
    same += clip[k]!.pixels.reduce((sum, value, i) => sum + (value === before[i] ? 1 : 0), 0);
    total += before.length;
  }
  return same / total;
}

function rowOf(pixel: number): number {
  return Math.floor(pixel / leptonWidth);
}

function temporalFigures(still: NoiseFrames, steps: NoiseFrames): readonly NoiseFigure[] {
  const perPixel = pixelNoise(steps);
  const at = (share: number): number => quantile(perPixel, share);
  return [
    { name: "pixel noise, median", unit: "mK", value: at(0.5) },
    { name: "pixel noise, 5 %", unit: "mK", value: at(0.05) },
    { name: "pixel noise, 95 %", unit: "mK", value: at(0.95) },
    ...[1, 2, 5, 10].map((lag) => ({
      name: `correlation in time, ${lag} frame${lag === 1 ? "" : "s"}`,
      unit: "",
      value: correlationInTime(still, lag),
    })),
  ];
}

function spatialFigures(steps: NoiseFrames, frames: NoiseFrames): readonly NoiseFigure[] {
  const neighbour = (name: string, dx: number, dy: number): NoiseFigure => ({
    name: `correlation of the change, ${name}`,
    unit: "",
    value: correlationInSpace(steps, dx, dy),
  });
  const lines = (line: "column" | "row"): number => deviation(steps.flatMap((step) => lineMeans(step, line)));
  return [
    neighbour("1 px along x", 1, 0),
    neighbour("1 px along y", 0, 1),
    neighbour("2 px along x", 2, 0),
    neighbour("2 px along y", 0, 2),
    { name: "column means of the change", unit: "mK", value: lines("column") },
    { name: "row means of the change", unit: "mK", value: lines("row") },
    { name: "fixed pattern (high-pass)", unit: "mK", value: deviation(highPass(meanFrame(frames))) },
  ];
}

function wholeFrameFigures(frames: NoiseFrames): readonly NoiseFigure[] {
  const medians = frames.map(median);
  const moves = medians.slice(1).map((value, i) => value - medians[i]!);
  const means = frames.map((frame) => frame.reduce((sum, value) => sum + value, 0) / frame.length);
  return [
    { name: "step of the whole frame, sd", unit: "mK", value: deviation(moves) },
    { name: "step of the whole frame, most", unit: "mK", value: Math.max(...moves.map(Math.abs)) },
    { name: "drift of the mean over the clip", unit: "mK", value: means.at(-1)! - means[0]! },
  ];
}

function gapFigures(clip: readonly ThermalFrame[]): readonly NoiseFigure[] {
  const gaps = clip.slice(1).map((frame, i) => (frame.capturedAtMicros - clip[i]!.capturedAtMicros) / 1_000);
  const shares = { least: 0, "5 %": 0.05, median: 0.5, "95 %": 0.95, most: 1 };
  return Object.entries(shares).map(([name, share]) => ({
    name: `gap between frames, ${name}`,
    unit: "ms",
    value: quantile(gaps, share),
  }));
}

/** Edges of the bands, in cycles a frame and cycles a pixel. */
const timeEdges = [0, 0.03, 0.06, 0.12, 0.25, 0.5];
const spaceEdges = [0, 0.06, 0.12, 0.25, 0.5];

function spectra(still: NoiseFrames, steps: NoiseFrames): readonly NoiseFigure[] {
  const series = Array.from({ length: 150 }, (_, k) => still.map((frame) => frame[k * 127 + 40]!));
  const rows = steps.filter((_, i) => i % 8 === 0).flatMap((step) => everyTenthLine(step, "row"));
  const columns = steps.filter((_, i) => i % 8 === 0).flatMap((step) => everyTenthLine(step, "column"));
  return [
    ...bands("spectrum in time", "of the rate", meanShares(series, timeEdges), timeEdges),
    ...bands("spectrum along x", "cycles/px", meanShares(rows, spaceEdges), spaceEdges),
    ...bands("spectrum along y", "cycles/px", meanShares(columns, spaceEdges), spaceEdges),
  ];
}

function everyTenthLine(step: Float64Array, line: "row" | "column"): Float64Array[] {
  if (line === "row")
    return Array.from({ length: 12 }, (_, k) => step.slice(10 * k * leptonWidth, (10 * k + 1) * leptonWidth));
  return Array.from({ length: 16 }, (_, k) =>
    Float64Array.from({ length: leptonHeight }, (__, y) => step[y * leptonWidth + 10 * k]!),
  );
}

function meanShares(all: readonly ArrayLike<number>[], edges: readonly number[]): readonly number[] {
  const sums = new Array<number>(edges.length - 1).fill(0);
  for (const series of all)
    bandShares(series, edges).forEach((share, i) => {
      sums[i]! += share / all.length;
    });
  return sums;
}

function bands(
  name: string,
  per: string,
  shares: readonly number[],
  edges: readonly number[],
): readonly NoiseFigure[] {
  return shares.map((share, i) => ({
    name: `${name}, ${edges[i]}–${edges[i + 1]} ${per}`,
    unit: "%",
    value: 100 * share,
  }));
}

/** Each feature in the whole seconds of a clip; features without a value are left out. */
export function featureValues(clip: readonly ThermalFrame[]): ReadonlyMap<string, readonly number[]> {
  const seconds: FeatureSecond[] = [];
  const maps = { badPixels: null, mask: null, background: null };
  const extractor = new FeatureExtractor(
    { width: leptonWidth, height: leptonHeight, ...maps },
    (second) => void seconds.push(second),
  );
  for (const frame of clip) extractor.addFrame(frame);
  const values = new Map<string, number[]>();
  for (const { vector } of seconds.slice(firstWholeSecond))
    vector?.forEach((value, i) => {
      const name = wholePictureFeatureNames[i]!;
      if (!Number.isNaN(value)) values.set(name, [...(values.get(name) ?? []), value]);
    });
  return values;
}
