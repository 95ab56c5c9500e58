import { FeatureExtractor } from "#core/features/feature-extractor.ts";
import { FrameFeatures } from "#core/features/frame-features.ts";
import type { BenchClip } from "./bench-clips.ts";

/** The features of each picture alone, with optical flow: what the peer computes. Returns how many were measured. */
export function framePass({ frames }: BenchClip): number {
  const { width, height } = frames[0]!;
  const features = new FrameFeatures({ width, height });
  for (const frame of frames) {
    features.measure(frame.pixels, "adjacent");
  }
  return frames.length;
}

/** Everything the device does with a picture but decide: the 18 features, bad pixels, background and hot regions. */
export function extractorPass({ frames }: BenchClip): number {
  const { width, height } = frames[0]!;
  const maps = { badPixels: null, mask: null, background: null };
  const extractor = new FeatureExtractor({ width, height, ...maps }, () => {});
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
