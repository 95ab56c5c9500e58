import type { FloorPlace } from "../../scene/itinerary.ts";
import type { RoomBox, RoomSpace } from "../../scene/room-layout.ts";
import type { FloorArea } from "../scenario.ts";

/** What hangs higher than a head or lies lower than a step stands in nobody's way. */
const headMetres = 1.6;
const stepMetres = 0.3;
/** Ways turn this far off the corners that they go around. */
const cornerMetres = 0.02;
/** Nobody's middle comes nearer to a wall than this. */
const wallMetres = 0.2;
/** Doors are gone through. */
const doorNames = new Set(["door", "roller-door", "gate", "dock-door", "outer-door"]);

interface Obstacle extends FloorArea {
  /** Somebody who sits on it, or works close to it, may leave it. */
  readonly canBeLeft: boolean;
}

interface Node {
  readonly place: FloorPlace;
  /** Found when first asked for. */
  neighbours: readonly Node[] | null;
}

/** True where a door takes people through the wall. */
export function isDoor({ name }: RoomBox): boolean {
  return doorNames.has(name);
}

/**
 * Ways over a room's floor around its furniture and around areas that people keep off: the shortest along a visibility
 * graph of the corners (Lozano-Pérez and Wesley 1979). It draws no lots.
 */
export class FloorWays {
  readonly #space: RoomSpace;
  readonly #obstacles: readonly Obstacle[];
  readonly #nodes: readonly Node[];

  /** `clearanceMetres` is how far what walks or drives keeps its middle from furniture. */
  constructor(
    space: RoomSpace,
    options: { readonly clearanceMetres: number; readonly keepOff: readonly FloorArea[] },
  ) {
    const { clearanceMetres, keepOff } = options;
    this.#space = space;
    const furniture = space.boxes
      .filter((box) => box.low.y < headMetres && box.high.y > stepMetres && !isDoor(box))
      .map((box) => ({ ...inflated(box, clearanceMetres), canBeLeft: true }));
    const areas = keepOff.map((area) => ({ ...inflated(area, 0), canBeLeft: false }));
    this.#obstacles = withoutContained([...areas, ...furniture]);
    this.#nodes = this.#obstacles
      .flatMap(cornersOf)
      .filter((place) => this.#isOnFloor(place) && this.isFree(place))
      .map((place) => ({ place, neighbours: null }));
  }

  /** True where somebody can stand: clear of furniture and of areas that are kept off. */
  isFree(place: FloorPlace): boolean {
    return !this.#obstacles.some((area) => isWithin(area, place));
  }

  /** True where nothing is to be kept off, be furniture as near as it may. */
  isOpen(place: FloorPlace): boolean {
    return !this.#obstacles.some((area) => !area.canBeLeft && isWithin(area, place));
  }

  /** The shortest way between two places, without the first; null where there is none. */
  way(from: FloorPlace, to: FloorPlace): readonly FloorPlace[] | null {
    if (this.#isClear(from, to)) return [to];
    const ends = new Set(this.#nodes.filter(({ place }) => this.#isClear(place, to)));
    const reached = new Map<Node, { readonly metres: number; readonly by: Node | null }>();
    for (const node of this.#nodes)
      if (this.#isClear(from, node.place))
        reached.set(node, { metres: metresBetween(from, node.place), by: null });
    const open = new Set(reached.keys());
    const ahead = (node: Node): number => reached.get(node)!.metres + metresBetween(node.place, to);
    while (open.size > 0) {
      const next = leastOf(open, ahead);
      if (ends.has(next)) return [...chain(reached, next), to];
      open.delete(next);
      for (const neighbour of this.#neighboursOf(next)) {
        const metres = reached.get(next)!.metres + metresBetween(next.place, neighbour.place);
        if (metres >= (reached.get(neighbour)?.metres ?? Number.POSITIVE_INFINITY)) continue;
        reached.set(neighbour, { metres, by: next });
        open.add(neighbour);
      }
    }
    return null;
  }

  #neighboursOf(node: Node): readonly Node[] {
    node.neighbours ??= this.#nodes.filter(
      (other) => other !== node && this.#isClear(node.place, other.place),
    );
    return node.neighbours;
  }

  #isClear(from: FloorPlace, to: FloorPlace): boolean {
    return !this.#obstacles.some(
      (area) => crosses(area, from, to) && !(area.canBeLeft && (isWithin(area, from) || isWithin(area, to))),
    );
  }

  #isOnFloor({ x, z }: FloorPlace): boolean {
    const { leftX, rightX, depth } = this.#space;
    return x > leftX + wallMetres && x < rightX - wallMetres && z > wallMetres && z < depth - wallMetres;
  }
}

function inflated({ low, high }: FloorArea, metres: number): FloorArea {
  return {
    low: { x: low.x - metres, z: low.z - metres },
    high: { x: high.x + metres, z: high.z + metres },
  };
}

/** The legs of a table stand under its top: what lies within another obstacle of its kind, or a stricter one, goes. */
function withoutContained(areas: readonly Obstacle[]): readonly Obstacle[] {
  return areas.filter(
    (area, i) =>
      !areas.some(
        (other, k) =>
          k !== i &&
          (area.canBeLeft || !other.canBeLeft) &&
          contains(other, area) &&
          (k < i || !contains(area, other)),
      ),
  );
}

function contains(outer: FloorArea, inner: FloorArea): boolean {
  return (
    outer.low.x <= inner.low.x &&
    outer.high.x >= inner.high.x &&
    outer.low.z <= inner.low.z &&
    outer.high.z >= inner.high.z
  );
}

function isWithin({ low, high }: FloorArea, { x, z }: FloorPlace): boolean {
  return x > low.x && x < high.x && z > low.z && z < high.z;
}

function cornersOf({ low, high }: FloorArea): readonly FloorPlace[] {
  const [left, right] = [low.x - cornerMetres, high.x + cornerMetres];
  const [near, far] = [low.z - cornerMetres, high.z + cornerMetres];
  return [
    { x: left, z: near },
    { x: left, z: far },
    { x: right, z: near },
    { x: right, z: far },
  ];
}

function crosses({ low, high }: FloorArea, from: FloorPlace, to: FloorPlace): boolean {
  let enter = 0;
  let leave = 1;
  for (const axis of ["x", "z"] as const) {
    const way = to[axis] - from[axis];
    const least = low[axis] - from[axis];
    const most = high[axis] - from[axis];
    if (way === 0) {
      if (least >= 0 || most <= 0) return false;
      continue;
    }
    enter = Math.max(enter, Math.min(least / way, most / way));
    leave = Math.min(leave, Math.max(least / way, most / way));
  }
  return enter < leave;
}

function metresBetween(one: FloorPlace, other: FloorPlace): number {
  return Math.hypot(one.x - other.x, one.z - other.z);
}

function leastOf(nodes: Iterable<Node>, of: (node: Node) => number): Node {
  let best: Node | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const node of nodes) {
    const value = of(node);
    if (best !== null && value >= least) continue;
    best = node;
    least = value;
  }
  return best!;
}

function chain(reached: ReadonlyMap<Node, { readonly by: Node | null }>, last: Node): readonly FloorPlace[] {
  const places: FloorPlace[] = [];
  for (let node: Node | null = last; node !== null; node = reached.get(node)!.by) places.unshift(node.place);
  return places;
}
