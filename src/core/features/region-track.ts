import { microsPerSecond, secondsBetween } from "../time.ts";
import type { RegionFeatureName } from "./feature-schema.ts";
import { regionFeatureNames } from "./feature-schema.ts";
import type { RegionObservation } from "./feature-second.ts";
import { regionDefinition } from "./region-definition.ts";
import type { FlickerFilter } from "./region-flicker.ts";
import { RegionHistory } from "./region-history.ts";
import type { RegionShape } from "./region-shape.ts";

/** What is known of a track in a second in which its region was seen. */
interface SeenSecond {
  readonly atMicros: number;
  readonly shape: RegionShape;
  /** Pixels shared with the region as it was last seen. */
  readonly sharedPixels: number;
}

/** What a track needs to describe its region. */
export interface ObserveContext {
  /** Background of each pixel, °C. */
  readonly background: Float32Array;
  /** What commissioning found at each pixel, °C. */
  readonly commissioned: Float32Array;
  /** Width of the picture. */
  readonly width: number;
  readonly flickerFilter: FlickerFilter;
}

/** One region followed over time. Objects are kept and begun again, so that following allocates little. */
export class RegionTrack {
  /** Place of the track in the tracker's table: its bit in pixel pictures. */
  readonly slot: number;
  readonly #history = new RegionHistory();
  readonly #frameAtMicros = new Float64Array(regionDefinition.frameSamplesMax);
  readonly #frameExcess = new Float64Array(regionDefinition.frameSamplesMax);
  readonly #frameArea = new Float64Array(regionDefinition.frameSamplesMax);
  #frameCount = 0;
  #frameNext = 0;
  #id = 0;
  #active = false;
  #beganAtMicros = 0;
  #seen: SeenSecond | null = null;
  #overlap = Number.NaN;
  #movedPixels = 0;

  constructor(slot: number) {
    this.slot = slot;
  }

  /** Number of the region it follows; numbers are never used again. */
  get id(): number {
    return this.#id;
  }

  /** True from `begin` to `end`, also while the region is lost. */
  get active(): boolean {
    return this.#active;
  }

  /** The region as it was last seen; null when it never was. */
  get shape(): RegionShape | null {
    return this.#seen === null ? null : this.#seen.shape;
  }

  /** How far from the region its frames are looked at, in pixels: further while it moves. */
  get marginPixels(): number {
    const margin = regionDefinition.marginPixels + Math.ceil(this.#movedPixels);
    return Math.min(margin, regionDefinition.marginPixelsMax);
  }

  /** Starts to follow a new region. */
  begin(id: number, atMicros: number): void {
    this.#id = id;
    this.#active = true;
    this.#beganAtMicros = atMicros;
    this.#seen = null;
    this.#overlap = Number.NaN;
    this.#movedPixels = 0;
    this.#frameCount = 0;
    this.#frameNext = 0;
    this.#history.clear();
  }

  /** The region is gone for good. */
  end(): void {
    this.#active = false;
    this.#seen = null;
  }

  /** Seconds since the region was last seen. */
  unseenSeconds(nowMicros: number): number {
    return this.#seen === null ? 0 : secondsBetween(this.#seen.atMicros, nowMicros);
  }

  /** Change of the excess heat over the last 30 s; all of it when the track had not begun then. */
  growth(nowMicros: number, excess: number): number {
    return excess - (this.#history.before(nowMicros, regionDefinition.growthSeconds)?.excess ?? 0);
  }

  /** One frame of the region. Allocates nothing; above `frameSamplesMax` frames the oldest is overwritten. */
  addFrame(atMicros: number, meanExcess: number, area: number): void {
    this.#frameAtMicros[this.#frameNext] = atMicros;
    this.#frameExcess[this.#frameNext] = meanExcess;
    this.#frameArea[this.#frameNext] = area;
    this.#frameNext = (this.#frameNext + 1) % regionDefinition.frameSamplesMax;
    this.#frameCount = Math.min(this.#frameCount + 1, regionDefinition.frameSamplesMax);
  }

  /** The region was seen in the second that closes. */
  see(second: SeenSecond): void {
    const { atMicros, shape } = second;
    const before = this.#seen;
    this.#overlap = overlapOverUnion(before, second);
    this.#movedPixels = before === null ? 0 : distance(before.shape, shape);
    this.#seen = second;
    this.#history.add({
      atMicros,
      area: shape.area,
      peakCelsius: shape.peakCelsius,
      excess: shape.excess,
      centroidX: shape.centroidX,
      centroidY: shape.centroidY,
    });
  }

