import { badInput } from "#core/failure.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { openRecording } from "#recording/open-recording.ts";

/** Pictures that are held in memory: about five minutes, 100 MB. Of a longer recording the first so many are shown. */
export const recordedPicturesMax = 2_600;

/**
 * The pictures of a recording for an emulated camera to look at; null without a path. Throws `Failure` for a recording
 * whose pictures are no temperatures or not a Lepton's.
 */
export async function recordedPictures(path: string | undefined): Promise<readonly Uint16Array[] | null> {
  if (path === undefined) return null;
  const recording = await openRecording(path);
  const { width, height, unit } = recording;
  if (width !== leptonWidth || height !== leptonHeight || unit !== "centikelvin") {
    throw badInput(
      "not-a-scene",
      `${path} cannot be shown to an emulated Lepton: it needs pictures of ${leptonWidth}×${leptonHeight} temperatures.`,
    );
  }
  const pictures: Uint16Array[] = [];
  for await (const entry of recording.entries()) {
    if (entry.kind === "thermal") pictures.push(entry.frame.pixels);
    if (pictures.length >= recordedPicturesMax) break;
  }
  return pictures;
}
