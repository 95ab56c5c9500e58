import { FeatureExtractor } from "#core/features/feature-extractor.ts";
import type { FeatureKernelMaker } from "#core/features/feature-kernel.ts";
import { FrameFeatures } from "#core/features/frame-features.ts";
import type { BenchClip } from "./bench-clips.ts";

/**
 * The features of each picture alone, with optical flow: what the peer computes. By a kernel, or by plain TypeScript when
 * that is null. Returns how many were measured.
 */
export function framePass({ frames }: BenchClip, kernel: FeatureKernelMaker | null): number {
  const { width, height } = frames[0]!;
  const features = new FrameFeatures({ width, height }, kernel?.({ width, height }));
  for (const frame of frames) {
    features.measure(frame.pixels, "adjacent");
  }
  return frames.length;
}

/** Everything the device does with a picture but decide: the 18 features, bad pixels, background and hot regions. */
export function extractorPass({ frames }: BenchClip, kernel: FeatureKernelMaker | null): number {
  const { width, height } = frames[0]!;
  const maps = { badPixels: null, mask: null, background: null };
  const options = { width, height, ...maps, kernel: kernel ?? undefined };
  const extractor = new FeatureExtractor(options, () => {});
  for (const frame of frames) extractor.addFrame(frame);
  return frames.length;
}

/** The first ten features of every picture but the first, to compare with the peer's. */
export function firstTenFeatures({ frames }: BenchClip): readonly (readonly number[])[] {
  const { width, height } = frames[0]!;
  const features = new FrameFeatures({ width, height });
  const rows: number[][] = [];
  for (const frame of frames) {
    features.measure(frame.pixels, "adjacent");
    rows.push([...features.values.subarray(0, 10)]);
  }
  return rows.slice(1);
}