  /** After an FFC: temperatures remembered move by its step. */
  shift(deltaKelvin: number): void {
    this.#history.shift(deltaKelvin);
  }

  /** The region as it stands in the second that closes, in which it was seen. */
  observe(context: ObserveContext): RegionObservation {
    const { shape } = this.#seen!;
    const values = this.#values(this.#seen!, context.flickerFilter);
    const peakPixel = shape.peakY * context.width + shape.peakX;
    return {
      trackId: this.#id,
      features: Float64Array.from(regionFeatureNames, (name) => values[name]),
      severePixels: shape.severePixels,
      newSeverePixels: shape.newSeverePixels,
      backgroundCelsius: context.background[peakPixel]!,
      commissionedCelsius: context.commissioned[peakPixel]!,
      centroidX: shape.centroidX,
      centroidY: shape.centroidY,
      peakX: shape.peakX,
      peakY: shape.peakY,
      box: { left: shape.left, top: shape.top, right: shape.right, bottom: shape.bottom },
    };
  }

  #values(seen: SeenSecond, flickerFilter: FlickerFilter): Record<RegionFeatureName, number> {
    const { shape, atMicros: nowMicros } = seen;
    const { slopeSeconds, excessSlopeSeconds, displacementSeconds } = regionDefinition;
    const ageSeconds = secondsBetween(this.#beganAtMicros, nowMicros);
    const range = { nowMicros, windowSeconds: slopeSeconds, ageSeconds };
    const earlier = this.#history.lagged(nowMicros, displacementSeconds);
    const [excessFlicker, areaFlicker] = this.#flicker(nowMicros, flickerFilter);
    return {
      r_area: shape.area,
      r_peak: shape.peakCelsius,
      r_area_vel: this.#history.slope("area", range),
      r_peak_vel: this.#history.slope("peakCelsius", range),
      r_move: earlier === null ? Number.NaN : distance(earlier, shape),
      r_rise: earlier === null ? Number.NaN : earlier.centroidY - shape.centroidY,
      r_age: ageSeconds,
      r_flicker: excessFlicker!,
      r_area_flicker: areaFlicker!,
      r_overlap: this.#overlap,
      r_saturated: shape.severePixels / shape.area,
      r_aspect: (shape.bottom - shape.top + 1) / (shape.right - shape.left + 1),
      r_excess: shape.excess,
      r_excess_vel: this.#history.slope("excess", { ...range, windowSeconds: excessSlopeSeconds }),
    };
  }

  /** Flicker of the mean excess and of the area over the frames of the last 4 s. */
  #flicker(nowMicros: number, filter: FlickerFilter): number[] {
    const from = nowMicros - regionDefinition.flickerSeconds * microsPerSecond;
    const size = regionDefinition.frameSamplesMax;
    const atMicros = new Float64Array(size);
    const excess = new Float64Array(size);
    const area = new Float64Array(size);
    let count = 0;
    for (let i = this.#frameCount; i > 0; i -= 1) {
      const at = (this.#frameNext - i + size) % size;
      if (this.#frameAtMicros[at]! < from) continue;
      atMicros[count] = this.#frameAtMicros[at]!;
      excess[count] = this.#frameExcess[at]!;
      area[count] = this.#frameArea[at]!;
      count += 1;
    }
    return filter.measure({ count, atMicros, values: [excess, area] });
  }
}

/** Intersection over union with the region a second ago; NaN when none was seen then. */
function overlapOverUnion(before: SeenSecond | null, now: SeenSecond): number {
  if (before === null) return Number.NaN;
  if (secondsBetween(before.atMicros, now.atMicros) > regionDefinition.lagToleranceSeconds) return Number.NaN;
  return now.sharedPixels / (before.shape.area + now.shape.area - now.sharedPixels);
}

interface Centroid {
  readonly centroidX: number;
  readonly centroidY: number;
}

function distance(a: Centroid, b: Centroid): number {
  return Math.hypot(b.centroidX - a.centroidX, b.centroidY - a.centroidY);
}
