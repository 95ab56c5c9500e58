import type { Reason } from "../alarm/reason.ts";
import type { ThermalFrame } from "../frames/thermal-frame.ts";
import { readingEndCelsius } from "./accepted-ceiling.ts";
import { rasterize } from "./outline.ts";
import { type HotZoneRegion, hotZoneCelsius } from "./picture-region.ts";

/** How far over its accepted ceilings a hot zone is severe heat, and for how long. */
export interface HotZonePolicy {
  readonly overKelvin: number;
  /** Hot pixels over the accepted area, as a share of it. */
  readonly overAreaShare: number;
  /** Pixels that must be over the ceiling: fewer are a spark. */
  readonly pixels: number;
  readonly seconds: number;
}

/** 30 K or half the area over the ceiling, for the pixels and seconds of severe heat elsewhere. */
export const defaultHotZonePolicy: HotZonePolicy = {
  overKelvin: 30,
  overAreaShare: 0.5,
  pixels: 4,
  seconds: 5,
};

/** Frames of one second that are looked at; a Lepton sends nine, and later ones of the second are left out. */
const framesPerSecondMax = 32;

/** A hot zone that is over its ceilings. */
export interface HotZoneFinding {
  readonly region: HotZoneRegion;
  readonly reason: Reason;
}

interface WatchedZone {
  readonly region: HotZoneRegion;
  /** Numbers of the zone's pixels. */
  readonly pixels: Int32Array;
  readonly overCounts: number[];
  readonly hotCounts: number[];
  /** From here on a pixel of the newest picture was over the ceiling. */
  overCelsius: number;
  seconds: number;
}

/**
 * Measures hot zones in the pictures themselves, so that no mask hides them. A zone that is over its ceilings for five
 * seconds in a row is severe heat. A second counts by the median of its frames; one without a valid frame neither advances
 * nor resets.
 */
export class HotZoneWatch {
  readonly #zones: readonly WatchedZone[];
  readonly #width: number;
  readonly #policy: HotZonePolicy;

  constructor(options: {
    readonly regions: readonly HotZoneRegion[];
    readonly width: number;
    readonly height: number;
    readonly policy: HotZonePolicy;
  }) {
    const { regions, width, policy } = options;
    this.#width = width;
    this.#policy = policy;
    this.#zones = regions.map((region) => {
      const map = rasterize(region.outline, options);
      const pixels = Int32Array.from([...map.keys()].filter((p) => map[p] === 1));
      return { region, pixels, overCounts: [], hotCounts: [], overCelsius: Number.NaN, seconds: 0 };
    });
  }

  /**
   * Takes in a valid picture; bad pixels (1 = bad) do not count. A pixel at the end of the gain's readings may be any
   * hotter, and counts as over the ceiling. A source that does not say its gain is taken to be in high gain.
   */
  addFrame({ pixels, telemetry }: ThermalFrame, bad: Uint8Array | null): void {
    const endCelsius = readingEndCelsius[telemetry?.effectiveGain ?? "high"];
    for (const zone of this.#zones) {
      if (zone.hotCounts.length >= framesPerSecondMax) continue;
      zone.overCelsius = Math.min(zone.region.accepted.peakCelsius + this.#policy.overKelvin, endCelsius);
      const over = toCentikelvin(zone.overCelsius);
      const hot = toCentikelvin(hotZoneCelsius);
      let overCount = 0;
      let hotCount = 0;
      for (const p of zone.pixels) {
        if (bad !== null && bad[p] !== 0) continue;
        if (pixels[p]! >= over) overCount += 1;
        if (pixels[p]! >= hot) hotCount += 1;
      }
      zone.overCounts.push(overCount);
      zone.hotCounts.push(hotCount);
    }
  }

  /** A second has closed; answers the zones that are severe heat, of those named as holding now. */
  closeSecond(holding: readonly HotZoneRegion[]): readonly HotZoneFinding[] {
    return this.#zones.flatMap((zone) => {
      const overPixels = takeMedian(zone.overCounts);
      const hotPixels = takeMedian(zone.hotCounts);
      if (!holding.includes(zone.region)) zone.seconds = 0;
      else if (overPixels !== null && hotPixels !== null)
        zone.seconds = this.#isOver(zone, { overPixels, hotPixels }) ? zone.seconds + 1 : 0;
      if (zone.seconds < this.#policy.seconds) return [];
      return [{ region: zone.region, reason: this.#reason(zone, { overPixels, hotPixels }) }];
    });
  }

  #isOver(zone: WatchedZone, now: { readonly overPixels: number; readonly hotPixels: number }): boolean {
    return now.overPixels >= this.#policy.pixels || now.hotPixels >= this.#areaLimit(zone);
  }

  /** A zone drawn without room to spare is over its area when all of it is hot. */
  #areaLimit({ region, pixels }: WatchedZone): number {
    const over = Math.floor(region.accepted.areaPixels * (1 + this.#policy.overAreaShare)) + 1;
    return Math.max(1, Math.min(over, pixels.length));
  }

  #reason(
    zone: WatchedZone,
    now: { readonly overPixels: number | null; readonly hotPixels: number | null },
  ): Reason {
    const { name, accepted } = zone.region;
    const isHotter = (now.overPixels ?? 0) >= this.#policy.pixels;
    const what = isHotter
      ? `${now.overPixels} pixels at ${zone.overCelsius} °C or more, and ${accepted.peakCelsius} °C are accepted`
      : `${now.hotPixels ?? "too many"} pixels at ${hotZoneCelsius} °C or more, and ${accepted.areaPixels} are accepted`;
    return {
      code: "severe-heat",
      text: `The hot zone "${name}" has had for ${this.#policy.seconds} s more heat than was accepted there: ${what}.`.slice(
        0,
        500,
      ),
      value: (isHotter ? now.overPixels : now.hotPixels) ?? 0,
      limit: isHotter ? this.#policy.pixels : this.#areaLimit(zone),
      unit: "pixel",
      location: this.#middle(zone),
    };
  }

  #middle({ pixels }: WatchedZone): { readonly x: number; readonly y: number } | null {
    if (pixels.length === 0) return null;
    const mean = (of: (p: number) => number): number =>
      Math.round(pixels.reduce((sum, p) => sum + of(p), 0) / pixels.length);
    return { x: mean((p) => p % this.#width), y: mean((p) => Math.floor(p / this.#width)) };
  }
}

function toCentikelvin(celsius: number): number {
  return 100 * (celsius + 273.15);
}

/** The middle one of a second's counts, which are forgotten; null when there were none. */
function takeMedian(counts: number[]): number | null {
  const sorted = counts.toSorted((a, b) => a - b);
  counts.length = 0;
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
