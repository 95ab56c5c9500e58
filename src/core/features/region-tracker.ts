import { assert } from "../failure.ts";
import { BackgroundModel } from "./background-model.ts";
import type { RegionObservation } from "./feature-second.ts";
import { regionDefinition } from "./region-definition.ts";
import { FlickerFilter } from "./region-flicker.ts";
import { RegionSegmenter } from "./region-segmenter.ts";
import { selectRegions } from "./region-selection.ts";
import type { RegionTrack } from "./region-track.ts";
import { RegionTrackTable } from "./region-track-table.ts";
import { TrackIds } from "./track-ids.ts";

/** The learnt background, saved because a restart that learnt it afresh might learn a fire. */
export interface BackgroundSnapshot {
  readonly width: number;
  readonly height: number;
  /** Background of each pixel, °C. */
  readonly background: Float32Array;
  /** What commissioning found at each pixel, °C. */
  readonly commissioned: Float32Array;
}

/** How a RegionTracker is made. */
export interface RegionTrackerOptions {
  readonly width: number;
  readonly height: number;
  /** One byte a pixel, 1 = masked or bad: never part of a region. Read afresh each call; its owner may change it. */
  readonly ignored: Uint8Array;
  readonly background: BackgroundSnapshot | null;
  /** Number of the first new track, 1 where left out: of the tracker before this one, so that no number comes twice. */
  readonly nextTrackId?: number;
}

/** The regions of one second. */
export interface RegionsOfSecond {
  /** Up to four: two by excess heat, two more by its growth over 30 s. */
  readonly reported: readonly RegionObservation[];
  /** All that are followed and were seen, up to sixteen; the reported ones (the same objects) first. */
  readonly tracked: readonly RegionObservation[];
}

/**
 * Finds hot regions against a learnt background, follows up to sixteen of them from second to second, and reports up to
 * four: two by excess heat, two more by its growth over 30 s. Definitions: docs/guides/features-regions.md.
 */
export class RegionTracker {
  readonly #width: number;
  readonly #pixels: number;
  readonly #ignored: Uint8Array;
  readonly #background: BackgroundModel;
  readonly #segmenter: RegionSegmenter;
  readonly #trackIds: TrackIds;
  readonly #table: RegionTrackTable;
  readonly #flickerFilter = new FlickerFilter();
  #lastAtMicros = Number.NEGATIVE_INFINITY;

  /** Throws a Failure `background-size` when the saved background is of another picture size. */
  constructor(options: RegionTrackerOptions) {
    this.#width = options.width;
    this.#pixels = options.width * options.height;
    assert(options.ignored.length === this.#pixels, "the map of ignored pixels covers the picture");
    this.#ignored = options.ignored;
    this.#background = new BackgroundModel(options, options.background);
    this.#segmenter = new RegionSegmenter(options);
    this.#trackIds = new TrackIds(options.nextTrackId ?? 1);
    this.#table = new RegionTrackTable(options, this.#trackIds);
  }

  /**
   * A valid frame in °C, bad pixels already replaced: of each region and its surroundings the number of pixels 8 K or
   * more above background, and their mean excess (0 without any), for the flicker. Allocates nothing.
   */
  addFrame(input: { readonly atMicros: number; readonly celsius: Float32Array }): void {
    const { atMicros, celsius } = input;
    const background = this.#background.background;
    const { pixels, ends } = this.#table.surroundings;
    const { hotExcessKelvin } = regionDefinition;
    const { tracks } = this.#table;
    let at = 0;
    for (let slot = 0; slot < tracks.length; slot += 1) {
      const end = ends[slot]!;
      let area = 0;
      let sum = 0;
      for (; at < end; at += 1) {
        const p = pixels[at]!;
        const excess = celsius[p]! - background[p]!;
        if (excess >= hotExcessKelvin) {
          area += 1;
          sum += excess;
        }
      }
      const track = tracks[slot]!;
      if (track.active) track.addFrame(atMicros, area === 0 ? 0 : sum / area, area);
    }
  }

  /**
   * A valid second, closed at `atMicros`: its median and its maximum picture in °C, bad pixels already replaced.
   * Answers its regions. Seconds come in order of time; after a step back all tracks end,
   * because their histories no longer mean anything.
   */
  closeSecond(input: {
    readonly atMicros: number;
    readonly medianCelsius: Float32Array;
    readonly maxCelsius: Float32Array;
  }): RegionsOfSecond {
    const { atMicros, medianCelsius, maxCelsius } = input;
    assert(
      medianCelsius.length === this.#pixels && maxCelsius.length === this.#pixels,
      "the second's pictures have the tracker's size",
    );
    if (atMicros <= this.#lastAtMicros) this.#table.clear();
    this.#lastAtMicros = atMicros;
    this.#background.commission(medianCelsius);
    const shapes = this.#segmenter.segment({
      median: medianCelsius,
      max: maxCelsius,
      background: this.#background.background,
      commissioned: this.#background.commissioned,
      ignored: this.#ignored,
    });
    const seen = this.#table.follow({ atMicros, shapes, segmenter: this.#segmenter, ignored: this.#ignored });
    const regions = this.#report(atMicros, seen);
    this.#background.follow(atMicros, medianCelsius);
    return regions;
  }

  /** After an FFC: background and thermal histories move by the change of the frame median, so its step is no heat. */
  shiftHistory(deltaKelvin: number): void {
    this.#background.shift(deltaKelvin);
    for (const track of this.#table.tracks) track.shift(deltaKelvin);
  }

  /** The number the next new track will get. */
  get nextTrackId(): number {
    return this.#trackIds.next;
  }

  /** The background to save; null until commissioning is complete. */
  snapshot(): BackgroundSnapshot | null {
    return this.#background.snapshot();
  }

  #report(atMicros: number, seen: readonly RegionTrack[]): RegionsOfSecond {
    const context = {
      background: this.#background.background,
      commissioned: this.#background.commissioned,
      width: this.#width,
      flickerFilter: this.#flickerFilter,
    };
    const ranked = seen.map((track) => {
      const { excess, newSeverePixels } = track.shape!;
      const growth = track.growth(atMicros, excess);
      return { excess, newSeverePixels, growth, observation: track.observe(context) };
    });
    const { reportedByExcess, reportedByGrowth } = regionDefinition;
    const chosen = selectRegions(ranked, { byExcess: reportedByExcess, byGrowth: reportedByGrowth });
    const others = ranked.filter((region) => !chosen.includes(region));
    const reported = chosen.map((region) => region.observation);
    return { reported, tracked: [...reported, ...others.map((region) => region.observation)] };
  }
}
