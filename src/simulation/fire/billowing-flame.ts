import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { Random } from "#core/random.ts";
import { celsiusToRadiance } from "../scene/band-radiance.ts";
import type { Picture } from "../scene/picture.ts";
import type { Projection } from "../scene/pinhole-camera.ts";
import {
  type FlameLook,
  type FlamePainting,
  type FlameScene,
  isVisibleRise,
  transmittance,
} from "./flame-painting.ts";
import type { OpticalDepthGrid } from "./optical-depth-grid.ts";
import type { FlameMoment } from "./puffing.ts";

/** Blobs of burning gas alive at once in a flame of steady size, and the most that are kept, smoke with them. */
const blobsInFlame = 44;
const blobsMax = 128;
/** A flame of height H rises at about this times √H (McCaffrey's intermittent region; constants assumed). */
const risePerRootMetre = 2.3;
const shortestLifeSeconds = 0.08;
/** Of the blobs that burn out, this share goes on as visible smoke, for so many lives. */
const smokeShare = 0.35;
const smokeLives = 2;
const smokeSoot = 0.35;
/** How much a puff swells and thins the stream of blobs. */
const puffDepth = 0.75;

/** A lump of burning gas. */
interface Blob {
  bornAtSeconds: number;
  lifeSeconds: number;
  /** Where it leaves the burning surface, and how far it drifts sideways in a life, in metres. */
  fromX: number;
  driftX: number;
  /** How high it gets in its life, and its radius (1/√e) at birth. */
  height: number;
  radius: number;
  /** Gas that it holds, in m³ of full flame. */
  volume: number;
  isSmoke: boolean;
}

/**
 * Draws a flame as lumps of burning gas that leave the burning surface in puffs, rise, swell, cool and vanish. Each
 * has an optical depth of its own; what the camera sees is 1 − exp(−sum) of the mean of their glow. It draws the same
 * fire as the other way does: size, puffing, absorption and gas temperatures are shared, as the physics is one; shape,
 * texture, motion and smoke are its own, so that how flames are drawn is not learnt along with what they are.
 */
export class BillowingFlame implements FlamePainting {
  readonly #random: Random;
  readonly #look: FlameLook;
  readonly #blobs: Blob[] = [];
  readonly #grid: OpticalDepthGrid;
  #seconds = 0;
  #owed = 0;

  /** The grid may be shared: it is used only while a flame is painted. */
  constructor(options: {
    readonly random: Random;
    readonly look: FlameLook;
    readonly grid: OpticalDepthGrid;
  }) {
    this.#random = options.random;
    this.#look = options.look;
    this.#grid = options.grid;
  }

  /** Lets blobs out for the step to come, so that none is missing in pictures between two steps. */
  step(stepSeconds: number, flame: FlameMoment | null): void {
    this.#seconds += stepSeconds;
    this.#bury();
    if (flame === null || flame.kilowatts <= 0) return;
    const height = flameReach(flame);
    const life = Math.max(shortestLifeSeconds, height / (risePerRootMetre * Math.sqrt(height)));
    const puff = Math.max(0.1, 1 + puffDepth * flame.puffStrength * Math.sin(flame.puffPhase));
    this.#owed += (blobsInFlame * puff * stepSeconds) / life;
    const count = Math.floor(this.#owed);
    this.#owed -= count;
    for (let i = 0; i < count && this.#blobs.length < blobsMax; i += 1)
      this.#blobs.push(
        this.#newBlob(flame, { height, life, delay: (stepSeconds * (i + 0.5)) / count, puff }),
      );
  }

  paint(picture: Picture, scene: FlameScene): number {
    const foot = scene.camera.project(scene.base);
    if (foot === null) return 0;
    const now = this.#seconds + scene.secondsAfterStep;
    this.#grid.begin(this.#typicalRadius() * foot.scale);
    for (const blob of this.#blobs) if (blob.bornAtSeconds <= now) this.#addBlob(blob, scene, { foot, now });
    return this.#composite(
      picture,
      foot.depth - Math.min(scene.flame.diameter, 0.15 + scene.flame.diameter / 2),
    );
  }

  #typicalRadius(): number {
    let sum = 0;
    for (const blob of this.#blobs) sum += blob.radius;
    return this.#blobs.length === 0 ? 0 : sum / this.#blobs.length;
  }

  #newBlob(
    flame: FlameMoment,
    born: { readonly height: number; readonly life: number; readonly delay: number; readonly puff: number },
  ): Blob {
    const random = this.#random;
    const across = 0.4 * flame.diameter * Math.sqrt(random.uniform());
    const fromX = across * Math.cos(2 * Math.PI * random.uniform());
    // What leaves at the rim burns out sooner than what leaves in the middle.
    const middle = 1 - 0.55 * (Math.abs(fromX) / (0.5 * flame.diameter)) ** 2;
    const height = born.height * middle * random.between(0.7, 1.25) * (0.8 + 0.2 * born.puff);
    const flameVolume = 0.25 * Math.PI * flame.diameter ** 2 * born.height * 0.55;
    return {
      bornAtSeconds: this.#seconds + born.delay,
      lifeSeconds: born.life * random.between(0.8, 1.3),
      fromX,
      driftX: 0.075 * height * random.normal(),
      height,
      radius: flame.diameter * random.between(0.08, 0.17) + 0.014 * born.height,
      volume: (flameVolume / blobsInFlame) * random.between(0.5, 1.5),
      isSmoke: random.uniform() < smokeShare,
    };
  }

