import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { Random } from "#core/random.ts";
import { celsiusToRadiance } from "../scene/band-radiance.ts";
import { correlatedTile } from "../scene/correlated-tile.ts";
import type { Picture } from "../scene/picture.ts";
import type { PinholeCamera, Point, Projection } from "../scene/pinhole-camera.ts";
import type { FlameMoment } from "./basket-fire.ts";
import { plumeExcessKelvin, plumeWidthMetres } from "./plume-correlations.ts";

/** Absorption of a sooty flame in the long-wave infrared, per metre (facts: 0.5 to 5 for sooty fuels), drawn for each fire. */
const lowestAbsorption = 1.5;
const highestAbsorption = 3.5;
/** Gas temperature of the continuous flame and at the tip, where only every second puff reaches. */
const flameCelsius = 900;
const tipCelsius = 520;
/** Above the flame most soot has burnt; what is left thins out as the excess temperature does. */
const survivingSoot = 0.15;
const roomCelsius = 20;

const turbulenceWidth = 64;
const turbulenceHeight = 128;
const turbulenceCellMetres = 0.012;
const turbulenceSmoothingCells = 2;
const riseMetresPerSecond = 1.3;
const samplesPerSide = 3;
/** The plume begins to show at this share of the flame's height. */
const plumeFadeIn = 0.75;
/** Soot stays nearer to the middle than heat. */
const sootToHeatWidth = 0.6;
const plumeStepsMax = leptonHeight;

/** One picture's worth of flame. */
export interface FlameScene {
  readonly camera: PinholeCamera;
  readonly flame: FlameMoment;
  /** Middle of the basket's rim. */
  readonly rim: Point;
  readonly ceilingHeight: number;
  readonly seconds: number;
}

/** One line of samples through the flame. */
interface FlameLine {
  readonly foot: Projection;
  /** First column. */
  readonly left: number;
  /** Height over the rim in metres. */
  readonly up: number;
  /** Momentary height of the flame in metres. */
  readonly height: number;
  /** Radiance behind the flame, by column from `left`. */
  readonly behind: Float32Array;
  /** Sum of the samples seen so far, by column from `left`. */
  readonly seen: Float32Array;
}

/**
 * Paints a flame and its plume as what they are: half-transparent bodies of hot soot whose emissivity is
 * 1 − exp(−κ·L) along the line of sight, so that a thin flame looks far cooler than its gas.
 */
export class FlamePainter {
  readonly #absorption: number;
  readonly #turbulence: Float32Array;
  readonly #swayPhases: readonly [number, number, number];
  readonly #seen = new Float32Array(leptonWidth);

