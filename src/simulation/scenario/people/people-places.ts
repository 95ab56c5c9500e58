import type { Random } from "#core/random.ts";
import type { FloorPlace } from "../../scene/itinerary.ts";
import type { RoomBox, RoomSpace } from "../../scene/room-layout.ts";
import type { StagedRoom } from "../staged-room.ts";

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
/** People keep this far from furniture while walking, if they can. */
const shoulderMetres = 0.25;
const behindWallMetres = 0.8;
const beforeWallMetres = 0.6;
/** A side wall is entered here when the room shows no door: beside the camera. */
const besideCameraMetres = 0.8;
const doorNames = new Set(["door", "roller-door", "gate", "dock-door"]);
/** Higher tops are stood at. */
const seatTopMetres = 0.8;
const seatGapMetres = 0.32;

/** Where people can come in, stand and sit in a room, and how they get from place to place. */
export class PeoplePlaces {
  readonly entrances: readonly Entrance[];
  /** Free places on the floor in view. */
  readonly spots: readonly FloorPlace[];
  readonly seats: readonly Seat[];
  readonly #obstacles: readonly RoomBox[];

  constructor(room: StagedRoom, random: Random) {
    this.#obstacles = room.space.boxes.filter(({ low, high }) => low.y < 1.6 && high.y > 0.3);
    this.entrances = entrancesOf(room.space);
    this.spots = Array.from({ length: spotCount }, () =>
      room.floorPlace(random.between(1.5, room.farthestMetres), random),
    );
    this.seats = room.surfaces.flatMap((surface) => {
      if (surface.place.y > seatTopMetres) return [];
      const off = surface.halfDepthMetres + seatGapMetres;
      const { x, z } = surface.place;
      const sides = [
        { place: { x, z: z + off }, heading: 0 },
        { place: { x, z: z - off }, heading: Math.PI },
      ];
      return sides.filter(({ place }) => isInside(room.space, place) && !this.#isTaken(place));
    });
  }

  /** A way between two places around the furniture: straight, by one other place, or, if there is none, straight. */
  way(from: FloorPlace, to: FloorPlace): readonly FloorPlace[] {
    if (this.#isClear(from, to)) return [to];
    const by = this.spots.find((spot) => this.#isClear(from, spot) && this.#isClear(spot, to));
    return by === undefined ? [to] : [by, to];
  }

  /** A spot other than where somebody is, drawn by that person's own lots. */
  nextSpot(from: FloorPlace, random: Random): FloorPlace {
    const others = this.spots.filter(({ x, z }) => Math.hypot(x - from.x, z - from.z) > 0.5);
    const choice = others.length > 0 ? others : this.spots;
    return choice[random.integer(choice.length)]!;
  }

  /** One of the entrances, drawn by somebody's own lots. */
  anyEntrance(random: Random): Entrance {
    return this.entrances[random.integer(this.entrances.length)]!;
  }

  #isTaken({ x, z }: FloorPlace): boolean {
    return this.#obstacles.some(
      ({ name, low, high }) =>
        !name.startsWith("chair") &&
        x > low.x - 0.1 &&
        x < high.x + 0.1 &&
        z > low.z - 0.1 &&
        z < high.z + 0.1,
    );
  }

  #isClear(from: FloorPlace, to: FloorPlace): boolean {
    return !this.#obstacles.some((box) => crosses(box, from, to));
  }
}

function isInside(space: RoomSpace, { x, z }: FloorPlace): boolean {
  return x > space.leftX + 0.2 && x < space.rightX - 0.2 && z > 0.8 && z < space.depth - 0.2;
}

function entrancesOf(space: RoomSpace): readonly Entrance[] {
  const found: Entrance[] = [];
  for (const { name, low, high } of space.boxes) {
    if (!doorNames.has(name)) continue;
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

function crosses({ low, high }: RoomBox, from: FloorPlace, to: FloorPlace): boolean {
  let enter = 0;
  let leave = 1;
  for (const axis of ["x", "z"] as const) {
    const way = to[axis] - from[axis];
    const least = low[axis] - shoulderMetres - from[axis];
    const most = high[axis] + shoulderMetres - from[axis];
    if (way === 0) {
      if (least > 0 || most < 0) return false;
      continue;
    }
    enter = Math.max(enter, Math.min(least / way, most / way));
    leave = Math.min(leave, Math.max(least / way, most / way));
  }
  return enter < leave;
}
