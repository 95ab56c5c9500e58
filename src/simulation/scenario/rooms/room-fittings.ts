import type { CameraPose } from "../../scene/pinhole-camera.ts";
import type { SurfaceLook } from "../../scene/room-layout.ts";
import type { Extents, RoomDraft, Wall } from "./room-draft.ts";

/** Glass looks this emissive in the band; the rest mirrors the room (float glass, 0.84 to 0.89, assumed). */
const glassEmissivity = 0.86;

/** Walls, floor and ceiling: warmth by the weather and the height, stud or block pattern by lot. */
export function shell(
  draft: RoomDraft,
  options: { readonly transmittance: number; readonly airChangesPerHour: number },
): {
  readonly walls: SurfaceLook;
  readonly floor: SurfaceLook;
  readonly ceiling: SurfaceLook;
  readonly airChangesPerHour: number;
} {
  const { random } = draft;
  // Inner walls outnumber outer ones: the far wall's share of the weather is halved.
  const { insideCelsius } = draft.climate;
  const celsius = (draft.shellCelsius(options.transmittance) + insideCelsius) / 2;
  const stripes = { kelvin: random.between(0, 0.3), metres: random.between(0.4, 1.3) };
  return {
    walls: { celsius, risePerMetre: random.between(0.1, 0.8), stripes },
    floor: draft.look(random.between(-1.6, 0.2), 0.2),
    ceiling: draft.look(random.between(0.1, 0.5) * draft.height, 0.3),
    airChangesPerHour: options.airChangesPerHour,
  };
}

/** Hangs the camera on the near wall, in the middle or in a corner, and aims it into the room. */
export function camera(
  draft: RoomDraft,
  range: { readonly lowest: number; readonly highest: number },
): CameraPose {
  const { random, depth } = draft;
  const y = Math.min(draft.height - 0.2, random.between(range.lowest, range.highest));
  const cornered = draft.chance(0.4) ? (draft.chance(0.5) ? 1 : -1) : 0;
  const reach = draft.width / 2 - 0.15;
  const x = cornered === 0 ? random.between(-0.35, 0.35) * reach : cornered * reach;
  // From a corner it looks towards the middle of the room.
  const towards = (-x / Math.max(3, depth)) * random.between(0.5, 0.9);
  const aimMetres = Math.max(1.8, depth * random.between(0.3, 0.8));
  return {
    position: { x, y, z: 0.06 },
    panDegrees: (Math.atan(towards) * 180) / Math.PI,
    tiltDownDegrees: (Math.atan((y - random.between(0.6, 0.9)) / aimMetres) * 180) / Math.PI,
  };
}

/** A window with frame and mullion, as cold or hot as the weather and its glazing make it; heated rooms get a radiator. */
export function windowWithRadiator(draft: RoomDraft, wall: Wall): void {
  const { random, climate } = draft;
  const width = Math.min(random.between(0.9, 2.2), 0.6 * draft.width);
  const along = draft.along(wall, width);
  const low = random.between(0.8, 1.05);
  const high = Math.min(draft.height - 0.2, low + random.between(1, 1.5));
  // Triple to single glazing; frames lie between.
  const transmittance = random.between(0.8, 3.2);
  const glass = draft.shellCelsius(transmittance);
  const frame = { celsius: draft.shellCelsius(0.6 * transmittance + 0.6) };
  draft.onWall("window-frame", frame, {
    wall,
    along,
    width: width + 0.14,
    low: low - 0.07,
    high: high + 0.07,
    thick: 0.02,
  });
  const pane = { celsius: glass, risePerMetre: 0.4, emissivity: glassEmissivity };
  draft.onWall("window", pane, { wall, along, width, low, high, thick: 0.03 });
  draft.onWall("mullion", frame, { wall, along, width: 0.07, low, high, thick: 0.05 });
  const cold = climate.insideCelsius - climate.outsideCelsius;
  if (climate.outsideCelsius > 14 || climate.insideCelsius < 12 || draft.chance(0.25)) return;
  radiator(draft, { wall, along, width: Math.min(width, 1.6), excess: cold * random.between(0.5, 1.4) });
}

/** A panel radiator under a window; columns show as stripes, the wall above is warmed by its draught. */
function radiator(
  draft: RoomDraft,
  at: { readonly wall: Wall; readonly along: number; readonly width: number; readonly excess: number },
): void {
  const excess = Math.min(42, Math.max(4, at.excess));
  const celsius = draft.climate.insideCelsius + excess;
  const look = {
    celsius,
    risePerMetre: 0.2 * excess,
    stripes: { kelvin: 0.08 * excess, metres: draft.random.between(0.06, 0.14) },
  };
  const warmed = draft.climate.insideCelsius + 0.2 * excess;
  draft.onWall(
    "warmed-wall",
    { celsius: warmed, risePerMetre: -0.5 * excess },
    {
      ...at,
      low: 0.7,
      high: 0.78,
      thick: 0.015,
    },
  );
  draft.onWall("radiator", look, { ...at, low: 0.14, high: 0.7, thick: 0.11 });
}

/** A door of an inner wall, a little off the wall's warmth. */
export function door(draft: RoomDraft, wall: Wall): void {
  const width = draft.random.between(0.8, 1);
  draft.onWall("door", draft.look(-0.5, 0.6), {
    wall,
    along: draft.along(wall, width),
    width,
    low: 0,
    high: Math.min(2.05, draft.height - 0.1),
    thick: 0.03,
  });
}

