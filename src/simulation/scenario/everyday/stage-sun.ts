import type { Random } from "#core/random.ts";
import { slowWave } from "../../scene/everyday/slow-wave.ts";
import { type SunOpening, SunPatch } from "../../scene/everyday/sun-patch.ts";
import type { Point } from "../../scene/pinhole-camera.ts";
import type { RoomSpace } from "../../scene/room-layout.ts";
import type { EpisodeLot } from "../scenario.ts";

/** What stands between the sun and the floor. */
export interface SunSky {
  readonly blind: boolean;
  readonly clouds: "clear" | "broken" | "comes-out";
  /** A place on the floor that the sun falls on; drawn where none is given. */
  readonly onto?: Point;
}

/** Facts 4.8: ambient +5 to +25 K. */
const fullKelvin = [5, 25] as const;
/** How fast floors warm (assumed: carpet and boards in minutes, tiles in ten), and those on which one sees it happen. */
const warmingSeconds = [180, 700] as const;
const quickWarmingSeconds = [90, 300] as const;
const degrees = 180 / Math.PI;

/** Lets the sun shine in through one of the windows that the room shows, or through one beside or behind the camera. */
export function stageSun(lot: EpisodeLot, sky: SunSky): SunPatch {
  const random = lot.random("sun");
  const { space } = lot.room;
  const drawn = lot.room.floorPlace(random.between(2, lot.room.farthestMetres), random);
  const target = sky.onto ?? drawn;
  const opening = openingFor(space, { random, blind: sky.blind });
  const middle = (opening.along[0] + opening.along[1]) / 2;
  const window = opening.axis === "x" ? { x: opening.at, z: middle } : { x: middle, z: opening.at };
  const away = Math.max(0.8, Math.hypot(window.x - target.x, window.z - target.z));
  const high = (opening.up[0] + opening.up[1]) / 2;
  return new SunPatch({
    room: space,
    opening,
    bearingDegrees: Math.atan2(window.x - target.x, window.z - target.z) * degrees,
    elevationDegrees: Math.atan2(high, away) * degrees,
    fullKelvin: random.between(...fullKelvin),
    warmingSeconds: warmingTime(sky, random),
    skyAt: skyOf(lot, sky, random),
  });
}

function warmingTime({ clouds }: SunSky, random: Random): number {
  return clouds === "comes-out" ? random.between(...quickWarmingSeconds) : random.between(...warmingSeconds);
}

function skyOf(lot: EpisodeLot, sky: SunSky, random: Random): (seconds: number) => number {
  if (sky.clouds === "clear") return () => 1;
  const wave = slowWave(random, { shortestSeconds: 18, longestSeconds: 160 });
  // Clouds have edges: the wave is steepened.
  if (sky.clouds === "broken") return (seconds) => 0.1 + 0.9 / (1 + Math.exp(-18 * (wave(seconds) - 0.5)));
  const atSeconds = lot.seconds * random.between(0.1, 0.35);
  return (seconds) => 1 / (1 + Math.exp((atSeconds - seconds) / 3));
}

function openingFor(space: RoomSpace, how: { readonly random: Random; readonly blind: boolean }): SunOpening {
  const { random } = how;
  const blind = how.blind
    ? { slatMetres: random.between(0.05, 0.3), openShare: random.between(0.25, 0.6) }
    : null;
  const seen = space.boxes.filter(({ name }) => name === "window");
  const window = seen[random.integer(Math.max(1, seen.length))];
  if (window !== undefined && random.uniform() < 0.7) {
    const { low, high } = window;
    const sideways = high.x - low.x < high.z - low.z;
    const at = sideways ? (low.x < 0 ? space.leftX : space.rightX) : space.depth;
    return {
      axis: sideways ? "x" : "z",
      at,
      along: sideways ? [low.z, high.z] : [low.x, high.x],
      up: [low.y, high.y],
      blind,
    };
  }
  const up = [random.between(0.8, 1.2), Math.min(space.height - 0.2, random.between(1.9, 2.6))] as const;
  const width = random.between(0.8, 2);
  if (random.uniform() < 0.4) {
    const middle = random.between(space.leftX + 0.8, space.rightX - 0.8);
    return { axis: "z", at: 0, along: [middle - width / 2, middle + width / 2], up, blind };
  }
  const middle = random.between(0.35, 0.85) * space.depth;
  const at = random.uniform() < 0.5 ? space.leftX : space.rightX;
  return { axis: "x", at, along: [middle - width / 2, middle + width / 2], up, blind };
}
