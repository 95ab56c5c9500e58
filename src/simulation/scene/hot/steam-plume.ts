import type { Random } from "#core/random.ts";
import { transmittance } from "../../fire/flame-painting.ts";
import { celsiusToRadiance } from "../band-radiance.ts";
import { correlatedTile } from "../correlated-tile.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { SceneView } from "../scene-thing.ts";
import { projectAxis, visitAlong } from "./picture-axis.ts";

/** What kind of steam it is. Lengths in metres. */
export interface SteamKind {
  readonly mouthMetres: number;
  /** How far it is seen at full strength. */
  readonly lengthMetres: number;
  /** Half width gained per metre: 0.1 for a jet, 0.25 for what rises by itself. */
  readonly spread: number;
  readonly metresPerSecond: number;
  /** Hottest droplets, near the mouth; it cools as it draws in air. */
  readonly mouthCelsius: number;
  /** Absorption per metre near the mouth; droplets of 1 to 10 g/m³ absorb about 0.1 to 1.5 per metre (assumed). */
  readonly absorptionPerMetre: number;
}

/** The steam at one moment. */
export interface SteamPose {
  readonly mouth: Point;
  /** Unit vector in which it leaves. */
  readonly direction: Point;
  /** How much comes out, 0 to 1. */
  readonly strength: number;
  /** How long it has been coming out, and since when it has stopped; it leaves by its mouth first. */
  readonly ageSeconds: number;
  readonly stoppedSeconds: number;
}

const tileWidth = 64;
const tileHeight = 128;
const tileSmoothingCells = 3;
/** Cells of turbulence over the plume's half width at a third of its length. */
const cellsAcross = 6;
/** Steam is in shreds: its thickness varies by this much on a logarithmic scale. */
const shreds = 0.8;
const mixedWithin = 6;
const softEdgeMetres = 0.15;

/** Wet steam: a turbulent cloud of warm droplets that hides what is behind it. Dry steam cannot be seen at all. */
export class SteamPlume {
  readonly #kind: SteamKind;
  readonly #shreds: Float32Array;
  readonly #cellMetres: number;

  constructor(kind: SteamKind, random: Random) {
    this.#kind = kind;
    this.#cellMetres = (0.5 * kind.mouthMetres + (kind.spread * kind.lengthMetres) / 3) / cellsAcross;
    const tile = correlatedTile({
      width: tileWidth,
      height: tileHeight,
      smoothingPixels: tileSmoothingCells,
      random,
    });
    this.#shreds = tile.map((value) => Math.exp(shreds * value - 0.5 * shreds * shreds));
  }

  /** Temperature of the droplets this far from the mouth. */
  celsiusAt(along: number, airCelsius: number): number {
    const mixed = 1 / (1 + along / (mixedWithin * this.#kind.mouthMetres));
    return airCelsius + (this.#kind.mouthCelsius - airCelsius) * mixed;
  }

  /** Draws it over what is behind it. */
  draw(picture: Picture, view: SceneView, pose: SteamPose): void {
    const kind = this.#kind;
    if (pose.strength <= 0) return;
    const length = kind.lengthMetres * (0.4 + 0.6 * pose.strength);
    const front = Math.min(length, kind.metresPerSecond * pose.ageSeconds);
    const back = kind.metresPerSecond * pose.stoppedSeconds;
    if (back >= front) return;
    const axis = projectAxis(view.camera, { foot: pose.mouth, direction: pose.direction, metres: front });
    if (axis === null) return;
    const { radiance } = picture;
    const depth = axis.foot.depth - kind.mouthMetres;
    const air = view.air.lowerCelsius;
    const risen = kind.metresPerSecond * view.seconds;
    const reach = { ahead: front, beside: 2 * (0.5 * kind.mouthMetres + kind.spread * front) };
    visitAlong(axis, reach, (index, along, beside) => {
      if (along < back || along > front || !picture.isInFront(index, depth)) return;
      const half = 0.5 * kind.mouthMetres + kind.spread * along;
      const off = beside / half;
      if (off < -2 || off > 2) return;
      const profile = (1 - 0.25 * off * off) ** 2;
      const ends = Math.min(1, (front - along) / softEdgeMetres, (along - back + 0.02) / 0.02);
      const thinned = (kind.mouthMetres / (2 * half)) ** 0.7 * (1 - along / length);
      const shred = this.#shredAt(along - risen, beside);
      const thickness = 2 * half * pose.strength * kind.absorptionPerMetre * thinned * shred * profile * ends;
      const gas = celsiusToRadiance(this.celsiusAt(along, air));
      radiance[index] = gas + transmittance(thickness) * (radiance[index]! - gas);
    });
  }

  #shredAt(along: number, beside: number): number {
    const row = wrap(Math.floor(along / this.#cellMetres), tileHeight);
    const column = wrap(Math.floor(beside / this.#cellMetres), tileWidth);
    return this.#shreds[row * tileWidth + column]!;
  }
}

function wrap(cell: number, size: number): number {
  return ((cell % size) + size) % size;
}