/** Rows of ceiling lamps, on or off. */
export function lamps(draft: RoomDraft, count: number): void {
  const { random, height, depth } = draft;
  const look = draft.look(draft.chance(0.7) ? random.between(4, 14) : 0.5, 0.3);
  const long = random.between(0.6, 1.4);
  for (let i = 0; i < count; i += 1) {
    const z = ((i + 0.7) / (count + 0.2)) * depth;
    draft.box("lamp", look, {
      x: [-long / 2, long / 2],
      y: [height - 0.12, height - 0.06],
      z: [z - 0.1, z + 0.1],
    });
  }
}

/** Sockets, chargers and switches: small warm spots on a wall. */
export function socket(draft: RoomDraft, wall: Wall): void {
  draft.onWall("socket-strip", draft.look(draft.random.between(0.5, 9), 0.3), {
    wall,
    along: draft.along(wall, 0.3),
    width: draft.random.between(0.08, 0.3),
    low: 0.3,
    high: 0.37,
    thick: 0.03,
  });
}

/** A cupboard, shelf or cabinet against a wall. */
export function cupboard(
  draft: RoomDraft,
  what: { readonly name: string; readonly wall: Wall; readonly high: number },
): void {
  const width = draft.random.between(0.6, 1.2);
  draft.onWall(
    what.name,
    { ...draft.look(0, 0.4), risePerMetre: draft.random.between(0.1, 0.5) },
    {
      wall: what.wall,
      along: draft.along(what.wall, width),
      width,
      low: 0,
      high: what.high * draft.random.between(0.8, 1.1),
      thick: draft.random.between(0.35, 0.6),
    },
  );
}

/** A worktop on cupboards along a wall; returns its top. */
export function counter(
  draft: RoomDraft,
  what: {
    readonly kind: "worktop" | "bench" | "shelf";
    readonly wall: Wall;
    readonly along: number;
    readonly width: number;
  },
): Extents {
  const { random } = draft;
  const high = what.kind === "bench" ? random.between(0.82, 0.95) : random.between(0.86, 0.94);
  const thick = random.between(0.58, 0.72);
  const spot = { wall: what.wall, along: what.along, width: what.width };
  draft.onWall(`${what.kind}-cupboards`, draft.look(-0.3), {
    ...spot,
    low: 0,
    high: high - 0.04,
    thick: thick - 0.05,
  });
  const top = { ...spot, low: high - 0.04, high, thick };
  draft.onWall(what.kind, draft.look(0.1), top);
  const extents = draft.extentsOf(top);
  draft.surface(what.kind, extents);
  return extents;
}

/** A table standing free, with its top as a place to put things; false when there is no room for it. */
export function table(
  draft: RoomDraft,
  what: {
    readonly kind: "desk" | "table" | "bench";
    readonly width: number;
    readonly depth: number;
    readonly height: number;
  },
): Extents | null {
  const spot = draft.freeSpot(what);
  if (spot === null) return null;
  const { x, z } = spot;
  const top: Extents = { x, z, y: [what.height - 0.04, what.height] };
  draft.box(what.kind, draft.look(0.1), top);
  const leg = draft.look(-0.2);
  const y: readonly [number, number] = [0, what.height - 0.04];
  for (const [side, end] of [
    [x[0], z[0]],
    [x[1] - 0.06, z[0]],
    [x[0], z[1] - 0.06],
    [x[1] - 0.06, z[1] - 0.06],
  ] as const)
    draft.box(`${what.kind}-leg`, leg, { x: [side, side + 0.06], y, z: [end, end + 0.06] });
  return top;
}

/** Chairs at a table: seats of cloth or wood on legs too thin to see. */
export function chairs(draft: RoomDraft, top: Extents, most: number): void {
  const { random } = draft;
  const look = draft.look(0.3);
  const middle = (top.x[0] + top.x[1]) / 2;
  for (const [i, z] of [top.z[1] + 0.3, top.z[0] - 0.3].entries()) {
    if (i >= most || !draft.chance(0.6)) continue;
    const x = middle + random.between(-0.35, 0.35);
    const turned = random.between(-0.08, 0.08);
    const far = i === 0 ? 1 : -1;
    draft.box("chair-seat", look, { x: [x - 0.22, x + 0.22], y: [0.42, 0.48], z: [z - 0.2, z + 0.2] });
    draft.box("chair-back", look, {
      x: [x - 0.21, x + 0.21],
      y: [0.55, 0.92],
      z: [z + far * (0.18 + turned / 2) - 0.02, z + far * (0.18 + turned / 2) + 0.02],
    });
    draft.box("chair-leg", look, { x: [x - 0.03, x + 0.03], y: [0, 0.42], z: [z - 0.03, z + 0.03] });
  }
}

/** Cartons, bins and bags that stand about. */
export function clutter(draft: RoomDraft, most: number): void {
  const { random } = draft;
  const count = random.integer(most + 1);
  for (let i = 0; i < count; i += 1) {
    const height = random.between(0.25, 0.7);
    const spot = draft.freeSpot({
      width: random.between(0.25, 0.6),
      depth: random.between(0.25, 0.5),
      height,
    });
    if (spot !== null) draft.box("carton", draft.look(-0.1, 0.6), spot);
  }
}
