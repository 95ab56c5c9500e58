import type { Reason } from "../alarm/reason.ts";
import type { RegionObservation } from "../features/feature-second.ts";
import { type KnownReading, nothingKnown } from "./region-reading.ts";
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
  /** The last known values, for the reasons of a rule that stands while a value is absent. */
  known: KnownReading;
  readonly severeHeat: Sustained;
  readonly fixedPrealarm: Sustained;
  readonly fixedAlarm: Sustained;
  readonly rateOfRise: Sustained;
  readonly growthPrealarm: Sustained;
  readonly growthAlarm: Sustained;
  readonly largeHeat: Sustained;
}

/**
 * Memories of the regions in sight. A region that splits, merges or gets a new track number inherits what was known
 * where it stands, so that a flickering flame does not start again with every new number.
 */
export class TrackMemories {
  readonly #byTrack = new Map<number, TrackMemory>();

  /**
   * Takes over what rules had found before a restart: a region at such a place goes on where it stood. Like any other
   * memory it is forgotten when nothing is seen there.
   */
  restore(found: { readonly alarm: readonly Reason[]; readonly prealarm: readonly Reason[] }): void {
    const findings = [
      ...found.alarm.map((reason) => ({ reason, level: "alarm" as const })),
      ...found.prealarm.map((reason) => ({ reason, level: "prealarm" as const })),
    ];
    for (const { reason, level } of findings) {
      if (reason.location === null) continue;
      const { x, y } = reason.location;
      const box = { left: x, top: y, right: x, bottom: y };
      const here = [...this.#byTrack.values()].find((memory) => areNear(memory.box, box));
      const memory = here ?? newMemory(box);
      const sustained = sustainedOf(memory, { code: reason.code, level });
      if (sustained !== null) sustained.active = true;
      // No track has such a number: these are found by their place only.
      if (here === undefined) this.#byTrack.set(-1 - this.#byTrack.size, memory);
    }
  }

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

function sustainedOf(
  memory: TrackMemory,
  finding: { readonly code: Reason["code"]; readonly level: "alarm" | "prealarm" },
): Sustained | null {
  const isAlarm = finding.level === "alarm";
  switch (finding.code) {
    case "severe-heat":
      return memory.severeHeat;
    case "fixed-temperature":
      return isAlarm ? memory.fixedAlarm : memory.fixedPrealarm;
    case "rate-of-rise":
      return memory.rateOfRise;
    case "region-growth":
      return isAlarm ? memory.growthAlarm : memory.growthPrealarm;
    case "large-heat":
      return memory.largeHeat;
    default:
      return null;
  }
}

function inherit(region: RegionObservation, known: readonly TrackMemory[]): TrackMemory {
  const near = known.filter((memory) => areNear(memory.box, region.box));
  if (near.length === 0) return newMemory(region.box);
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

function newMemory(box: RegionObservation["box"]): TrackMemory {
  return {
    box,
    unseenSeconds: 0,
    peaksCelsius: [],
    areasPixels: [],
    known: nothingKnown,
    severeHeat: newSustained(),
    fixedPrealarm: newSustained(),
    fixedAlarm: newSustained(),
    rateOfRise: newSustained(),
    growthPrealarm: newSustained(),
    growthAlarm: newSustained(),
    largeHeat: newSustained(),
  };
}

function copyOf(memory: TrackMemory): TrackMemory {
  return {
    box: memory.box,
    unseenSeconds: 0,
    peaksCelsius: [...memory.peaksCelsius],
    areasPixels: [...memory.areasPixels],
    known: memory.known,
    severeHeat: { ...memory.severeHeat },
    fixedPrealarm: { ...memory.fixedPrealarm },
    fixedAlarm: { ...memory.fixedAlarm },
    rateOfRise: { ...memory.rateOfRise },
    growthPrealarm: { ...memory.growthPrealarm },
    growthAlarm: { ...memory.growthAlarm },
    largeHeat: { ...memory.largeHeat },
  };
}
