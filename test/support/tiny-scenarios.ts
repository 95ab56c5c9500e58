import type { EpisodeLot, Scenario, Staging } from "#simulation/scenario/scenario.ts";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";
import type { RoomTemplate } from "#simulation/scenario/staged-room.ts";
import { celsiusToRadiance } from "#simulation/scene/band-radiance.ts";
import type { Picture } from "#simulation/scene/picture.ts";
import type { Point } from "#simulation/scene/pinhole-camera.ts";
import type {
  AirRelease,
  FireThing,
  FireTruth,
  SceneThing,
  SceneView,
} from "#simulation/scene/scene-thing.ts";

const [anyRoom] = scenarioLibrary.flatMap(({ rooms }) => rooms);

/** One room under several names, so that rooms can be divided. */
export const tinyRooms: readonly RoomTemplate[] = ["red-room", "green-room", "blue-room", "grey-room"].map(
  (name) => ({ ...anyRoom!, name }),
);

const nothing: Staging = { boxes: [], things: [], fire: null, hotPlaces: [], cameraEvents: [] };

/** A square glow that grows: enough of a fire for data sets, and nothing more. */
class GrowingGlow implements FireThing {
  readonly place: Point;
  readonly #lot: EpisodeLot;
  #pixels = 0;
  #ageSeconds = -1;

  constructor(lot: EpisodeLot, place: Point) {
    this.#lot = lot;
    this.place = place;
  }

  get truth(): FireTruth {
    const burns = this.#ageSeconds >= 0;
    return {
      stage: burns ? "flaming" : "none",
      heatReleaseKilowatts: burns ? 5 * this.#ageSeconds : 0,
      flamePixels: burns ? this.#pixels : 0,
      hotPixels: 0,
    };
  }

  step(_stepSeconds: number, at: { readonly seconds: number }): void {
    this.#ageSeconds = at.seconds - this.#lot.igniteAtSeconds;
  }

  releases(): readonly AirRelease[] {
    return [];
  }

  draw(picture: Picture, view: SceneView): void {
    this.#pixels =
      this.#ageSeconds < 0 ? 0 : drawGlow(picture, view, { place: this.place, half: 1 + this.#ageSeconds });
  }
}

/** Something warm that stands in its place all the time, and belongs there. */
function warmThing(place: Point): SceneThing {
  return {
    place,
    step: () => {},
    releases: () => [],
    draw: (picture, view) => void drawGlow(picture, view, { place, half: 3 + Math.sin(view.seconds) }),
  };
}

function drawGlow(
  picture: Picture,
  view: SceneView,
  glow: { readonly place: Point; readonly half: number },
): number {
  const seen = view.camera.project(glow.place);
  if (seen === null) return 0;
  let pixels = 0;
  const half = Math.min(6, Math.floor(glow.half));
  for (let y = Math.round(seen.y) - half; y <= seen.y + half; y += 1)
    for (let x = Math.round(seen.x) - half; x <= seen.x + half; x += 1) {
      if (x < 0 || y < 0 || x >= 160 || y >= 120) continue;
      picture.radiance[y * 160 + x] = celsiusToRadiance(120);
      pixels += 1;
    }
  return pixels;
}

function placeIn(lot: EpisodeLot): Point {
  return lot.room.floorPlace(3, lot.random("place"));
}

function tinyFire(family: string): Scenario {
  return {
    name: `${family}-fire`,
    family,
    kind: "fire",
    shows: "flaming",
    title: "A glow that grows.",
    source: "Made up for tests.",
    isHotProcess: false,
    rooms: tinyRooms,
    shortestSeconds: 8,
    longestSeconds: 12,
    stage: (lot) => ({ ...nothing, fire: new GrowingGlow(lot, placeIn(lot)) }),
  };
}

function tinyNuisance(family: string): Scenario {
  return {
    ...tinyFire(family),
    name: `${family}-warm`,
    kind: "nuisance",
    shows: "none",
    isHotProcess: true,
    stage: (lot) => ({
      ...nothing,
      things: [warmThing(placeIn(lot))],
      hotPlaces: [
        {
          name: "hob",
          low: { x: -0.3, y: 0, z: 2.8 },
          high: { x: 0.7, y: 0.8, z: 3.2 },
          hoursOfDay: [0, 24],
          peakCelsius: 130,
          areaPixels: 150,
        },
      ],
    }),
  };
}

/** Three families of fires, three of nuisances, and quiet, of a few seconds each. */
export const tinyScenarios: readonly Scenario[] = [
  ...["paper", "wood", "oil"].map(tinyFire),
  ...["stove", "oven", "torch"].map(tinyNuisance),
  { ...tinyFire("quiet"), name: "quiet", kind: "quiet", shows: "none", stage: () => nothing },
];