  #bury(): void {
    let kept = 0;
    for (const blob of this.#blobs) {
      const lives = (this.#seconds - blob.bornAtSeconds) / blob.lifeSeconds;
      if (lives < (blob.isSmoke ? 1 + smokeLives : 1)) this.#blobs[kept++] = blob;
    }
    this.#blobs.length = kept;
  }

  #addBlob(blob: Blob, scene: FlameScene, at: { readonly foot: Projection; readonly now: number }): void {
    const { foot } = at;
    const share = (at.now - blob.bornAtSeconds) / blob.lifeSeconds;
    if (share >= 1 && !blob.isSmoke) return;
    const up = blob.height * share ** 1.35;
    if (up > scene.ceilingHeight - scene.base.y) return;
    // Air drawn in from all sides presses the flame together above its base.
    const x = blob.fromX * Math.max(0.25, 1 - 0.75 * share) + blob.driftX * share + scene.lean.x * up;
    const radius = blob.radius * (0.75 + 0.65 * share);
    const { flameCelsius, tipCelsius, absorptionPerMetre } = this.#look;
    const cooled = share < 1 ? Math.max(0, (share - 0.3) / 0.7) : 1;
    const ambient = scene.ambientCelsius;
    let celsius = flameCelsius - (flameCelsius - tipCelsius) * cooled;
    let soot = share < 1 ? Math.min(1, 2.5 * (1.05 - share)) : smokeSoot / share;
    if (share < 0.12) soot *= share / 0.12;
    // Smoke cools as the air of a plume does, with height to the power of −5/3.
    if (share >= 1) celsius = ambient + (tipCelsius - ambient) * (up / blob.height) ** (-5 / 3);
    const sigma = radius * foot.scale;
    // A lump smaller than a pixel is spread over it.
    const variance = sigma * sigma + 1 / 8;
    const area = (2 * Math.PI * variance) / (foot.scale * foot.scale);
    this.#grid.add({
      x: foot.x + x * foot.scale,
      y: foot.y - up * foot.scale,
      sigma: Math.sqrt(variance),
      depth: (absorptionPerMetre * blob.volume * soot) / area,
      radiance: celsiusToRadiance(celsius),
    });
  }

  #composite(picture: Picture, depth: number): number {
    const grid = this.#grid;
    const { left, right, top, bottom } = grid.box;
    let visible = 0;
    for (let y = Math.max(0, top); y <= Math.min(leptonHeight - 1, bottom); y += 1)
      for (let x = Math.max(0, left); x <= Math.min(leptonWidth - 1, right); x += 1) {
        grid.look(x, y);
        if (grid.depth < 1e-5) continue;
        const index = y * leptonWidth + x;
        if (!picture.isInFront(index, depth)) continue;
        const behind = picture.radiance[index]!;
        const emissivity = grid.depth < 0.05 ? grid.depth : 1 - transmittance(grid.depth);
        const rise = emissivity * (grid.glow / grid.depth - behind);
        picture.radiance[index] = behind + rise;
        if (isVisibleRise(behind, rise)) visible += 1;
      }
    return visible;
  }
}

/** A fire too small for its base still has flames of a few centimetres on it. */
function flameReach(flame: FlameMoment): number {
  return Math.max(flame.height, 0.15 * flame.diameter, 0.02);
}
