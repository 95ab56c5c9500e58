import type { Random } from "#core/random.ts";
import type { FloorPlace } from "../../scene/itinerary.ts";
import type { Point } from "../../scene/pinhole-camera.ts";
import type { RoomBox } from "../../scene/room-layout.ts";
import { FloorWays } from "../people/floor-ways.ts";
import { RoomView } from "../rooms/room-view.ts";
import type { EpisodeLot } from "../scenario.ts";
import type { Surface } from "../staged-room.ts";

/** A place for something hot, and the furniture that was brought for it. */
export interface HotSpot {
  readonly place: Point;
  readonly boxes: readonly RoomBox[];
}

/** Measures of something that stands on the floor, in metres. */
export interface Standing {
  readonly name: string;
  readonly halfWidth: number;
  readonly halfDepth: number;
  readonly height: number;
}

/** A place that the camera does not see is drawn again, at most this often; then the last one stands. */
const drawsMax = 24;
/** People keep this far from walls. */
const wallClearMetres = 0.35;
/** What stands before a wall sticks out farther than the counters beside it. */
const beforeCountersMetres = 0.04;

/** A box of ordinary warmth with this footprint. */
export function boxAt(lot: EpisodeLot, foot: Point, standing: Standing): RoomBox {
  const { halfWidth, halfDepth, height, name } = standing;
  return {
    name,
    low: { x: foot.x - halfWidth, y: foot.y, z: foot.z - halfDepth },
    high: { x: foot.x + halfWidth, y: foot.y + height, z: foot.z + halfDepth },
    look: { celsius: lot.climate.insideCelsius },
  };
}

/** Draws places until the camera sees one at each of these heights over it. */
function seenSpot(lot: EpisodeLot, draw: () => HotSpot, heightsMetres: readonly number[]): HotSpot {
  const view = new RoomView(lot.room.space);
  let spot = draw();
  for (let draws = 1; draws < drawsMax; draws += 1) {
    const { place } = spot;
    if (heightsMetres.every((height) => view.canSee({ ...place, y: place.y + height }))) return spot;
    spot = draw();
  }
  return spot;
}

/** A free place on the floor where a standing person is seen, between two distances as far as the room has them. */
export function floorSpot(
  lot: EpisodeLot,
  random: Random,
  between: readonly [near: number, far: number],
): Point {
  const draw = (): HotSpot => ({ place: floorPlaceBetween(lot, random, between), boxes: [] });
  return seenSpot(lot, draw, [0.9, 1.65]).place;
}

function floorPlaceBetween(
  lot: EpisodeLot,
  random: Random,
  between: readonly [near: number, far: number],
): Point {
  const far = Math.min(between[1], lot.room.farthestMetres);
  return lot.room.floorPlace(random.between(Math.min(between[0], far), far), random);
}

/** Something standing on the floor: the middle of its top, and its box. */
export function standingSpot(
  lot: EpisodeLot,
  random: Random,
  options: { readonly standing: Standing; readonly between: readonly [near: number, far: number] },
): HotSpot {
  const { standing, between } = options;
  const draw = (): HotSpot => {
    const foot = floorPlaceBetween(lot, random, between);
    return { place: { ...foot, y: standing.height }, boxes: [boxAt(lot, foot, standing)] };
  };
  return seenSpot(lot, draw, [0.05, 0.3]);
}

/** A place on a surface of one of these kinds with room to all sides; on a table brought along where there is none. */
export function surfaceSpot(
  lot: EpisodeLot,
  random: Random,
  options: { readonly kinds: readonly Surface["kind"][]; readonly roomMetres: number },
): HotSpot {
  const { kinds, roomMetres } = options;
  const fitting = lot.room.surfaces.filter(
    ({ kind, halfWidthMetres, halfDepthMetres }) =>
      kinds.includes(kind) && Math.min(halfWidthMetres, halfDepthMetres) >= roomMetres,
  );
  if (fitting.length === 0) {
    const standing = { name: "small-table", halfWidth: 0.4, halfDepth: 0.35, height: 0.74 };
    return standingSpot(lot, random, { standing, between: [2, 6] });
  }
  const draw = (): HotSpot => {
    const { place, halfWidthMetres, halfDepthMetres } = fitting[random.integer(fitting.length)]!;
    const aside = (half: number): number => (half - roomMetres) * random.between(-1, 1);
    const x = place.x + aside(halfWidthMetres);
    return { place: { x, y: place.y, z: place.z + aside(halfDepthMetres) }, boxes: [] };
  };
  return seenSpot(lot, draw, [0.03, 0.2]);
}

