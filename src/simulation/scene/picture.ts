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
    for (let y = top; y <= bottom; y += 1) {
      const offY = y - fromY;
      for (let x = left; x <= right; x += 1) {
        const offX = x - fromX;
        const share = Math.min(1, Math.max(0, (offX * alongX + offY * alongY) * perLength));
        const awayX = offX - share * alongX;
        const awayY = offY - share * alongY;
        const squared = awayX * awayX + awayY * awayY;
        const radius = fromRadius + share * (toRadius - fromRadius);
        const index = y * leptonWidth + x;
        if (squared >= (radius + 0.5) * (radius + 0.5) || depth >= this.#depth[index]!) continue;
        const distance = Math.sqrt(squared);
        // A limb thinner than a pixel covers only a part of it.
        const cover = Math.min(1, radius - distance + 0.5) * Math.min(1, 2 * radius);
        const outward = Math.min(1, distance / Math.max(radius, 0.5));
        let own = celsius + edgeKelvin * outward * outward;
        if (foldsKelvin !== 0)
          own += foldsKelvin * Math.sin(5 * share + foldsPhase) * Math.cos(0.9 * offX + 1.7 * foldsPhase);
        const before = radiance[index]!;
        radiance[index] = before + cover * (celsiusToRadiance(own) - before);
      }
    }
  }
}
