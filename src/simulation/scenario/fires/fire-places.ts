import type { Random } from "#core/random.ts";
import type { Point } from "../../scene/pinhole-camera.ts";
import type { RoomBox } from "../../scene/room-layout.ts";
import { RoomView } from "../rooms/room-view.ts";
import type { EpisodeLot } from "../scenario.ts";
import type { Surface } from "../staged-room.ts";

/** Fires are staged at 2 to 25 m, as the room allows, evenly on a logarithmic scale. */
const nearestMetres = 2;
const farthestMetres = 25;
/** A stand for what does not burn on the floor, where the room has no table in view. */
const standHeightMetres = 0.75;
const standHalfMetres = 0.35;
/** Of a tall thing's flames, so much over their base is in view too. */
const lowestFlameMetres = 0.5;
const drawsMax = 24;

/** Where something burns, and what has to be put there to carry it. */
export interface FirePlace {
  readonly place: Point;
  readonly boxes: readonly RoomBox[];
}

/** A distance at which a fire may be staged in this room. */
export function fireDistanceMetres(lot: EpisodeLot, random: Random): number {
  const far = Math.max(nearestMetres, Math.min(farthestMetres, lot.room.farthestMetres));
  return nearestMetres * (far / nearestMetres) ** random.uniform();
}

/** A place on the floor. */
export function placeOnFloor(lot: EpisodeLot): FirePlace {
  const random = lot.random("place");
  return { place: lot.room.floorPlace(fireDistanceMetres(lot, random), random), boxes: [] };
}

/**
 * A place on the floor for something as tall as this that burns at its top: the camera sees where the flames come from and
 * their lowest part. Drawn again where it does not, at most so often as `drawsMax` says; then the last one stands.
 */
export function placeForTall(lot: EpisodeLot, heightMetres: number): FirePlace {
  const random = lot.random("place");
  const view = new RoomView(lot.room.space);
  let place = lot.room.floorPlace(fireDistanceMetres(lot, random), random);
  const isSeen = (): boolean =>
    view.canSee(raised(place, heightMetres)) && view.canSee(raised(place, heightMetres + lowestFlameMetres));
  for (let draws = 1; draws < drawsMax && !isSeen(); draws += 1)
    place = lot.room.floorPlace(fireDistanceMetres(lot, random), random);
  return { place, boxes: [] };
}

/** A place on a table or the like; a stand is put up where the room has none of these kinds in view. */
export function placeOnTop(lot: EpisodeLot, kinds: readonly Surface["kind"][]): FirePlace {
  const random = lot.random("place");
  const surfaces = lot.room.surfaces.filter(({ kind }) => kinds.includes(kind));
  if (surfaces.length > 0) {
    const { place, halfWidthMetres, halfDepthMetres } = surfaces[random.integer(surfaces.length)]!;
    const alongX = random.between(-0.6, 0.6) * halfWidthMetres;
    const alongZ = random.between(-0.5, 0.2) * halfDepthMetres;
    return { place: { x: place.x + alongX, y: place.y, z: place.z + alongZ }, boxes: [] };
  }
  const floor = lot.room.floorPlace(fireDistanceMetres(lot, random), random);
  const place = { ...floor, y: standHeightMetres };
  const stand = boxUnder(lot, "stand", { top: place, width: 2 * standHalfMetres, height: standHeightMetres });
  return { place, boxes: [stand] };
}

/** A box as warm as the room whose top has its middle at a place. */
export function boxUnder(
  lot: EpisodeLot,
  name: string,
  size: { readonly top: Point; readonly width: number; readonly height: number; readonly depth?: number },
): RoomBox {
  const { top, width, height, depth = width } = size;
  return {
    name,
    look: { celsius: lot.climate.insideCelsius },
    low: { x: top.x - width / 2, y: top.y - height, z: top.z - depth / 2 },
    high: { x: top.x + width / 2, y: top.y, z: top.z + depth / 2 },
  };
}

/** The place this much higher. */
export function raised(place: Point, metres: number): Point {
  return { ...place, y: place.y + metres };
}
