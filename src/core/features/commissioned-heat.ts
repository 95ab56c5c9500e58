import type { BackgroundModel } from "./background-model.ts";
import type { CommissionedHeat } from "./feature-second.ts";
import { regionDefinition } from "./region-definition.ts";

/**
 * A pixel in sight that commissioning found so hot is told: from here on a region may be a fire by its temperature
 * (the limit of the fixed-temperature and rate-of-rise rules), and these rules take what was so hot from the beginning
 * for nothing new.
 */
export const commissionedHotCelsius = 105;

/** Where to look; maps have one byte a pixel and are read afresh each call. */
export interface CommissionedHeatOptions {
  readonly width: number;
  readonly background: BackgroundModel;
  /** 1 = masked or bad. */
  readonly ignored: Uint8Array;
  /** 1 = bad, masked or not. */
  readonly bad: Uint8Array;
}

/** Finds what commissioning took for usual although it was hot. */
export class CommissionedHeatFinder {
  readonly #options: CommissionedHeatOptions;
  #revision = -1;
  /** Pixels that commissioning found hot, good or not; found once for each state of the commissioned picture. */
  #hotPixels: readonly number[] = [];

  constructor(options: CommissionedHeatOptions) {
    this.#options = options;
  }

  /**
   * The hottest pixel that commissioning took for usual at 105 °C or more, or at 140 °C or more under a mask (a mask
   * says that heat below that is usual there), and how many there are; null without any and until commissioning is
   * complete.
   */
  find(): CommissionedHeat | null {
    const { background, width, ignored, bad } = this.#options;
    if (!background.complete) return null;
    if (background.revision !== this.#revision) this.#lookAgain();
    let place = -1;
    let pixels = 0;
    for (const p of this.#hotPixels) {
      const celsius = background.commissioned[p]!;
      // What is ignored and not bad is masked.
      if (ignored[p] !== 0 && (bad[p] !== 0 || celsius < regionDefinition.severeCelsius)) continue;
      pixels += 1;
      if (place < 0 || celsius > background.commissioned[place]!) place = p;
    }
    if (place < 0) return null;
    const celsius = background.commissioned[place]!;
    return { x: place % width, y: Math.floor(place / width), celsius, pixels };
  }

  #lookAgain(): void {
    const { commissioned, revision } = this.#options.background;
    const hot: number[] = [];
    for (let p = 0; p < commissioned.length; p += 1)
      if (commissioned[p]! >= commissionedHotCelsius) hot.push(p);
    this.#hotPixels = hot;
    this.#revision = revision;
  }
}