/** Something that stands with its back to the far wall where that is free, elsewhere in the room otherwise: its front. */
export function wallSpot(lot: EpisodeLot, random: Random, standing: Standing): HotSpot {
  const { halfWidth, halfDepth, height } = standing;
  const { leftX, rightX, depth } = lot.room.space;
  const free = lot.room.wallPlaces.filter(
    ({ place, facing }) =>
      facing.z === -1 && place.x - halfWidth > leftX + 0.02 && place.x + halfWidth < rightX - 0.02,
  );
  const draw = (): HotSpot => {
    const wall = free.length === 0 ? null : free[random.integer(free.length)]!;
    const foot =
      wall === null
        ? floorPlaceBetween(lot, random, [2.5, 8])
        : { x: wall.place.x, y: 0, z: Math.min(depth, wall.place.z) - halfDepth - beforeCountersMetres };
    return { place: { ...foot, z: foot.z - halfDepth }, boxes: [boxAt(lot, foot, standing)] };
  };
  return seenSpot(lot, draw, [0.3 * height, 0.7 * height]);
}

/** Somebody at work stands close to furniture, and never in it; on their way they keep a shoulder's width off. */
const workClearMetres = 0.12;
const wayClearMetres = 0.25;
const stepBackMetres = 0.1;
const stepsBackMax = 12;
const chestMetres = 1.2;

/**
 * Where somebody stands to work at a place, beside it or before it, within the room and clear of furniture, and their way
 * there. `boxes` is what the scenario brings along.
 */
export function workSpot(
  lot: EpisodeLot,
  random: Random,
  options: {
    readonly at: Point;
    readonly aside: number;
    readonly before: number;
    readonly boxes: readonly RoomBox[];
  },
): {
  readonly spot: FloorPlace;
  readonly outside: FloorPlace;
  readonly way: readonly FloorPlace[];
  readonly facing: FloorPlace;
} {
  const { leftX, rightX, depth } = lot.room.space;
  const space = { ...lot.room.space, boxes: [...lot.room.space.boxes, ...options.boxes] };
  const within = (x: number): number =>
    Math.min(rightX - wallClearMetres, Math.max(leftX + wallClearMetres, x));
  const side = random.uniform() < 0.5 ? -1 : 1;
  const clear = new FloorWays(space, { clearanceMetres: workClearMetres, keepOff: [] });
  const standing = (to: number): FloorPlace => {
    const x = within(options.at.x + to * options.aside);
    const z = Math.min(depth - wallClearMetres, Math.max(1, options.at.z - options.before));
    return steppedBack({ x, z }, clear);
  };
  const view = new RoomView(space);
  const isSeen = ({ x, z }: FloorPlace): boolean => view.canSee({ x, y: chestMetres, z });
  const drawn = standing(side);
  const other = standing(-side);
  // Whoever works at the edge of the picture works on the side that is in it.
  const spot = isSeen(drawn) || !isSeen(other) ? drawn : other;
  // They come from beside the camera, where no picture reaches.
  const outside = { x: random.uniform() < 0.5 ? leftX + 0.3 : rightX - 0.3, z: 0.25 };
  const ways = new FloorWays(space, { clearanceMetres: wayClearMetres, keepOff: [] });
  const way = ways.way(outside, spot) ?? [spot];
  return { spot, outside, way: way.slice(0, -1), facing: options.at };
}

/** The first place towards the camera's wall that is clear of furniture, or the place itself. */
function steppedBack(place: FloorPlace, ways: FloorWays): FloorPlace {
  for (let steps = 0; steps <= stepsBackMax; steps += 1) {
    const back = { x: place.x, z: place.z - steps * stepBackMetres };
    if (back.z > 0.6 && ways.isFree(back)) return back;
  }
  return place;
}
