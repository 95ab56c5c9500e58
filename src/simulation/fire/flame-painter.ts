import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { Random } from "#core/random.ts";
import { celsiusToRadiance, zeroCelsiusKelvin } from "../scene/band-radiance.ts";
import { correlatedTile } from "../scene/correlated-tile.ts";
import type { Picture } from "../scene/picture.ts";
import type { Projection } from "../scene/pinhole-camera.ts";
import {
  type FlameLook,
  type FlamePainting,
  type FlameScene,
  isVisibleRise,
  transmittance,
} from "./flame-painting.ts";
import { plumeExcessKelvin, virtualOriginMetres } from "./plume-correlations.ts";
import { eddyDiameter, momentaryHeight } from "./puffing.ts";

/** Above the flame most soot has burnt; what is left thins out as the excess temperature does. */
const survivingSoot = 0.15;

/** Both sides are powers of two, so that the field repeats itself by masking. */
const turbulenceWidth = 64;
const turbulenceHeight = 128;
/** A cell of the turbulence for a flame of a waste basket, 0.26 m wide; eddies grow with the flame. */
const turbulenceCellShare = 0.012 / 0.26;
const turbulenceSmoothingCells = 2;
/** So many samples lie across a flame at least, up to so many a pixel side. */
const samplesAcross = 7;
const samplesPerSideMax = 8;
/** The plume begins to show at this share of the flame's height. */
const plumeFadeIn = 0.75;
/** Soot stays nearer to the middle than heat. */
const sootToHeatWidth = 0.6;
const sootFall = 1 / sootToHeatWidth ** 2;
/** A row of plume that would add less than this at its middle is not drawn. */
const faintestPlumeKelvin = 0.04;
/** Soot is drawn out to this many of its standard deviations. */
const plumeReach = 2.5;
/** A height at which every plume is cooler than its cap, and the least distance from its origin, in metres. */
const farMetres = 50;
const nearestMetres = 0.02;
/** Seeds of turbulence are below this. */
const seedsEnd = 2 ** 32;
/** How far a flame sways, in metres per metre of height. */
const swayPerMetre = 0.045;

/** One line of samples through the flame. */
interface FlameLine {
  /** Square of the radius in m². */
  squaredRadius: number;
  /** Column of the line's middle. */
  middle: number;
  gasRadiance: number;
  /** First entry of the turbulence at this height. */
  turbulence: number;
}

/**
 * Paints a flame and its plume as what they are: half-transparent bodies of hot soot whose emissivity is
 * 1 − exp(−κ·L) along the line of sight, so that a thin flame looks far cooler than its gas.
 */
