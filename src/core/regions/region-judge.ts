import type { DisabledRegion } from "../alarm/disabled-region.ts";
import type { Evidence } from "../alarm/evidence.ts";
import type { FeatureSecond } from "../features/feature-second.ts";
import type { ThermalFrame } from "../frames/thermal-frame.ts";
import type { LocalTime } from "../weekly-schedule.ts";
import { defaultHotZonePolicy, type HotZoneFinding, HotZoneWatch } from "./hot-zone-watch.ts";
import { keepBack } from "./keep-back.ts";
import {
  checkPictureRegions,
  type PictureRegion,
  regionsAt,
  regionsOfKind,
  type ThresholdRegion,
} from "./picture-region.ts";
import { maskOf } from "./region-masks.ts";

/** How a RegionJudge is made. */
export interface RegionJudgeOptions {
  readonly width: number;
  readonly height: number;
  /** A mask that was drawn by other means, and always holds; null without one. */
  readonly mask: Uint8Array | null;
  readonly regions: readonly PictureRegion[];
}

/**
 * What the regions that somebody has drawn do to a device's detection: which masks hold now, which limits, and what hot
 * zones accept or find. Throws what `checkPictureRegions` throws.
 */
export class RegionJudge {
  readonly #options: RegionJudgeOptions;
  readonly #hotZones: HotZoneWatch;
  #local: LocalTime = { utcOffsetMinutes: 0 };
  #holding: readonly PictureRegion[];
  #mask: Uint8Array | null;

  constructor(options: RegionJudgeOptions) {
    checkPictureRegions(options.regions, options);
    this.#options = options;
    const { regions, width, height, mask } = options;
    const hotZones = regionsOfKind(regions, "hot-zone");
    this.#hotZones = new HotZoneWatch({ regions: hotZones, width, height, policy: defaultHotZonePolicy });
    // Until the time is known only what always holds does: a mask too few is the safe side.
    this.#holding = regions.filter(({ schedule }) => schedule === null);
    this.#mask = maskOf(this.#holding, options, mask);
  }

  /** All regions that somebody has drawn, whether they hold now or not. */
  get regions(): readonly PictureRegion[] {
    return this.#options.regions;
  }

  /** How far local time is ahead of UTC from now on. */
  setLocalTime(local: LocalTime): void {
    this.#local = local;
  }

  /** See `setLocalTime`. */
  get localTime(): LocalTime {
    return this.#local;
  }

  /** The mask that holds, one byte a pixel, 1 = masked; null without one. */
  get mask(): Uint8Array | null {
    return this.#mask;
  }

  /** The regions with limits of their own that hold. */
  get thresholds(): readonly ThresholdRegion[] {
    return regionsOfKind(this.#holding, "thresholds");
  }

  /** Time went by; answers what has begun or ended to hold: masks, other regions only, or nothing. */
  tick(atMicros: number): "masks" | "regions" | "nothing" {
    const { regions, mask } = this.#options;
    const holding = regionsAt(regions, atMicros, this.#local);
    const before = this.#holding;
    if (holding.length === before.length && holding.every((region, k) => region === before[k]))
      return "nothing";
    this.#holding = holding;
    const masks = regionsOfKind(holding, "mask");
    const masksBefore = regionsOfKind(before, "mask");
    if (masks.length === masksBefore.length && masks.every((region, k) => region === masksBefore[k]))
      return "regions";
    this.#mask = maskOf(holding, this.#options, mask);
    return "masks";
  }

  /** Takes in a valid picture; bad pixels (1 = bad) do not count. */
  addFrame(frame: ThermalFrame, bad: Uint8Array | null): void {
    this.#hotZones.addFrame(frame, bad);
  }

  /** The evidence of a second as the regions have it. A hot zone is disabled by its own name. */
  judge(evidence: Evidence, second: FeatureSecond, disabled: readonly DisabledRegion[]): Evidence {
    const hotZones = regionsOfKind(this.#holding, "hot-zone");
    const judged = keepBack(evidence, second, { hotZones, disabled });
    const found = this.#hotZones.closeSecond(hotZones);
    if (found.length === 0) return judged;
    const disabledNames = new Set(disabled.map(({ name }) => name));
    const isDisabled = ({ region }: HotZoneFinding): boolean => disabledNames.has(region.name);
    const raised = found.filter((finding) => !isDisabled(finding)).map(({ reason }) => reason);
    const withheld = found.filter(isDisabled).map(({ reason }) => reason);
    return {
      ...judged,
      alarm: [...judged.alarm, ...raised],
      withheld: {
        alarm: [...(judged.withheld?.alarm ?? []), ...withheld],
        prealarm: judged.withheld?.prealarm ?? [],
      },
      severeHeat: judged.severeHeat || raised.length > 0,
      nearness: raised.length > 0 ? 1 : judged.nearness,
    };
  }
}
