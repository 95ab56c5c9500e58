import { badInput } from "#core/failure.ts";
import { pictureSideMin } from "#core/features/image-pyramid.ts";
import type { Recording } from "#recording/recording.ts";

/** A recording with pictures that the detector can work on. */
export type PictureRecording = Recording & { readonly width: number; readonly height: number };

/**
 * The recording that holds the pictures; null when none does. Throws `Failure` ("picture-too-small") for pictures in
 * which the features cannot be computed.
 */
export function detectablePictures(recordings: readonly Recording[]): PictureRecording | null {
  const pictures = recordings.find((recording) => hasPictures(recording));
  if (pictures === undefined || !hasPictures(pictures)) return null;
  const { path, width, height } = pictures;
  if (Math.min(width, height) < pictureSideMin) {
    throw badInput(
      "picture-too-small",
      `${path} holds pictures of ${width}×${height} pixels: the detector needs at least ${pictureSideMin}×${pictureSideMin}.`,
    );
  }
  return pictures;
}

function hasPictures(recording: Recording): recording is PictureRecording {
  return recording.width !== null && recording.height !== null;
}
