import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { celsiusToRadiance } from "./band-radiance.ts";

/** A round-ended limb as it appears: two circles and what lies between them. Lengths in pixels, depth in metres. */
export interface Capsule {
  readonly fromX: number;
  readonly fromY: number;
  readonly fromRadius: number;
  readonly toX: number;
  readonly toY: number;
  readonly toRadius: number;
  readonly depth: number;
  /** Apparent temperature along the middle line and at the outline. */
  readonly celsius: number;
  readonly edgeCelsius: number;
  /** Depth of folds and patches in kelvin, and what makes one body's differ from another's. */
  readonly foldsKelvin: number;
  readonly foldsPhase: number;
}

/**
 * A picture of band radiance that things are drawn into, each hidden by what stands before it. Things are drawn from
 * far to near; what stands still is given with its depth.
 */
export class Picture {
  readonly radiance: Float32Array;
  readonly #depth: Float32Array;

  constructor(depth: Float32Array) {
    this.radiance = new Float32Array(leptonWidth * leptonHeight);
    this.#depth = depth;
  }

  /** True where a thing at this depth is in front of what stands still. */
  isInFront(index: number, depth: number): boolean {
    return depth < this.#depth[index]!;
  }

  /** Draws a limb, its outline mixed by the share of the pixel it covers. */
  drawCapsule(capsule: Capsule): void {
    const reach = Math.max(capsule.fromRadius, capsule.toRadius) + 1;
    const left = Math.max(0, Math.floor(Math.min(capsule.fromX, capsule.toX) - reach));
    const right = Math.min(leptonWidth - 1, Math.ceil(Math.max(capsule.fromX, capsule.toX) + reach));
    const top = Math.max(0, Math.floor(Math.min(capsule.fromY, capsule.toY) - reach));
    const bottom = Math.min(leptonHeight - 1, Math.ceil(Math.max(capsule.fromY, capsule.toY) + reach));
    for (let y = top; y <= bottom; y += 1)
      for (let x = left; x <= right; x += 1) {
        const index = y * leptonWidth + x;
        if (this.isInFront(index, capsule.depth)) this.#drawPixel(capsule, { x, y, index });
      }
  }

  #drawPixel(capsule: Capsule, at: { x: number; y: number; index: number }): void {
    const alongX = capsule.toX - capsule.fromX;
    const alongY = capsule.toY - capsule.fromY;
    const offX = at.x - capsule.fromX;
    const offY = at.y - capsule.fromY;
    const length = alongX * alongX + alongY * alongY;
    const share = length === 0 ? 0 : Math.min(1, Math.max(0, (offX * alongX + offY * alongY) / length));
    const radius = capsule.fromRadius + share * (capsule.toRadius - capsule.fromRadius);
    const distance = Math.hypot(offX - share * alongX, offY - share * alongY);
    // A limb thinner than a pixel covers only a part of it.
    const cover = Math.min(1, Math.max(0, radius - distance + 0.5)) * Math.min(1, 2 * radius);
    if (cover === 0) return;
    const outward = Math.min(1, distance / Math.max(radius, 0.5));
    const folds = Math.sin(5 * share + capsule.foldsPhase) * Math.cos(0.9 * offX + 1.7 * capsule.foldsPhase);
    const celsius =
      capsule.celsius +
      (capsule.edgeCelsius - capsule.celsius) * outward * outward +
      capsule.foldsKelvin * folds;
    const before = this.radiance[at.index]!;
    this.radiance[at.index] = before + cover * (celsiusToRadiance(celsius) - before);
  }
}
