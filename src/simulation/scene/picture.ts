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
  readonly #folds = new Float64Array(leptonWidth);

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
    const { fromX, fromY, fromRadius, toX, toY, toRadius, depth, celsius, foldsKelvin, foldsPhase } = capsule;
    const reach = Math.max(fromRadius, toRadius) + 0.5;
    const left = Math.max(0, Math.ceil(Math.min(fromX, toX) - reach));
    const right = Math.min(leptonWidth - 1, Math.floor(Math.max(fromX, toX) + reach));
    const top = Math.max(0, Math.ceil(Math.min(fromY, toY) - reach));
    const bottom = Math.min(leptonHeight - 1, Math.floor(Math.max(fromY, toY) + reach));
    const alongX = toX - fromX;
    const alongY = toY - fromY;
    const length = alongX * alongX + alongY * alongY;
    const perLength = length === 0 ? 0 : 1 / length;
    const edgeKelvin = capsule.edgeCelsius - celsius;
    const { radiance } = this;
    const sceneDepth = this.#depth;
    const folds = this.#foldsAcross(capsule, left, right);
    const waveFrom = Math.sin(foldsPhase);
    const waveTo = Math.sin(5 + foldsPhase);
    // Written out in the loop: Math.min and Math.max are many times slower.
    for (let y = top; y <= bottom; y += 1) {
      const offY = y - fromY;
      const row = y * leptonWidth;
      for (let x = left; x <= right; x += 1) {
        if (depth >= sceneDepth[row + x]!) continue;
        const offX = x - fromX;
        let share = (offX * alongX + offY * alongY) * perLength;
        if (share > 1) share = 1;
        if (share < 0) share = 0;
        const awayX = offX - share * alongX;
        const awayY = offY - share * alongY;
        const squared = awayX * awayX + awayY * awayY;
        const radius = fromRadius + share * (toRadius - fromRadius);
        if (squared >= (radius + 0.5) * (radius + 0.5)) continue;
        const distance = Math.sqrt(squared);
        let cover = radius - distance + 0.5;
        if (cover > 1) cover = 1;
        // A limb thinner than a pixel covers only a part of it.
        if (radius < 0.5) cover *= 2 * radius;
        let outward = radius < 0.5 ? distance * 2 : distance / radius;
        if (outward > 1) outward = 1;
        let own = celsius + edgeKelvin * outward * outward;
        if (foldsKelvin !== 0) {
          // Sines are what costs most here, and a good part of the pixels lie about the ends.
          const wave = share === 0 ? waveFrom : share === 1 ? waveTo : Math.sin(5 * share + foldsPhase);
          own += foldsKelvin * wave * folds[x]!;
        }
        const before = radiance[row + x]!;
        radiance[row + x] = before + cover * (celsiusToRadiance(own) - before);
      }
    }
  }

  /** The folds of a limb in each column. */
  #foldsAcross({ fromX, foldsKelvin, foldsPhase }: Capsule, left: number, right: number): Float64Array {
    const folds = this.#folds;
    if (foldsKelvin !== 0)
      for (let x = left; x <= right; x += 1) folds[x] = Math.cos(0.9 * (x - fromX) + 1.7 * foldsPhase);
    return folds;
  }
}
