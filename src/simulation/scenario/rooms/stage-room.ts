import type { Point } from "../../scene/pinhole-camera.ts";
import type { RoomSpace } from "../../scene/room-layout.ts";
import type { StagedRoom, Surface } from "../staged-room.ts";
import { RoomView } from "./room-view.ts";

/** Floor places keep this far from furniture and walls. */
const clearanceMetres = 0.5;
/** What hangs higher than this stands in nobody's way. */
const headroomMetres = 1.9;
/** A floor place and what stands there must be in view at these heights. */
const seenHeightsMetres = [0.02, 0.2, 0.4];
/** Floor places and wall places are looked for on grids of this width; more coarsely in a hall. */
const gridMetres = 0.2;
const hallGridMetres = 0.4;
const hallDepthMetres = 12;
const wallGridMetres = 0.6;
const wallPlaceHeightMetres = 1;
/** What hangs on a wall is this deep. */
const wallReachMetres = 0.15;
/** A floor place counts as being at the distance asked for when it is nearer to it than this. */
const distanceToleranceMetres = 0.3;

/** Finds out where things can stand and hang in a furnished room so that the camera sees them; null when nowhere. */
export function stageRoom(room: {
  readonly name: string;
  readonly space: RoomSpace;
  readonly surfaces: readonly Surface[];
}): StagedRoom | null {
  const { name, space } = room;
  const view = new RoomView(space);
  const places = floorPlaces(space, view);
  const surfaces = room.surfaces.filter(({ place }) => view.canSee({ ...place, y: place.y + 0.05 }));
  const walls = wallPlaces(space, view);
  if (places.length === 0 || surfaces.length === 0 || walls.length === 0) return null;
  const farthestMetres = Math.max(...places.map((place) => view.floorDistance(place)));
  return {
    name,
    space,
    surfaces,
    wallPlaces: walls,
    farthestMetres,
    floorPlace(distanceMetres, random) {
      const off = places.map((place) => Math.abs(view.floorDistance(place) - distanceMetres));
      const limit = Math.max(distanceToleranceMetres, Math.min(...off) + 0.1);
      const near = places.filter((_, i) => off[i]! <= limit);
      return near[random.integer(near.length)]!;
    },
  };
}

function floorPlaces(space: RoomSpace, view: RoomView): readonly Point[] {
  const grid = space.depth > hallDepthMetres ? hallGridMetres : gridMetres;
  const obstacles = space.boxes.filter(({ low }) => low.y < headroomMetres);
  const found: Point[] = [];
  for (let z = clearanceMetres; z <= space.depth - clearanceMetres; z += grid)
    for (let x = space.leftX + clearanceMetres; x <= space.rightX - clearanceMetres; x += grid) {
      const blocked = obstacles.some(
        ({ low, high }) =>
          Math.hypot(Math.max(low.x - x, x - high.x, 0), Math.max(low.z - z, z - high.z, 0)) <
          clearanceMetres,
      );
      if (!blocked && seenHeightsMetres.every((y) => view.canSee({ x, y, z }))) found.push({ x, y: 0, z });
    }
  return found;
}

function wallPlaces(space: RoomSpace, view: RoomView): StagedRoom["wallPlaces"] {
  const found: { place: Point; facing: Point }[] = [];
  const y = wallPlaceHeightMetres;
  const keep = (place: Point, facing: Point): void => {
    const before = {
      x: place.x + wallReachMetres * facing.x,
      y,
      z: place.z + wallReachMetres * facing.z,
    };
    const taken = space.boxes.some(
      ({ low, high }) =>
        before.x > low.x - 0.1 &&
        before.x < high.x + 0.1 &&
        y > low.y - 0.2 &&
        y < high.y + 0.2 &&
        before.z > low.z - 0.1 &&
        before.z < high.z + 0.1,
    );
    if (!taken && view.canSee(before)) found.push({ place, facing });
  };
  for (let x = space.leftX + 0.4; x < space.rightX - 0.3; x += wallGridMetres)
    keep({ x, y, z: space.depth }, { x: 0, y: 0, z: -1 });
  for (let z = 1; z < space.depth - 0.3; z += wallGridMetres) {
    keep({ x: space.leftX, y, z }, { x: 1, y: 0, z: 0 });
    keep({ x: space.rightX, y, z }, { x: -1, y: 0, z: 0 });
  }
  return found;
}
