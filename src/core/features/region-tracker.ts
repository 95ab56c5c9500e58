import { assert } from "../failure.ts";
import { BackgroundModel } from "./background-model.ts";
import { celsiusOfCentikelvin } from "./centikelvin.ts";
import { CommissionedHeatFinder } from "./commissioned-heat.ts";
import type { CommissionedHeat, RegionObservation } from "./feature-second.ts";
import { MaskedSevereHeat } from "./masked-severe-heat.ts";
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
  /** One byte a pixel, 1 = masked by the operator: looked at for severe heat only. Null or left out without masks. */
  readonly masked?: Uint8Array | null;
  /** One byte a pixel, 1 = bad, masked or not; none where left out. Read afresh each call. */
  readonly bad?: Uint8Array;
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
  /** Severe heat under masks, up to sixteen regions: see `FeatureSecond`. */
  readonly severeMasked: readonly RegionObservation[];
  /** Heat that commissioning took for usual; null without any and until commissioning is complete. */
  readonly commissionedHot: CommissionedHeat | null;
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
  /** Null without masks. */
  readonly #maskedHeat: MaskedSevereHeat | null;
  readonly #commissionedHeat: CommissionedHeatFinder;
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
    const { width, height, ignored, masked: mask = null, bad = new Uint8Array(this.#pixels) } = options;
    const background = this.#background;
    this.#maskedHeat =
      mask === null
        ? null
        : new MaskedSevereHeat({ width, height, mask, bad, background, trackIds: this.#trackIds });
    this.#commissionedHeat = new CommissionedHeatFinder({ width, background, ignored, bad });
  }

  /**
   * A valid frame in centikelvin, bad pixels already replaced: of each region and its surroundings the number of pixels 8 K or
   * more above background, and their mean excess (0 without any), for the flicker. Allocates nothing.
   */
  addFrame(input: { readonly atMicros: number; readonly centikelvin: Uint16Array }): void {
    const { atMicros, centikelvin } = input;
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
        const excess = celsiusOfCentikelvin(centikelvin[p]!) - background[p]!;
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
    if (atMicros <= this.#lastAtMicros) this.#endTracks();
    this.#lastAtMicros = atMicros;
    this.#background.commission(medianCelsius);
    const shapes = this.#segmenter.segment({
      hot: "above-background",
      median: medianCelsius,
      max: maxCelsius,
      background: this.#background.background,
      commissioned: this.#background.commissioned,
      ignored: this.#ignored,
    });
    const seen = this.#table.follow({ atMicros, shapes, segmenter: this.#segmenter, ignored: this.#ignored });
    const regions = this.#report(atMicros, seen);
    const severeMasked = this.#maskedHeat?.closeSecond(atMicros, medianCelsius) ?? [];
    this.#background.follow(atMicros, medianCelsius);
    return { ...regions, severeMasked, commissionedHot: this.#commissionedHeat.find() };
  }

  /** After an FFC: background and thermal histories move by its step, so that it is no heat. */
  shiftHistory(deltaKelvin: number): void {
    this.#background.shift(deltaKelvin);
    for (const track of this.#table.tracks) track.shift(deltaKelvin);
    this.#maskedHeat?.shiftHistory(deltaKelvin);
  }

  /** The number the next new track will get. */
  get nextTrackId(): number {
    return this.#trackIds.next;
  }

  /** The background to save; null until commissioning is complete. */
  snapshot(): BackgroundSnapshot | null {
    return this.#background.snapshot();
  }

  #endTracks(): void {
    this.#table.clear();
    this.#maskedHeat?.clear();
  }

  #report(atMicros: number, seen: readonly RegionTrack[]): Pick<RegionsOfSecond, "reported" | "tracked"> {
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
