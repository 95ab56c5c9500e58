import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";

const count = leptonWidth * leptonHeight;

/** Frames in thousandths of a kelvin, 160·120 values each. */
export type NoiseFrames = readonly Float64Array[];

/** The value below which a share of the values lies. */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.round(share * (sorted.length - 1))]!;
}

/** The middle value. */
export function median(values: Iterable<number>): number {
  return quantile(values, 0.5);
}

/** Standard deviation. */
export function deviation(values: ArrayLike<number>): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) {
    sum += values[i]!;
    squares += values[i]! ** 2;
  }
  return Math.sqrt(Math.max(0, squares / values.length - (sum / values.length) ** 2));
}

/** Each frame less its own median. */
export function centred(frames: NoiseFrames): NoiseFrames {
  return frames.map((frame) => {
    const middle = median(frame);
    return frame.map((value) => value - middle);
  });
}

/** What changed from each frame to the next. */
export function differences(frames: NoiseFrames): NoiseFrames {
  return frames.slice(1).map((frame, i) => frame.map((value, p) => value - frames[i]![p]!));
}

/** The mean of all frames. */
export function meanFrame(frames: NoiseFrames): Float64Array {
  const mean = new Float64Array(count);
  for (const frame of frames) for (let p = 0; p < count; p += 1) mean[p]! += frame[p]! / frames.length;
  return mean;
}

/** Each pixel less the mean of the 3×3 pixels around it, the border's pixels those of the next. */
export function highPass(picture: Float64Array): Float64Array {
  return picture.map((value, p) => {
    const x = Math.min(leptonWidth - 2, Math.max(1, p % leptonWidth));
    const y = Math.min(leptonHeight - 2, Math.max(1, Math.floor(p / leptonWidth)));
    let sum = 0;
    for (let dy = -1; dy <= 1; dy += 1)
      for (let dx = -1; dx <= 1; dx += 1) sum += picture[(y + dy) * leptonWidth + x + dx]!;
    return value - sum / 9;
  });
}

/** Noise of each pixel from frame to frame: the deviation of its steps over √2. */
export function pixelNoise(steps: NoiseFrames): Float64Array {
  return Float64Array.from({ length: count }, (_, p) =>
    Math.sqrt(steps.reduce((sum, step) => sum + step[p]! ** 2, 0) / steps.length / 2),
  );
}

/** How much a pixel resembles itself `lag` frames later, less its own mean: the median of every 31st pixel. */
export function correlationInTime(frames: NoiseFrames, lag: number): number {
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

/** How much the steps of pixels so far apart resemble each other. */
export function correlationInSpace(steps: NoiseFrames, dx: number, dy: number): number {
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

/** Means of the columns or rows of a picture. */
export function lineMeans(picture: Float64Array, line: "column" | "row"): readonly number[] {
  const lines = line === "column" ? leptonWidth : leptonHeight;
  const sums = new Float64Array(lines);
  for (let p = 0; p < count; p += 1) {
    const which = line === "column" ? p % leptonWidth : Math.floor(p / leptonWidth);
    sums[which]! += picture[p]!;
  }
  return [...sums].map((sum) => (sum * lines) / count);
}

/** How much two pictures resemble each other. */
export function correlation(one: Float64Array, other: Float64Array): number {
  let product = 0;
  for (let p = 0; p < count; p += 1) product += one[p]! * other[p]!;
  return product / count / (deviation(one) * deviation(other));
}

/** Bits a pixel that the steps hold, in whole hundredths of a kelvin: what lossless packing could reach. */
export function entropyBits(steps: NoiseFrames): number {
  const counts = new Map<number, number>();
  let total = 0;
  for (const step of steps)
    for (const value of step) {
      const whole = Math.round(value / 10);
      counts.set(whole, (counts.get(whole) ?? 0) + 1);
      total += 1;
    }
  return [...counts.values()].reduce((sum, n) => sum - (n / total) * Math.log2(n / total), 0);
}

/**
 * Power of a series in bands of frequency, as shares of all of it; `edges` are cycles a sample, rising. By a plain
 * Fourier transform of the series less its mean.
 */
export function bandShares(series: ArrayLike<number>, edges: readonly number[]): number[] {
  const { length } = series;
  let mean = 0;
  for (let i = 0; i < length; i += 1) mean += series[i]! / length;
  const powers = new Array<number>(edges.length - 1).fill(0);
  for (let k = 1; k <= length / 2; k += 1) {
    const frequency = k / length;
    const band = edges.findIndex((edge, i) => i > 0 && frequency <= edge) - 1;
    if (band < 0) continue;
    let re = 0;
    let im = 0;
    for (let i = 0; i < length; i += 1) {
      const angle = (2 * Math.PI * k * i) / length;
      re += (series[i]! - mean) * Math.cos(angle);
      im += (series[i]! - mean) * Math.sin(angle);
    }
    powers[band]! += re * re + im * im;
  }
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
