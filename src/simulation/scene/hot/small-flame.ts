import { leptonHeight } from "#core/frames/thermal-frame.ts";
import type { Random } from "#core/random.ts";
import { celsiusToRadiance } from "../band-radiance.ts";
import { correlatedTile } from "../correlated-tile.ts";
import type { Picture } from "../picture.ts";
import type { PinholeCamera, Point } from "../pinhole-camera.ts";
import { drawSpeck } from "./hot-patch.ts";
import { type PictureAxis, projectAxis, visitAlong } from "./picture-axis.ts";

/** What kind of small flame it is; what it consists of is drawn by the caller. */
export interface SmallFlameKind {
  /** A drop with its widest place low down (candle, burner), or a cone that widens away from its nozzle (torch). */
  readonly shape: "drop" | "jet";
  /** Absorption per metre in the band: gas flames below 1, candles and sooty jets up to 10 (facts §2.6; assumed). */
  readonly absorptionPerMetre: number;
  /** Gas at the foot and at the tip. */
  readonly footCelsius: number;
  readonly tipCelsius: number;
  /** How fast its raggedness moves along it. */
  readonly metresPerSecond: number;
}

/** The flame at one moment. */
export interface SmallFlamePose {
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

/** A flame of a few centimetres to a metre in any direction: half-transparent hot gas, as the large ones are. */
export class SmallFlame {
  readonly #kind: SmallFlameKind;
  readonly #turbulence: Float32Array;

  constructor(kind: SmallFlameKind, random: Random) {
    this.#kind = kind;
    this.#turbulence = correlatedTile({
      width: tileWidth,
      height: tileHeight,
      smoothingPixels: tileSmoothingCells,
      random,
    });
  }

  /** Draws it over what is behind it. */
  draw(picture: Picture, camera: PinholeCamera, pose: SmallFlamePose): void {
    const axis = projectAxis(camera, { ...pose, metres: pose.lengthMetres });
    if (axis === null) return;
    if (pose.diameterMetres * axis.foot.scale < narrowPixels) this.#drawSpecks(picture, axis, pose);
    else this.#drawPixels(picture, axis, pose);
  }

  #drawPixels(picture: Picture, axis: PictureAxis, pose: SmallFlamePose): void {
    const { radiance } = picture;
    const { lengthMetres, diameterMetres } = pose;
    const depth = axis.foot.depth - diameterMetres;
    const reach = { ahead: lengthMetres, beside: 0.55 * diameterMetres };
    visitAlong(axis, reach, (index, along, beside) => {
      const share = along / lengthMetres;
      if (share <= 0 || share >= 1 || !picture.isInFront(index, depth)) return;
      const radius = 0.5 * diameterMetres * this.#outline(share);
      const inside = radius * radius - beside * beside;
      if (inside <= 0) return;
      const ragged = this.#ragged(pose, along, beside);
      const through = Math.exp(-2 * this.#kind.absorptionPerMetre * ragged * Math.sqrt(inside));
      const gas = celsiusToRadiance(this.#celsius(share));
      radiance[index] = gas + through * (radiance[index]! - gas);
    });
  }

  /** One speck for each half pixel of its length, of the area and the mean thickness that it has there. */
  #drawSpecks(picture: Picture, axis: PictureAxis, pose: SmallFlamePose): void {
    const { foot, alongX, alongY, alongScale } = axis;
    const pixels = pose.lengthMetres * alongScale;
    const count = Math.min(specksMax, Math.max(3, Math.ceil(2 * pixels)));
    const emissivityAt = (diameter: number, ragged: number): number =>
      -Math.expm1(-this.#kind.absorptionPerMetre * ragged * meanChord * diameter);
    for (let k = 0; k < count; k += 1) {
      const share = (k + 0.5) / count;
      const diameter = pose.diameterMetres * this.#outline(share);
      const area = Math.min(1, (diameter * foot.scale * pixels) / count);
      const emissivity = emissivityAt(diameter, this.#ragged(pose, share * pose.lengthMetres, 0));
      const at = { ...foot, x: foot.x + share * pixels * alongX, y: foot.y + share * pixels * alongY };
      const radiance = celsiusToRadiance(this.#celsius(share));
      drawSpeck(picture, at, { pixels: area * emissivity, radiance });
    }
  }

  /** Radius at a share of the length, 1 at the widest place. */
  #outline(share: number): number {
    if (this.#kind.shape === "drop") return 1.62 * Math.sqrt(share + 0.08) * (1 - share) ** 0.75;
    return 1.22 * (0.3 + 1.2 * share) * (1 - share) ** 0.6;
  }

  #celsius(share: number): number {
    const { footCelsius, tipCelsius } = this.#kind;
    return footCelsius + (tipCelsius - footCelsius) * share;
  }

  #ragged(pose: SmallFlamePose, along: number, beside: number): number {
    const cell = pose.diameterMetres / cellsAcross;
    const row = wrap(Math.floor((along - this.#kind.metresPerSecond * pose.seconds) / cell), tileHeight);
    const column = wrap(Math.floor(beside / cell), tileWidth);
    return Math.max(0, 0.95 + raggedness * this.#turbulence[row * tileWidth + column]!);
  }
}

function wrap(cell: number, size: number): number {
  return ((cell % size) + size) % size;
}
