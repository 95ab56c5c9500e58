import type { Random } from "#core/random.ts";
import type { FloorPlace } from "../../scene/itinerary.ts";
import type { RoomSpace } from "../../scene/room-layout.ts";
import type { FloorArea } from "../scenario.ts";
import type { StagedRoom } from "../staged-room.ts";
import { FloorWays, isDoor } from "./floor-ways.ts";

/** Where somebody comes in: a place behind the wall, out of sight, and the one before it in the room. */
export interface Entrance {
  readonly outside: FloorPlace;
  readonly inside: FloorPlace;
}

/** Where somebody sits, and which way they face (see `Posture.heading`). */
export interface Seat {
  readonly place: FloorPlace;
  readonly heading: number;
}

const spotCount = 14;
/** Spots that are to be kept off are drawn again, so often in all. */
const spotDrawsMax = 60;
/** People keep this far from furniture while walking. */
const shoulderMetres = 0.25;
const behindWallMetres = 0.8;
const beforeWallMetres = 0.6;
/** A side wall is entered here when the room shows no door: beside the camera. */
const besideCameraMetres = 0.8;
/** Higher tops are stood at. */
const seatTopMetres = 0.8;
const seatGapMetres = 0.32;

/** Where people can come in, stand and sit in a room, and how they get from place to place. */
export class PeoplePlaces {
  /** Those that can be reached; none where something stands before all of them. */
  readonly entrances: readonly Entrance[];
  /** Free places on the floor in view; none where all of it is kept off. */
  readonly spots: readonly FloorPlace[];
  readonly seats: readonly Seat[];
  readonly #space: RoomSpace;
  readonly #ways: FloorWays;

  /** `keepOff` is where nobody sets foot. */
  constructor(room: StagedRoom, random: Random, keepOff: readonly FloorArea[] = []) {
    this.#space = room.space;
    this.#ways = new FloorWays(room.space, { clearanceMetres: shoulderMetres, keepOff });
    this.entrances = entrancesOf(room.space).filter(
      ({ inside, outside }) =>
        this.#ways.isFree(inside) && this.#ways.isFree(outside) && this.way(outside, inside)?.length === 1,
    );
    this.spots = this.#drawSpots(room, random);
    this.seats = room.surfaces.flatMap((surface) => {
      if (surface.place.y > seatTopMetres) return [];
      const off = surface.halfDepthMetres + seatGapMetres;
      const { x, z } = surface.place;
      const sides = [
        { place: { x, z: z + off }, heading: 0 },
        { place: { x, z: z - off }, heading: Math.PI },
      ];
      return sides.filter(({ place }) => isInside(room.space, place) && this.#canSitAt(place));
    });
  }

  /** The shortest way between two places around furniture and what is kept off; null where there is none. */
  way(from: FloorPlace, to: FloorPlace): readonly FloorPlace[] | null {
    return this.#ways.way(from, to);
  }

  /** Any spot, drawn by somebody's own lots; null where there is none. */
  anySpot(random: Random): FloorPlace | null {
    return this.spots.length === 0 ? null : this.spots[random.integer(this.spots.length)]!;
  }

  /** A spot other than where somebody is, to which a way leads, drawn by that person's own lots; null where there is none. */
  nextSpot(from: FloorPlace, random: Random): FloorPlace | null {
    const others = this.spots.filter(
      (spot) => Math.hypot(spot.x - from.x, spot.z - from.z) > 0.5 && this.way(from, spot) !== null,
    );
    return others.length === 0 ? null : others[random.integer(others.length)]!;
  }

  /** One of the entrances that a way joins to a place, drawn by somebody's own lots; null where there is none. */
  entranceTo(place: FloorPlace, random: Random): Entrance | null {
    const joined = this.entrances.filter(({ inside }) => this.way(inside, place) !== null);
    return joined.length === 0 ? null : joined[random.integer(joined.length)]!;
  }

  /** One of the entrances, drawn by somebody's own lots; null where there is none. */
  anyEntrance(random: Random): Entrance | null {
    return this.entrances.length === 0 ? null : this.entrances[random.integer(this.entrances.length)]!;
  }

  /** Where somebody can stand nearest to a place, on the straight line from it to a free one. */
  standingPlace(place: FloorPlace, towards: FloorPlace): FloorPlace {
    for (let share = 0; share < 1; share += 0.1) {
      const x = place.x + share * (towards.x - place.x);
      const z = place.z + share * (towards.z - place.z);
      if (isInside(this.#space, { x, z }) && this.#ways.isFree({ x, z })) return { x, z };
    }
    return towards;
  }

  #drawSpots(room: StagedRoom, random: Random): readonly FloorPlace[] {
    const spots: FloorPlace[] = [];
    for (let draws = 0; draws < spotDrawsMax && spots.length < spotCount; draws += 1) {
      const spot = room.floorPlace(random.between(1.5, room.farthestMetres), random);
      if (this.#ways.isFree(spot)) spots.push(spot);
    }
    return spots;
  }

  /** A chair may stand there, and nothing else. */
  #canSitAt(place: FloorPlace): boolean {
    const { x, z } = place;
    const isTaken = this.#space.boxes.some(
      ({ name, low, high }) =>
        low.y < 1.6 &&
        high.y > 0.3 &&
        !name.startsWith("chair") &&
        x > low.x - 0.1 &&
        x < high.x + 0.1 &&
        z > low.z - 0.1 &&
        z < high.z + 0.1,
    );
    return !isTaken && this.#ways.isOpen(place);
  }
}

function isInside(space: RoomSpace, { x, z }: FloorPlace): boolean {
  return x > space.leftX + 0.2 && x < space.rightX - 0.2 && z > 0.8 && z < space.depth - 0.2;
}

function entrancesOf(space: RoomSpace): readonly Entrance[] {
  const found: Entrance[] = [];
  for (const box of space.boxes) {
    if (!isDoor(box)) continue;
    const { low, high } = box;
    const x = (low.x + high.x) / 2;
    const z = (low.z + high.z) / 2;
    if (high.z - low.z < 0.2) found.push(through({ x, z: space.depth }, { x: 0, z: -1 }));
    else if (x < 0) found.push(through({ x: space.leftX, z }, { x: 1, z: 0 }));
    else found.push(through({ x: space.rightX, z }, { x: -1, z: 0 }));
  }
  const beside = { z: besideCameraMetres };
  found.push(through({ x: space.leftX, ...beside }, { x: 1, z: 0 }));
  found.push(through({ x: space.rightX, ...beside }, { x: -1, z: 0 }));
  return found;
}

function through(wall: FloorPlace, inwards: FloorPlace): Entrance {
  return {
    outside: { x: wall.x - behindWallMetres * inwards.x, z: wall.z - behindWallMetres * inwards.z },
    inside: { x: wall.x + beforeWallMetres * inwards.x, z: wall.z + beforeWallMetres * inwards.z },
  };
}
