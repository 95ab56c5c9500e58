import { badInput } from "#core/failure.ts";
import { FeatureExtractor } from "#core/features/feature-extractor.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import { floorToSecondMicros, microsPerSecond } from "#core/time.ts";
import { mergeTimeLines } from "#recording/merge-time-lines.ts";
import type { Recording } from "#recording/recording.ts";
import { detectablePictures, type PictureRecording } from "./detectable-pictures.ts";
import { recordedSetup } from "./recorded-setup.ts";

/** The pictures of recordings; throws `Failure` where there are none, or none with temperatures. */
export function radiometricPictures(recordings: readonly Recording[]): PictureRecording {
  const pictures = detectablePictures(recordings);
  if (pictures === null) throw badInput("no-pictures", "Features need a recording with pictures: name one.");
  if (pictures.unit === "raw-counts") {
    throw badInput(
      "not-radiometric",
      `${pictures.path} holds raw counts, not temperatures: give the camera's --gain and --offset to turn them into temperatures.`,
    );
  }
  return pictures;
}

/** The seconds of recordings as the feature extractor closes them; bad pixels and masks are those that they carry. */
export async function* featureSeconds(
  pictures: PictureRecording,
  recordings: readonly Recording[],
): AsyncIterable<FeatureSecond> {
  const closed: FeatureSecond[] = [];
  const { width, height } = pictures;
  const setup = await recordedSetup(pictures);
  const extractor = new FeatureExtractor({ width, height, ...setup, background: null }, (second) =>
    closed.push(second),
  );
  let lastMicros = 0;
  for await (const entry of mergeTimeLines(recordings)) {
    if (entry.kind === "thermal") extractor.addFrame(entry.frame);
    else if (entry.kind === "air") extractor.addAir(entry.sample);
    else if (entry.kind === "tick") extractor.advance(entry.atMicros);
    else if (entry.kind === "config" && entry.config.badPixels?.length === width * height) {
      extractor.setBadPixels(entry.config.badPixels);
    }
    if (entry.kind !== "tick") lastMicros = Math.max(lastMicros, entry.atMicros);
    yield* closed.splice(0);
  }
  if (lastMicros > 0) extractor.advance(floorToSecondMicros(lastMicros - 1) + microsPerSecond);
  yield* closed.splice(0);
}
