import type { RegionObservation } from "../features/feature-second.ts";
import { newSustained, type Sustained } from "./sustained.ts";

/** Seconds of history a rise is proven over: a step (something put down) rises in no more than these. */
export const riseProofSeconds = 3;

/** Seconds of evidence a region may be out of sight before it is forgotten: flames pulse, trackers lose. */
const unseenSecondsMax = 3;

/** A new track this near to a known one, in pixels between their boxes, is taken for the same thing. */
const inheritPixels = 3;

/** What the rules remember of one tracked region. */
export interface TrackMemory {
  box: RegionObservation["box"];
  unseenSeconds: number;
  /** Hottest pixel and area of the last seconds, oldest first, `riseProofSeconds` at most. */
  readonly peaksCelsius: number[];
  readonly areasPixels: number[];
  readonly severeHeat: Sustained;
  readonly fixedPrealarm: Sustained;
  readonly fixedAlarm: Sustained;
  readonly rateOfRise: Sustained;
  readonly growthPrealarm: Sustained;
  readonly growthAlarm: Sustained;
}

/**
 * Memories of the regions in sight. A region that splits, merges or gets a new track number inherits what was known
 * where it stands, so that a flickering flame does not start again with every new number.
 */
export class TrackMemories {
  readonly #byTrack = new Map<number, TrackMemory>();

  /** The memory of each region of this second, in their order; regions gone too long are forgotten. */
  recall(regions: readonly RegionObservation[]): readonly TrackMemory[] {
    for (const memory of this.#byTrack.values()) memory.unseenSeconds += 1;
    const known = [...this.#byTrack.values()];
    const recalled = regions.map((region) => {
      const memory = this.#byTrack.get(region.trackId) ?? inherit(region, known);
      this.#byTrack.set(region.trackId, memory);
      return memory;
    });
    for (const [index, memory] of recalled.entries()) {
      memory.box = regions[index]!.box;
      memory.unseenSeconds = 0;
    }
    for (const [trackId, memory] of this.#byTrack)
      if (memory.unseenSeconds > unseenSecondsMax) this.#byTrack.delete(trackId);
    return recalled;
  }
}

function inherit(region: RegionObservation, known: readonly TrackMemory[]): TrackMemory {
  const near = known.filter((memory) => areNear(memory.box, region.box));
  if (near.length === 0) return newMemory(region);
  return copyOf(near.reduce((one, other) => (other.unseenSeconds < one.unseenSeconds ? other : one)));
}

function areNear(one: RegionObservation["box"], other: RegionObservation["box"]): boolean {
  return (
    one.left <= other.right + inheritPixels &&
    other.left <= one.right + inheritPixels &&
    one.top <= other.bottom + inheritPixels &&
    other.top <= one.bottom + inheritPixels
  );
}

function newMemory(region: RegionObservation): TrackMemory {
  return {
    box: region.box,
    unseenSeconds: 0,
    peaksCelsius: [],
    areasPixels: [],
    severeHeat: newSustained(),
    fixedPrealarm: newSustained(),
    fixedAlarm: newSustained(),
    rateOfRise: newSustained(),
    growthPrealarm: newSustained(),
    growthAlarm: newSustained(),
  };
}

function copyOf(memory: TrackMemory): TrackMemory {
  return {
    box: memory.box,
    unseenSeconds: 0,
    peaksCelsius: [...memory.peaksCelsius],
    areasPixels: [...memory.areasPixels],
    severeHeat: { ...memory.severeHeat },
    fixedPrealarm: { ...memory.fixedPrealarm },
    fixedAlarm: { ...memory.fixedAlarm },
    rateOfRise: { ...memory.rateOfRise },
    growthPrealarm: { ...memory.growthPrealarm },
    growthAlarm: { ...memory.growthAlarm },
  };
}
