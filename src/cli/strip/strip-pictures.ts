import type { Episode } from "#simulation/scenario/episode.ts";
import type { EpisodeTruth } from "#simulation/scenario/episode-truth.ts";
import { renderEpisode } from "#simulation/scenario/render-episode.ts";
import { makeCameraLoops } from "../rendering-kernels.ts";

/** Pictures of one strip. */
export const picturesPerStrip = 8;

/** One picture of an episode, and what was true then. */
export interface StripPicture {
  readonly seconds: number;
  /** Hundredths of a kelvin. */
  readonly pixels: Uint16Array;
  readonly truth: EpisodeTruth;
}

/** Shares of the time from ignition to the end at which a fire is looked at: closer together while it is small. */
const sharesAfterIgnition = [0.03, 0.08, 0.18, 0.33, 0.52, 0.75, 0.99];
const shareBeforeIgnition = 0.5;
/** The last picture of an episode may come this long before its end. */
const lastPictureSeconds = 0.25;
/** What happens to the camera is looked at this long after it has begun. */
const afterCameraEventSeconds = 0.4;

/** When an episode is looked at: spread evenly, or around the ignition and what happens to the camera. */
export function stripMoments(episode: Episode): readonly number[] {
  const { seconds, igniteAtSeconds, scenario, staging } = episode;
  const left = seconds - igniteAtSeconds;
  const even = Array.from({ length: picturesPerStrip }, (_, i) => ((i + 0.5) / picturesPerStrip) * seconds);
  const moments =
    scenario.kind === "fire"
      ? [
          igniteAtSeconds * shareBeforeIgnition,
          ...sharesAfterIgnition.map((share) => igniteAtSeconds + share * left),
        ]
      : even;
  const events = staging.cameraEvents
    .map((event) => event.atSeconds + afterCameraEventSeconds)
    .filter((atSeconds) => atSeconds < seconds)
    .slice(0, picturesPerStrip / 2);
  const others = moments.filter((_, i) => i === 0 || i > events.length);
  return [...events, ...others]
    .map((moment) => Math.min(moment, seconds - lastPictureSeconds))
    .sort((one, other) => one - other);
}

/** Renders an episode as its devices see it and keeps the pictures of these moments, given in rising order. */
export function stripPictures(episode: Episode, moments: readonly number[]): readonly StripPicture[] {
  const kept: StripPicture[] = [];
  for (const entry of renderEpisode(episode, { startMicros: 0, loops: makeCameraLoops })) {
    if (entry.kind !== "thermal") continue;
    const seconds = entry.atMicros / 1e6;
    while (kept.length < moments.length && seconds >= moments[kept.length]!)
      kept.push({ seconds, pixels: entry.frame.pixels, truth: episode.truthAt(seconds) });
    if (kept.length === moments.length) break;
  }
  return kept;
}
