import type { Point } from "../scene/pinhole-camera.ts";
import type { RoomSpace } from "../scene/room-layout.ts";
import type { AirRelease } from "../scene/scene-thing.ts";
import { airHeatCapacity, type Composition } from "./air-layer.ts";
import {
  alpertHeatFactor,
  ceilingJetDepthMetres,
  ceilingJetExcessKelvin,
  ceilingJetMetresPerSecond,
  entrainmentFactor,
  type FirePosition,
} from "./ceiling-jet.ts";
import {
  flameHeightMetres,
  mcCaffreyExcessKelvin,
  type PlumeFire,
  plumeExcessKelvin,
  plumeWidthMetres,
} from "./plume-correlations.ts";

/** A release that is warm enough to rise to the ceiling. */
export interface RoomPlume {
  readonly release: AirRelease;
  readonly fire: PlumeFire;
  readonly convectiveKilowatts: number;
  readonly position: FirePosition;
  /** Height of the ceiling over the base. */
  readonly riseMetres: number;
}

/** How much warmer, and by how much richer in what is released, a plume or its jet is than the air of the lower layer. */
export interface PlumeExcess {
  readonly excessKelvin: number;
  readonly excess: Omit<Composition, "oxygen">;
}

const nothing: PlumeExcess = { excessKelvin: 0, excess: { co2: 0, co: 0, soot: 0, water: 0 } };
/** A fire whose edge is nearer to a wall than this draws no air from there (assumed). */
const wallNearnessMetres = 0.3;
const leastDiameterMetres = 0.05;
const leastRiseMetres = 0.1;
/** A ceiling jet is looked for at least this far down (facts §4.5: 5 to 12 % of the height). */
const leastJetShare = 0.05;

/** The plume over a release; none when its convective heat is below `weakestKilowatts`. */
export function plumeOf(
  release: AirRelease,
  room: { readonly space: RoomSpace; readonly weakestKilowatts: number; readonly ambientKelvin: number },
): readonly RoomPlume[] {
  const convectiveKilowatts = (1 - release.radiativeFraction) * release.heatKilowatts;
  if (convectiveKilowatts < room.weakestKilowatts) return [];
  const fire: PlumeFire = {
    kilowatts: release.heatKilowatts,
    diameter: Math.max(leastDiameterMetres, release.diameterMetres),
    radiativeFraction: release.radiativeFraction,
    ambientKelvin: room.ambientKelvin,
  };
  const position = firePositionOf(release, room.space);
  const riseMetres = Math.max(leastRiseMetres, room.space.height - release.place.y);
  return [{ release, fire, convectiveKilowatts, position, riseMetres }];
}

/** Share of its free entrainment that a plume has. */
export function entrainmentOf(plume: RoomPlume): number {
  return entrainmentFactor[plume.position];
}

/** Share of a plume's flame that lies below a height. */
export function shareBelow(plume: RoomPlume, heightMetres: number): number {
  const flame = Math.max(plume.fire.diameter, flameHeightMetres(plume.fire));
  return Math.min(1, Math.max(0, (heightMetres - plume.release.place.y) / flame));
}

/** Whether a fire stands free, at a wall or in a corner. */
export function firePositionOf(
  { place, diameterMetres }: Pick<AirRelease, "place" | "diameterMetres">,
  space: RoomSpace,
): FirePosition {
  const edge = wallNearnessMetres + diameterMetres / 2;
  const atSide = place.x - space.leftX < edge || space.rightX - place.x < edge;
  const atEnd = place.z < edge || space.depth - place.z < edge;
  if (atSide && atEnd) return "corner";
  return atSide || atEnd ? "wall" : "free";
}

/** Speed of the ceiling jets over a ceiling as a whole, in m/s: that of the strongest at two thirds of its radius. */
export function jetSpeedOver(plumes: readonly RoomPlume[], space: RoomSpace): number {
  const radius = (2 / 3) * Math.sqrt(((space.rightX - space.leftX) * space.depth) / Math.PI);
  let fastest = 0;
  for (const plume of plumes) {
    const jet = { radius, ceilingHeight: plume.riseMetres };
    fastest = Math.max(fastest, ceilingJetMetresPerSecond(alpertKilowatts(plume), jet));
  }
  return fastest;
}

function alpertKilowatts(plume: RoomPlume): number {
  return alpertHeatFactor[plume.position] * plume.fire.kilowatts;
}

/**
 * What reaches a place inside a plume or under the ceiling before the layer does: the strongest plume counts. Products
 * are thinned as the heat is, so that their excess is ΔT·cp times their release per kilowatt of convection.
 */
export function strongestAt(plumes: readonly RoomPlume[], place: Point): PlumeExcess {
  let strongest = nothing;
  for (const plume of plumes) {
    const excessKelvin = excessAt(plume, place);
    if (excessKelvin <= strongest.excessKelvin) continue;
    const { release } = plume;
    const perKilogram = (excessKelvin * airHeatCapacity) / plume.convectiveKilowatts;
    strongest = {
      excessKelvin,
      excess: {
        co2: perKilogram * release.co2KilogramsPerSecond,
        co: perKilogram * release.coKilogramsPerSecond,
        soot: perKilogram * release.sootKilogramsPerSecond,
        water: perKilogram * release.waterKilogramsPerSecond,
      },
    };
  }
  return strongest;
}

function excessAt(plume: RoomPlume, place: Point): number {
  const { fire, release, riseMetres } = plume;
  const radius = Math.hypot(place.x - release.place.x, place.z - release.place.z);
  const up = place.y - release.place.y;
  const jet = { radius, ceilingHeight: riseMetres };
  const depth = Math.max(leastJetShare * riseMetres, ceilingJetDepthMetres(jet));
  const under = riseMetres - up <= depth ? ceilingJetExcessKelvin(alpertKilowatts(plume), jet) : 0;
  if (up <= 0) return under;
  const width = plumeWidthMetres(fire, up);
  // McCaffrey holds inside the flame, where Heskestad's plume has no meaning; above, both say much the same.
  const centre = Math.min(mcCaffreyExcessKelvin(fire, up), plumeExcessKelvin(fire, up));
  return Math.max(under, centre * Math.exp(-(radius * radius) / (2 * width * width)));
}
