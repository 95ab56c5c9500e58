import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { openRecording } from "#recording/open-recording.ts";
import { Episode } from "#simulation/scenario/episode.ts";
import { renderEpisode } from "#simulation/scenario/render-episode.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import { scenarioNamed } from "#simulation/scenario/scenario-library.ts";
import type { RoomTemplate } from "#simulation/scenario/staged-room.ts";
import { realRecordingsFolder } from "#support/real-recordings.ts";

const startMicros = Date.UTC(2026, 0, 1) * 1_000;
/** Pictures of the real clip: estimates from equally many are equally biased. */
const clipFrames = 82;
const clipSeconds = 12;

/** The real Lepton 3.5 clip's frames; null where the recordings are absent. */
export async function realStillFrames(): Promise<readonly ThermalFrame[] | null> {
  const folder = realRecordingsFolder();
  const name = ["lepton35-y16-liflabuc", "thermal_20260512_151542.raw.y16.gz"];
  const path = folder === null ? null : join(folder, ...name);
  if (path === null || !existsSync(path)) return null;
  const frames: ThermalFrame[] = [];
  for await (const entry of (await openRecording(path)).entries())
    if (entry.kind === "thermal") frames.push(entry.frame);
  return frames;
}

/** A wall without anything on it, 3 m away: what the real clip shows, a curtain, is not much more. */
const plainWall: RoomTemplate = {
  name: "plain-wall",
  title: "A plain wall.",
  draw: (_random, climate) => ({
    name: "plain-wall",
    space: {
      leftX: -4,
      rightX: 4,
      depth: 3,
      height: 6,
      camera: { position: { x: 0, y: 3, z: 0.05 }, tiltDownDegrees: 0 },
      walls: { celsius: climate.insideCelsius, risePerMetre: 0.6 },
      floor: { celsius: climate.insideCelsius },
      ceiling: { celsius: climate.insideCelsius },
      boxes: [],
      airChangesPerHour: 0.5,
    },
    surfaces: [],
    wallPlaces: [],
    farthestMetres: 3,
    floorPlace: () => ({ x: 0, y: 0, z: 2 }),
  }),
};

/** As many frames of a wall before which nothing moves, seen by another unit with each seed. */
export function simulatedStillFrames(seed: number): readonly ThermalFrame[] {
  const still: Scenario = {
    ...scenarioNamed("quiet-room"),
    rooms: [plainWall],
    stage: () => ({ boxes: [], things: [], fire: null, hotPlaces: [], cameraEvents: [] }),
  };
  const episode = new Episode({
    scenario: still,
    seed,
    seconds: clipSeconds,
    fire: "unlit",
    flameRenderer: "plume",
    background: "none",
  });
  const frames: ThermalFrame[] = [];
  for (const entry of renderEpisode(episode, { startMicros }))
    if (entry.kind === "thermal" && frames.length < clipFrames) frames.push(entry.frame);
  return frames;
}
