import type { BackgroundModel } from "./background-model.ts";
import type { RegionObservation } from "./feature-second.ts";
import { FlickerFilter } from "./region-flicker.ts";
import { RegionSegmenter } from "./region-segmenter.ts";
import type { RegionShape } from "./region-shape.ts";
import { RegionTrackTable } from "./region-track-table.ts";
import type { TrackIds } from "./track-ids.ts";

/** Where to look for severe heat under masks; maps have one byte a pixel. */
export interface MaskedSevereHeatOptions {
  readonly width: number;
  readonly height: number;
  /** 1 = masked by the operator. */
  readonly mask: Uint8Array;
  /** 1 = bad, and not counted for severe heat. Read afresh each call; its owner may change it. */
  readonly bad: Uint8Array;
  readonly background: BackgroundModel;
  readonly trackIds: TrackIds;
}

/**
 * Follows regions of severe heat that lie under the operator's masks, wholly or in part. They consist of pixels at
 * 140 °C or more only, good ones, whether masked or not: a fire at the edge of a mask is one fire. Regions wholly outside
 * the masks are left to the region tracker.
 */
export class MaskedSevereHeat {
  readonly #options: MaskedSevereHeatOptions;
  readonly #segmenter: RegionSegmenter;
  readonly #table: RegionTrackTable;
  /** 1 = not looked at: bad, or of a region outside the masks. */
  readonly #ignored: Uint8Array;
  // Frames are not looked at, so that flicker stays absent.
  readonly #flickerFilter = new FlickerFilter();

  constructor(options: MaskedSevereHeatOptions) {
    this.#options = options;
    this.#segmenter = new RegionSegmenter(options);
    this.#table = new RegionTrackTable(options, options.trackIds);
    this.#ignored = new Uint8Array(options.width * options.height);
  }

  /** A valid second and its median picture in °C; answers the regions seen in it, the greatest excess heat first. */
  closeSecond(atMicros: number, medianCelsius: Float32Array): readonly RegionObservation[] {
    const shapes = this.#segment(medianCelsius);
    const table = this.#table;
    if (shapes.length === 0 && !table.tracks.some((track) => track.active)) return [];
    const seen = table.follow({ atMicros, shapes, segmenter: this.#segmenter, ignored: this.#ignored });
    const { background, commissioned } = this.#options.background;
    const context = {
      background,
      commissioned,
      width: this.#options.width,
      flickerFilter: this.#flickerFilter,
    };
    return seen.toSorted((a, b) => b.shape!.excess - a.shape!.excess).map((track) => track.observe(context));
  }

  /** After an FFC: temperatures remembered move by its step. */
  shiftHistory(deltaKelvin: number): void {
    for (const track of this.#table.tracks) track.shift(deltaKelvin);
  }

  /** Ends all tracks. */
  clear(): void {
    this.#table.clear();
  }

  #segment(medianCelsius: Float32Array): readonly RegionShape[] {
    this.#ignored.set(this.#options.bad);
    const shapes = this.#findSevere(medianCelsius);
    if (shapes.length === 0 || !this.#ignoreUnmasked(shapes.length)) return shapes;
    return this.#findSevere(medianCelsius);
  }

  #findSevere(medianCelsius: Float32Array): readonly RegionShape[] {
    const { background, commissioned } = this.#options.background;
    return this.#segmenter.segment({
      hot: "severe",
      median: medianCelsius,
      max: medianCelsius,
      background,
      commissioned,
      ignored: this.#ignored,
    });
  }

  /** Marks the regions that touch no masked pixel as not looked at; answers whether there were any. */
  #ignoreUnmasked(regions: number): boolean {
    const { mask } = this.#options;
    const masked = new Uint8Array(regions);
    this.#segmenter.eachRun((region, { from, to }) => {
      for (let p = from; p < to; p += 1) if (mask[p] !== 0) masked[region] = 1;
    });
    if (!masked.includes(0)) return false;
    this.#segmenter.eachRun((region, { from, to }) => {
      if (masked[region] === 0) this.#ignored.fill(1, from, to);
    });
    return true;
  }
}
