import type { RecordedOrigin } from "#recording/recorded-origin.ts";
import { physicsVersion } from "#simulation/physics-version.ts";
import type { Episode } from "#simulation/scenario/episode.ts";
import { softwareVersion } from "../software-version.ts";

/** What an episode's recording says of its making: all that was drawn by lot, and where heat belongs. */
export function episodeOrigin(
  episode: Episode,
  made: {
    readonly seed: number;
    readonly kind: RecordedOrigin["kind"];
    /** Further lines for `details`. */
    readonly details: Readonly<Record<string, unknown>>;
  },
): RecordedOrigin {
  const { scenario, staged, staging, climate, variation } = episode;
  return {
    kind: made.kind,
    scenario: scenario.name,
    seed: made.seed,
    physicsVersion,
    softwareVersion: softwareVersion(),
    room: staged.name,
    details: {
      family: scenario.family,
      kind: scenario.kind,
      shows: scenario.shows,
      isHotProcess: scenario.isHotProcess,
      source: scenario.source,
      seconds: episode.seconds,
      igniteAtSeconds: scenario.kind === "fire" ? episode.igniteAtSeconds : null,
      climate,
      variation,
      airSensorPlace: episode.airSensorPlace,
      hotPlaces: staging.hotPlaces,
      cameraEvents: staging.cameraEvents,
      ...made.details,
    },
  };
}