  constructor(random: Random) {
    this.#absorption = random.between(lowestAbsorption, highestAbsorption);
    this.#turbulence = correlatedTile({
      width: turbulenceWidth,
      height: turbulenceHeight,
      smoothingPixels: turbulenceSmoothingCells,
      random,
    });
    this.#swayPhases = [random.between(0, 6.28), random.between(0, 6.28), random.between(0, 6.28)];
  }

  paint(picture: Picture, scene: FlameScene): void {
    const foot = scene.camera.project(scene.rim);
    if (foot === null || scene.flame.kilowatts <= 0) return;
    this.#paintPlume(picture, scene, foot);
    this.#paintFlame(picture, scene, foot);
  }

  /** The momentary height: the mean one, longer and shorter with each puff. */
  #momentaryHeight(flame: FlameMoment): number {
    return flame.height * Math.max(0.4, 1 + 0.28 * flame.puffStrength * Math.sin(flame.puffPhase));
  }

  #paintFlame(picture: Picture, scene: FlameScene, foot: Projection): void {
    const { flame } = scene;
    const height = this.#momentaryHeight(flame);
    const reach = 0.9 * flame.diameter + 0.12 * height + 1 / foot.scale;
    const left = Math.max(0, Math.floor(foot.x - reach * foot.scale));
    const right = Math.min(leptonWidth - 1, Math.ceil(foot.x + reach * foot.scale));
    const top = Math.max(0, Math.floor(foot.y - height * foot.scale - 1));
    const bottom = Math.min(leptonHeight - 1, Math.ceil(foot.y + 1));
    for (let y = top; y <= bottom; y += 1) {
      const row = y * leptonWidth;
      const behind = picture.radiance.slice(row + left, row + right + 1);
      const seen = this.#seen.fill(0);
      for (let sub = 0; sub < samplesPerSide; sub += 1) {
        const up = (foot.y - y - (sub + 0.5) / samplesPerSide + 0.5) / foot.scale;
        this.#addLine(scene, { foot, left, up, height, behind, seen });
      }
      for (let k = 0; k < behind.length; k += 1)
        if (picture.isInFront(row + left + k, foot.depth - flame.diameter))
          picture.radiance[row + left + k] = seen[k]! / (samplesPerSide * samplesPerSide);
    }
  }

  /** Adds one line of samples, `samplesPerSide` to a pixel, to what is seen of a row. */
  #addLine(scene: FlameScene, line: FlameLine): void {
    const { foot, left, up, behind, seen } = line;
    const { flame } = scene;
    const share = up / line.height;
    const inFlame = share >= 0 && share < 1;
    const bulge = 1 + 0.22 * flame.puffStrength * Math.sin(flame.puffPhase - 7 * share);
    const outline = inFlame ? (0.85 + 0.9 * share) * (1 - share) ** 0.75 * (1 + 0.25 * share) : 0;
    const radius = 0.5 * flame.diameter * outline * bulge;
    const middle = this.#sway(scene, up);
    const celsius = flameCelsius - (flameCelsius - tipCelsius) * Math.max(0, (share - 0.4) / 0.6);
    const gas = celsiusToRadiance(celsius);
    const turbulence = this.#turbulenceLine(scene, up);
    const pitch = 1 / (samplesPerSide * foot.scale);
    let off = (left - 0.5 - foot.x) / foot.scale + pitch / 2 - middle;
    for (let k = 0; k < behind.length; k += 1)
      for (let sub = 0; sub < samplesPerSide; sub += 1) {
        const inside = radius * radius - off * off;
        let radiance = behind[k]!;
        if (inside > 0) {
          const ragged = Math.max(0, 0.9 + 0.55 * turbulence[turbulenceColumn(off)]!);
          const through = Math.exp(-2 * this.#absorption * ragged * Math.sqrt(inside));
          radiance = gas + through * (radiance - gas);
        }
        seen[k] = seen[k]! + radiance;
        off += pitch;
      }
  }

  /** How far the flame leans sideways at a height, in metres. */
  #sway(scene: FlameScene, up: number): number {
    const [one, two, three] = this.#swayPhases;
    const lag = up / riseMetresPerSecond;
    const t = scene.seconds - lag;
    const lean = Math.sin(2.1 * t + one) + 0.7 * Math.sin(5.3 * t + two) + 0.5 * Math.sin(11.9 * t + three);
    return 0.045 * up * lean;
  }

  /** The turbulence at a height, by column; it rises with the gas. */
  #turbulenceLine(scene: FlameScene, up: number): Float32Array {
    const risen = Math.floor((up - riseMetresPerSecond * scene.seconds) / turbulenceCellMetres);
    const row = ((risen % turbulenceHeight) + turbulenceHeight) % turbulenceHeight;
    return this.#turbulence.subarray(row * turbulenceWidth, (row + 1) * turbulenceWidth);
  }

  #paintPlume(picture: Picture, scene: FlameScene, foot: Projection): void {
    const above = scene.ceilingHeight - scene.rim.y;
    const tip = this.#momentaryHeight(scene.flame);
    const from = plumeFadeIn * tip;
    const bottom = Math.min(leptonHeight - 1, Math.floor(foot.y - from * foot.scale));
    const top = Math.max(0, Math.ceil(foot.y - above * foot.scale), bottom - plumeStepsMax);
    for (let y = top; y <= bottom; y += 1) {
      const up = (foot.y - y) / foot.scale;
      const excess = plumeExcessKelvin(scene.flame, up);
      const width = plumeWidthMetres(scene.flame, up);
      // The plume takes over from the flame's tip, not at a line.
      const begun = Math.min(1, (up - from) / (tip - from + 0.1));
      const soot = (begun * this.#absorption * survivingSoot * excess) / (flameCelsius - roomCelsius);
      this.#paintPlumeRow(picture, scene, { foot, y, up, excess, width, soot });
    }
  }

  #paintPlumeRow(
    picture: Picture,
    scene: FlameScene,
    row: { foot: Projection; y: number; up: number; excess: number; width: number; soot: number },
  ): void {
    const middle = row.foot.x + this.#sway(scene, row.up) * row.foot.scale;
    const reach = 3 * sootToHeatWidth * row.width * row.foot.scale;
    const left = Math.max(0, Math.floor(middle - reach));
    const right = Math.min(leptonWidth - 1, Math.ceil(middle + reach));
    const turbulence = this.#turbulenceLine(scene, row.up);
    for (let x = left; x <= right; x += 1) {
      const index = row.y * leptonWidth + x;
      if (!picture.isInFront(index, row.foot.depth)) continue;
      const off = (x - middle) / row.foot.scale;
      const profile = Math.exp((-off * off) / (2 * row.width * row.width));
      const sootProfile = profile ** (1 / sootToHeatWidth ** 2);
      const ragged = Math.max(0, 1 + 0.6 * turbulence[turbulenceColumn(off)]!);
      const emissivity = 1 - Math.exp(-row.soot * sootProfile * ragged * 2.5 * sootToHeatWidth * row.width);
      const behind = picture.radiance[index]!;
      const gas = celsiusToRadiance(roomCelsius + row.excess * profile);
      picture.radiance[index] = behind + emissivity * (gas - behind);
    }
  }
}

/** Column of the turbulence at this distance from the middle; the field repeats itself. */
function turbulenceColumn(offMetres: number): number {
  const cell = Math.floor(offMetres / turbulenceCellMetres) + turbulenceWidth / 2;
  return ((cell % turbulenceWidth) + turbulenceWidth) % turbulenceWidth;
}
