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

/**
 * Paints a flame and its plume as what they are: half-transparent bodies of hot soot whose emissivity is
 * 1 − exp(−κ·L) along the line of sight, so that a thin flame looks far cooler than its gas.
 */
export class FlamePainter {
  readonly #absorption: number;
  readonly #turbulence: Float32Array;
  readonly #swayPhases: readonly [number, number, number];

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
    const samples = samplesPerSide * samplesPerSide;
    for (let y = top; y <= bottom; y += 1)
      for (let x = left; x <= right; x += 1) {
        const index = y * leptonWidth + x;
        if (!picture.isInFront(index, foot.depth - flame.diameter)) continue;
        const behind = picture.radiance[index]!;
        let radiance = 0;
        for (let sub = 0; sub < samples; sub += 1) {
          const dx = ((sub % samplesPerSide) + 0.5) / samplesPerSide - 0.5;
          const dy = (Math.floor(sub / samplesPerSide) + 0.5) / samplesPerSide - 0.5;
          const across = (x + dx - foot.x) / foot.scale;
          const up = (foot.y - y - dy) / foot.scale;
          radiance += this.#throughFlame(scene, { height, across, up, behind });
        }
        picture.radiance[index] = radiance / samples;
      }
  }

  #throughFlame(
    scene: FlameScene,
    at: { readonly height: number; readonly across: number; readonly up: number; readonly behind: number },
  ): number {
    const share = at.up / at.height;
    if (share < 0 || share >= 1) return at.behind;
    const { flame } = scene;
    const bulge = 1 + 0.22 * flame.puffStrength * Math.sin(flame.puffPhase - 7 * share);
    const outline = (0.85 + 0.9 * share) * (1 - share) ** 0.75 * (1 + 0.25 * share);
    const radius = 0.5 * flame.diameter * outline * bulge;
    const off = at.across - this.#sway(scene, at.up);
    const inside = radius * radius - off * off;
    if (inside <= 0) return at.behind;
    const ragged = Math.max(0, 0.9 + 0.55 * this.#turbulenceAt(scene, { across: off, up: at.up }));
    const emissivity = -Math.expm1(-this.#absorption * ragged * 2 * Math.sqrt(inside));
    const celsius = flameCelsius - (flameCelsius - tipCelsius) * Math.max(0, (share - 0.4) / 0.6);
    return at.behind + emissivity * (celsiusToRadiance(celsius) - at.behind);
  }

  /** How far the flame leans sideways at a height, in metres. */
  #sway(scene: FlameScene, up: number): number {
    const [one, two, three] = this.#swayPhases;
    const lag = up / riseMetresPerSecond;
    const t = scene.seconds - lag;
    const lean = Math.sin(2.1 * t + one) + 0.7 * Math.sin(5.3 * t + two) + 0.5 * Math.sin(11.9 * t + three);
    return 0.045 * up * lean;
  }

  #turbulenceAt(scene: FlameScene, at: { readonly across: number; readonly up: number }): number {
    const x = Math.floor(at.across / turbulenceCellMetres) + turbulenceWidth / 2;
    const risen = at.up - riseMetresPerSecond * scene.seconds;
    const y = Math.floor(risen / turbulenceCellMetres);
    const column = ((x % turbulenceWidth) + turbulenceWidth) % turbulenceWidth;
    const row = ((y % turbulenceHeight) + turbulenceHeight) % turbulenceHeight;
    return this.#turbulence[row * turbulenceWidth + column]!;
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
    for (let x = left; x <= right; x += 1) {
      const index = row.y * leptonWidth + x;
      if (!picture.isInFront(index, row.foot.depth)) continue;
      const off = (x - middle) / row.foot.scale;
      const profile = Math.exp((-off * off) / (2 * row.width * row.width));
      const sootProfile = profile ** (1 / sootToHeatWidth ** 2);
      const ragged = Math.max(0, 1 + 0.6 * this.#turbulenceAt(scene, { across: off, up: row.up }));
      const emissivity = -Math.expm1(-row.soot * sootProfile * ragged * 2.5 * sootToHeatWidth * row.width);
      const behind = picture.radiance[index]!;
      const gas = celsiusToRadiance(roomCelsius + row.excess * profile);
      picture.radiance[index] = behind + emissivity * (gas - behind);
    }
  }
}
