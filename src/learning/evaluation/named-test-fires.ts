import { assert } from "#core/failure.ts";
import { drawClimate } from "#simulation/scenario/climate.ts";
import { heptane } from "#simulation/scenario/fires/heptane.ts";
import { smoulderingCotton } from "#simulation/scenario/fires/smouldering-cotton.ts";
import { smoulderingWood } from "#simulation/scenario/fires/smouldering-wood.ts";
import { randomStreams } from "#simulation/scenario/random-streams.ts";
import { hall } from "#simulation/scenario/rooms/hall.ts";
import { warehouse } from "#simulation/scenario/rooms/warehouse.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import type { StagedRoom } from "#simulation/scenario/staged-room.ts";
import type { EpisodeRecipe } from "../dataset/episode-rows.ts";

/** Distances from the lens at which the pan of TF5 (33 × 33 cm) has a goal of its own, metres. */
export const panMetres = { near: 12, far: 25 } as const;
/** A pan counts as one at its distance within this much: furniture may be in the way of the exact place. */
export const panToleranceMetres = 1.5;

/** Episodes of each named test fire in a suite: enough for a 95th percentile. */
export const namedEpisodesEach = 24;
const panSeconds = 120;
/** Rooms drawn at most in search of one that is deep enough; a hall or warehouse in about a hundred is. */
const roomsTriedMax = 50_000;
const seedsEnd = 2 ** 31 - 1;

/**
 * Fires that have a goal of their own, whichever split their family lies in: TF5 at two distances, TF2 and TF3. Their
 * families and rooms may be known from training, so they stand in no other figure of a suite.
 */
export const namedTestFires: readonly Scenario[] = [
  panAt(panMetres.near),
  panAt(panMetres.far),
  { ...smoulderingWood, name: "tf2-smouldering-wood" },
  { ...smoulderingCotton, name: "tf3-smouldering-cotton" },
];

const names = new Set(namedTestFires.map(({ name }) => name));

/** Whether a scenario is one of the named test fires. */
export function isNamedTestFire(scenario: string): boolean {
  return names.has(scenario);
}

/** The same pan at a stated distance, in the only kinds of rooms that are that deep. */
function panAt(metres: number): Scenario {
  return {
    ...heptane,
    name: `tf5-pan-at-${metres}-m`,
    rooms: [hall, warehouse],
    stage: (lot) => {
      const floorPlace: StagedRoom["floorPlace"] = (_, random) =>
        lot.room.floorPlace(floorMetres(lot.room, metres), random);
      return heptane.stage({ ...lot, room: { ...lot.room, floorPlace } });
    },
  };
}

/** How far along the floor something lies that is so far from the lens. */
function floorMetres({ space }: StagedRoom, metres: number): number {
  const { y } = space.camera.position;
  return Math.sqrt(Math.max(0, metres ** 2 - y ** 2));
}

/** Their episodes; numbers go on from `first`. One seed gives one list. */
export function namedTestFireRecipes(wish: {
  readonly seed: number;
  readonly first: number;
  readonly each: number;
}): readonly EpisodeRecipe[] {
  const draw = randomStreams(wish.seed);
  return namedTestFires.flatMap((scenario, of) => {
    const random = draw(`named-test-fire/${scenario.name}`);
    return Array.from({ length: wish.each }, (_, k): EpisodeRecipe => {
      const episode = wish.first + of * wish.each + k;
      const room = scenario.rooms[k % scenario.rooms.length]!;
      const needed = scenario.name.startsWith("tf5") ? (of === 0 ? panMetres.near : panMetres.far) : 0;
      let seed = random.integer(seedsEnd);
      let tried = 1;
      for (; !isDeepEnough(room, { seed, metres: needed }) && tried < roomsTriedMax; tried += 1)
        seed = random.integer(seedsEnd);
      assert(tried < roomsTriedMax, `a ${room.name} is ${needed} m deep in one of ${roomsTriedMax} draws`);
      return {
        episode,
        pair: episode,
        split: "test",
        scenario: scenario.name,
        room: room.name,
        seed,
        seconds: needed > 0 ? panSeconds : scenario.longestSeconds,
        imaginedIgnitionSeconds: null,
        fire: "as-staged",
        flameRenderer: k % 2 === 0 ? "plume" : "billow",
        maskSeed: 0,
      };
    });
  });
}

/** Draws the room as an episode of this seed does. */
function isDeepEnough(
  template: Scenario["rooms"][number],
  of: { readonly seed: number; readonly metres: number },
): boolean {
  if (of.metres === 0) return true;
  const random = randomStreams(of.seed);
  const room = template.draw(random("room"), drawClimate(random("climate")));
  return room.farthestMetres >= floorMetres(room, of.metres);
}
