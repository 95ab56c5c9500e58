import { FeatureExtractor, type FeatureExtractorOptions } from "#core/features/feature-extractor.ts";
import { type WholePictureFeatureName, wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";

/** An extractor and the seconds it has closed so far. */
export interface FeatureRun {
  readonly extractor: FeatureExtractor;
  readonly seconds: FeatureSecond[];
}

/** Starts an extractor that collects its seconds; 160×120 without masks or bad pixels unless said otherwise. */
export function featureRun(options: Partial<FeatureExtractorOptions> = {}): FeatureRun {
  const seconds: FeatureSecond[] = [];
  const plain = { width: 160, height: 120, badPixels: null, mask: null, background: null };
  return {
    seconds,
    extractor: new FeatureExtractor({ ...plain, ...options }, (second) => seconds.push(second)),
  };
}

/** One of the 18 features of a second; NaN when it is absent or the second has no vector. */
export function feature(second: FeatureSecond | undefined, name: WholePictureFeatureName): number {
  return second?.vector?.[wholePictureFeatureNames.indexOf(name)] ?? Number.NaN;
}
