import { leptonHeight } from "#core/frames/thermal-frame.ts";
import type { Random } from "#core/random.ts";
import { transmittance } from "../../fire/flame-painting.ts";
import { celsiusToRadiance } from "../band-radiance.ts";
import { correlatedTile } from "../correlated-tile.ts";
import type { Picture } from "../picture.ts";
import type { PinholeCamera, Point } from "../pinhole-camera.ts";
import { drawSpeck } from "./hot-patch.ts";
import { type PictureAxis, projectAxis, visitAlong } from "./picture-axis.ts";

/** What a jet of flame consists of. */
export interface JetFlameKind {
  /** Absorption per metre in the band: below 1 for clean gas, more for rich and sooty jets (facts §2.6; assumed). */
  readonly absorptionPerMetre: number;
  /** Gas at the foot and at the tip. */
  readonly footCelsius: number;
  readonly tipCelsius: number;
  /** How fast its raggedness moves along it. */
  readonly metresPerSecond: number;
}

/** The flame at one moment. */
export interface JetFlamePose {
  readonly foot: Point;
  /** Unit vector from foot to tip. */
  readonly direction: Point;
  readonly lengthMetres: number;
  /** At its widest place. */
  readonly diameterMetres: number;
  readonly seconds: number;
}

const tileWidth = 32;
const tileHeight = 64;
const tileSmoothingCells = 2;
/** Cells of turbulence across a flame. */
const cellsAcross = 12;
const raggedness = 0.5;
/** Narrower than this it is laid down as a row of specks; wider, pixel by pixel. */
const narrowPixels = 2;
/** Mean chord of a circle as a share of its diameter. */
const meanChord = Math.PI / 4;
const specksMax = 2 * leptonHeight;

/**
 * A flame that its momentum carries in any direction, from a burner's port to a roofer's torch: half-transparent hot
 * gas like the upright ones, a cone that widens from its nozzle and tapers off.
 */
export class JetFlame {
  readonly #kind: JetFlameKind;
  readonly #turbulence: Float32Array;

  constructor(kind: JetFlameKind, random: Random) {
    this.#kind = kind;
    this.#turbulence = correlatedTile({
      width: tileWidth,
      height: tileHeight,
      smoothingPixels: tileSmoothingCells,
      random,
    });
  }

  /** Draws it over what is behind it. */
  draw(picture: Picture, camera: PinholeCamera, pose: JetFlamePose): void {
    const axis = projectAxis(camera, { ...pose, metres: pose.lengthMetres });
    if (axis === null) return;
    if (pose.diameterMetres * axis.foot.scale < narrowPixels) this.#drawSpecks(picture, axis, pose);
    else this.#drawPixels(picture, axis, pose);
  }

  #drawPixels(picture: Picture, axis: PictureAxis, pose: JetFlamePose): void {
    const { radiance } = picture;
    const { lengthMetres, diameterMetres } = pose;
    const depth = axis.foot.depth - diameterMetres;
    const reach = { ahead: lengthMetres, beside: 0.55 * diameterMetres };
    visitAlong(axis, reach, (index, along, beside) => {
      const share = along / lengthMetres;
      if (share <= 0 || share >= 1 || !picture.isInFront(index, depth)) return;
      const radius = 0.5 * diameterMetres * outline(share);
      const inside = radius * radius - beside * beside;
      if (inside <= 0) return;
      const ragged = this.#ragged(pose, along, beside);
      const through = transmittance(2 * this.#kind.absorptionPerMetre * ragged * Math.sqrt(inside));
      const gas = celsiusToRadiance(this.#celsius(share));
      radiance[index] = gas + through * (radiance[index]! - gas);
    });
  }

  /** One speck for each half pixel of its length, of the area and the mean thickness that it has there. */
  #drawSpecks(picture: Picture, axis: PictureAxis, pose: JetFlamePose): void {
    const { foot, alongX, alongY, alongScale } = axis;
    const pixels = pose.lengthMetres * alongScale;
    const count = Math.min(specksMax, Math.max(3, Math.ceil(2 * pixels)));
    const emissivityAt = (diameter: number, ragged: number): number =>
      -Math.expm1(-this.#kind.absorptionPerMetre * ragged * meanChord * diameter);
    for (let k = 0; k < count; k += 1) {
      const share = (k + 0.5) / count;
      const diameter = pose.diameterMetres * outline(share);
      const area = Math.min(1, (diameter * foot.scale * pixels) / count);
      const emissivity = emissivityAt(diameter, this.#ragged(pose, share * pose.lengthMetres, 0));
      const at = { ...foot, x: foot.x + share * pixels * alongX, y: foot.y + share * pixels * alongY };
      const radiance = celsiusToRadiance(this.#celsius(share));
      drawSpeck(picture, at, { pixels: area * emissivity, radiance });
    }
  }

  #celsius(share: number): number {
    const { footCelsius, tipCelsius } = this.#kind;
    return footCelsius + (tipCelsius - footCelsius) * share;
  }

  #ragged(pose: JetFlamePose, along: number, beside: number): number {
    const cell = pose.diameterMetres / cellsAcross;
    const row = wrap(Math.floor((along - this.#kind.metresPerSecond * pose.seconds) / cell), tileHeight);
    const column = wrap(Math.floor(beside / cell), tileWidth);
    return Math.max(0, 0.95 + raggedness * this.#turbulence[row * tileWidth + column]!);
  }
}

/** Radius at a share of the length, 1 at the widest place. */
function outline(share: number): number {
  return 1.22 * (0.3 + 1.2 * share) * (1 - share) ** 0.6;
}

function wrap(cell: number, size: number): number {
  return ((cell % size) + size) % size;
}