export class FlamePainter implements FlamePainting {
  readonly #look: FlameLook;
  readonly #turbulenceSeed: number;
  #turbulenceTile: Float32Array | null = null;
  readonly #swayPhases: readonly [number, number, number];
  readonly #lines: FlameLine[] = Array.from({ length: samplesPerSideMax }, () => ({
    squaredRadius: 0,
    middle: 0,
    gasRadiance: 0,
    turbulence: 0,
  }));

  constructor(random: Random, look: FlameLook) {
    this.#look = look;
    // Drawn now, though the field is made later: what is drawn must not depend on when somebody first looks.
    this.#turbulenceSeed = random.integer(seedsEnd);
    this.#swayPhases = [random.between(0, 6.28), random.between(0, 6.28), random.between(0, 6.28)];
  }

  /** Made when the first flame is drawn: many fires never get that far. */
  get #turbulence(): Float32Array {
    this.#turbulenceTile ??= correlatedTile({
      width: turbulenceWidth,
      height: turbulenceHeight,
      smoothingPixels: turbulenceSmoothingCells,
      random: new Random(this.#turbulenceSeed),
    });
    return this.#turbulenceTile;
  }

  /** Nothing of its own changes: all that moves is in the flame. */
  step(): void {}

  paint(picture: Picture, scene: FlameScene): number {
    const foot = scene.camera.project(scene.base);
    if (foot === null || scene.flame.kilowatts <= 0) return 0;
    return this.#paintPlume(picture, scene, foot) + this.#paintFlame(picture, scene, foot);
  }

  #paintFlame(picture: Picture, scene: FlameScene, foot: Projection): number {
    const { flame } = scene;
    const above = scene.ceilingHeight - scene.base.y;
    const height = momentaryHeight(flame);
    const top = Math.max(0, Math.floor(foot.y - Math.min(height, above) * foot.scale - 1));
    const bottom = Math.min(leptonHeight - 1, Math.ceil(foot.y + 1));
    const thinnest = Math.min(flame.diameter, height) * foot.scale;
    const perSide = Math.min(samplesPerSideMax, Math.max(1, Math.round(samplesAcross / thinnest)));
    const depth = foot.depth - Math.min(flame.diameter, 0.15 + flame.diameter / 2);
    let visible = 0;
    for (let y = top; y <= bottom; y += 1) {
      let left = leptonWidth;
      let right = -1;
      for (let sub = 0; sub < perSide; sub += 1) {
        const up = (foot.y - y - (sub + 0.5) / perSide + 0.5) / foot.scale;
        const line = this.#lines[sub]!;
        this.#aim(line, scene, { foot, up, height });
        const reach = Math.sqrt(line.squaredRadius) * foot.scale + 1;
        if (line.squaredRadius === 0) continue;
        left = Math.min(left, line.middle - reach);
        right = Math.max(right, line.middle + reach);
      }
      const from = Math.max(0, Math.floor(left));
      const to = Math.min(leptonWidth - 1, Math.ceil(right));
      if (from <= to) visible += this.#paintFlameRow(picture, { y, from, to, perSide, depth, foot, flame });
    }
    return visible;
  }

  /** Mixes a row's pixels of flame from their samples; gives how many look visibly warmer for it. */
  #paintFlameRow(
    picture: Picture,
    row: {
      readonly y: number;
      readonly from: number;
      readonly to: number;
      readonly perSide: number;
      readonly depth: number;
      readonly foot: Projection;
      readonly flame: { readonly diameter: number };
    },
  ): number {
    const { perSide, depth } = row;
    const lines = this.#lines;
    const { radiance } = picture;
    const pitch = 1 / perSide;
    const share = pitch * pitch;
    const metresPerPixel = 1 / row.foot.scale;
    const cellsPerMetre = 1 / cellMetres(row.flame.diameter);
    const twoKappa = 2 * this.#look.absorptionPerMetre;
    const turbulence = this.#turbulence;
    let visible = 0;
    for (let x = row.from; x <= row.to; x += 1) {
      const index = row.y * leptonWidth + x;
      if (!picture.isInFront(index, depth)) continue;
      let through = 0;
      let glow = 0;
      for (let one = 0; one < perSide; one += 1) {
        const line = lines[one]!;
        for (let sub = 0; sub < perSide; sub += 1) {
          const off = (x - 0.5 + (sub + 0.5) * pitch - line.middle) * metresPerPixel;
          const inside = line.squaredRadius - off * off;
          if (inside <= 0) {
            through += 1;
            continue;
          }
          const column = Math.floor(off * cellsPerMetre) & (turbulenceWidth - 1);
          const ragged = Math.max(0, 0.9 + 0.55 * turbulence[line.turbulence + column]!);
          const passed = transmittance(twoKappa * ragged * Math.sqrt(inside));
          through += passed;
          glow += (1 - passed) * line.gasRadiance;
        }
      }
      const behind = radiance[index]!;
      const rise = behind * (through * share - 1) + glow * share;
      radiance[index] = behind + rise;
      if (isVisibleRise(behind, rise)) visible += 1;
    }
    return visible;
  }

  /** Sets a line of samples up for a height. */
  #aim(
    line: FlameLine,
    scene: FlameScene,
    at: { readonly foot: Projection; readonly up: number; readonly height: number },
  ): void {
    const { flame } = scene;
    const share = at.up / at.height;
    if (share < 0 || share >= 1 || at.up > scene.ceilingHeight - scene.base.y) {
      line.squaredRadius = 0;
      return;
    }
    const bulge = 1 + 0.22 * flame.puffStrength * Math.sin(flame.puffPhase - 7 * share);
    const outline = (0.85 + 0.9 * share) * (1 - share) ** 0.75 * (1 + 0.25 * share);
    const radius = 0.5 * flame.diameter * outline * bulge;
    const { flameCelsius, tipCelsius } = this.#look;
    const celsius = flameCelsius - (flameCelsius - tipCelsius) * Math.max(0, (share - 0.4) / 0.6);
    line.squaredRadius = radius * radius;
    line.middle = at.foot.x + this.#sway(scene, at.up) * at.foot.scale;
    line.gasRadiance = celsiusToRadiance(celsius);
    line.turbulence = turbulenceRow(scene, at.up);
  }

  /** How far the flame leans sideways at a height, in metres. */
  #sway(scene: FlameScene, up: number): number {
    const [one, two, three] = this.#swayPhases;
    const t = scene.seconds - up / scene.flame.riseMetresPerSecond;
    const lean = Math.sin(2.1 * t + one) + 0.7 * Math.sin(5.3 * t + two) + 0.5 * Math.sin(11.9 * t + three);
    return swayPerMetre * up * lean + scene.lean.x * up;
  }

  #paintPlume(picture: Picture, scene: FlameScene, foot: Projection): number {
    const above = scene.ceilingHeight - scene.base.y;
    const tip = momentaryHeight(scene.flame);
    const from = plumeFadeIn * tip;
    const bottom = Math.min(leptonHeight - 1, Math.floor(foot.y - from * foot.scale));
    const top = Math.max(0, Math.ceil(foot.y - above * foot.scale));
    const { absorptionPerMetre, flameCelsius, radiativeFraction } = this.#look;
    const hottest = flameCelsius - scene.ambientCelsius;
    const ambientKelvin = scene.ambientCelsius + zeroCelsiusKelvin;
    const plume = { ...scene.flame, radiativeFraction, ambientKelvin };
    const origin = virtualOriginMetres(plume);
    // The excess falls with the distance from the origin to the power of −5/3: one height gives all others.
    const atOneMetre = plumeExcessKelvin(plume, origin + farMetres) * farMetres ** (5 / 3);
    let visible = 0;
    for (let y = bottom; y >= top; y -= 1) {
      const up = (foot.y - y) / foot.scale;
      const distance = Math.max(nearestMetres, up - origin);
      const excess = Math.min(hottest, atOneMetre / (distance * Math.cbrt(distance) ** 2));
      const width = 0.14 * Math.sqrt(1 + excess / ambientKelvin) * distance;
      // The plume takes over from the flame's tip, not at a line.
      const begun = Math.min(1, (up - from) / (tip - from + 0.1));
      const sootShare = (begun * survivingSoot * excess) / hottest;
      const opticalDepth = sootShare * absorptionPerMetre * 2.5 * sootToHeatWidth * width;
      if (opticalDepth * excess < faintestPlumeKelvin) {
        if (begun === 1) break;
        continue;
      }
      visible += this.#paintPlumeRow(picture, scene, { foot, y, up, excess, width, opticalDepth });
    }
    return visible;
  }

  #paintPlumeRow(
    picture: Picture,
    scene: FlameScene,
    row: { foot: Projection; y: number; up: number; excess: number; width: number; opticalDepth: number },
  ): number {
    const middle = row.foot.x + this.#sway(scene, row.up) * row.foot.scale;
    const sigma = Math.max(0.4, row.width * row.foot.scale);
    // A plume thinner than a pixel is spread over one and thinned in proportion.
    const thinned = (row.opticalDepth * row.width * row.foot.scale) / sigma;
    const reach = plumeReach * sootToHeatWidth * sigma;
    const left = Math.max(0, Math.ceil(middle - reach));
    const right = Math.min(leptonWidth - 1, Math.floor(middle + reach));
    const turbulence = this.#turbulence;
    const firstEntry = turbulenceRow(scene, row.up);
    const cellsPerPixel = 1 / (row.foot.scale * cellMetres(scene.flame.diameter));
    // The gas's radiance as a parabola of the share of its excess, exact at none, half and all of it.
    const cold = celsiusToRadiance(scene.ambientCelsius);
    const half = celsiusToRadiance(scene.ambientCelsius + 0.5 * row.excess) - cold;
    const whole = celsiusToRadiance(scene.ambientCelsius + row.excess) - cold;
    const linear = 4 * half - whole;
    const square = 2 * whole - 4 * half;
    const perSquaredPixel = 1 / (2 * sigma * sigma);
    const { radiance } = picture;
    let visible = 0;
    for (let x = left; x <= right; x += 1) {
      const index = row.y * leptonWidth + x;
      if (!picture.isInFront(index, row.foot.depth)) continue;
      const off = x - middle;
      const squared = off * off * perSquaredPixel;
      const column = Math.floor(off * cellsPerPixel) & (turbulenceWidth - 1);
      const ragged = Math.max(0, 1 + 0.6 * turbulence[firstEntry + column]!);
      const soot = transmittance(squared * sootFall);
      const emissivity = 1 - thinTransmittance(thinned * soot * ragged);
      const profile = transmittance(squared);
      const gas = cold + profile * (linear + profile * square);
      const behind = radiance[index]!;
      const rise = emissivity * (gas - behind);
      radiance[index] = behind + rise;
      if (isVisibleRise(behind, rise)) visible += 1;
    }
    return visible;
  }
}

/** exp(−x) for the thin gas of a plume, where the table would be too coarse. */
function thinTransmittance(opticalDepth: number): number {
  return opticalDepth < 0.1
    ? 1 - opticalDepth + (opticalDepth * opticalDepth) / 2
    : transmittance(opticalDepth);
}

function cellMetres(diameter: number): number {
  return turbulenceCellShare * eddyDiameter(diameter);
}

/** First entry of the turbulence at a height; it rises with the gas. */
function turbulenceRow(scene: FlameScene, up: number): number {
  const { diameter, risenDiameters } = scene.flame;
  const risen = Math.floor(up / cellMetres(diameter) - risenDiameters / turbulenceCellShare);
  return (risen & (turbulenceHeight - 1)) * turbulenceWidth;
}
