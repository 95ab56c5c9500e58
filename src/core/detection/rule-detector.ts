import type { Evidence } from "../alarm/evidence.ts";
import type { Reason } from "../alarm/reason.ts";
import type { FeatureSecond, RegionObservation } from "../features/feature-second.ts";
import { policyAt } from "../regions/own-thresholds.ts";
import type { ThresholdRegion } from "../regions/picture-region.ts";
import { Co2Rules } from "./co2-rules.ts";
import type { DetectionPolicy } from "./detection-policy.ts";
import { fixedTemperatureRule } from "./fixed-temperature-rule.ts";
import { largeHeatRule } from "./large-heat-rule.ts";
import { rateOfRiseRule } from "./rate-of-rise-rule.ts";
import { regionGrowthRule } from "./region-growth-rule.ts";
import { readRegion, updateKnown } from "./region-reading.ts";
import { remember } from "./rise-proof.ts";
import type { Finding, RegionRuleInput } from "./rule.ts";
import { severeHeatRule } from "./severe-heat-rule.ts";
import { TrackMemories } from "./track-memory.ts";

/** Room temperature for the nearness: at or below it a region is not near to anything. */
const warmCelsius = 30;

type RegionRule = (input: RegionRuleInput) => Finding;

const rulesInSight: readonly RegionRule[] = [
  severeHeatRule,
  rateOfRiseRule,
  regionGrowthRule,
  fixedTemperatureRule,
  largeHeatRule,
];

/** A mask says that heat belongs there; no mask hides severe heat. */
const rulesUnderMask: readonly RegionRule[] = [severeHeatRule];

/**
 * The detector that needs no model: fixed temperature, rate of rise, growth of any tracked region, severe heat (under
 * masks too), and CO2. Every region that is followed is judged, so that a crowd hides no fire. It stays for ever beside any model and can alarm alone. Seconds without a valid picture change nothing in it.
 */
export class RuleDetector {
  readonly #policy: DetectionPolicy;
  readonly #co2: Co2Rules;
  readonly #memories = new TrackMemories();
  readonly #maskedMemories = new TrackMemories();
  #heldNearness = 0;
  #thresholdRegions: readonly ThresholdRegion[] = [];

  constructor(policy: DetectionPolicy) {
    this.#policy = policy;
    this.#co2 = new Co2Rules(policy.co2);
  }

  /** Takes over what the rules had found before a restart, so that a cause that persists need not prove itself again. */
  restore(found: { readonly alarm: readonly Reason[]; readonly prealarm: readonly Reason[] }): void {
    this.#memories.restore(found);
    this.#maskedMemories.restore(found);
  }

  /** Parts of the picture that have limits of their own from now on. */
  setThresholdRegions(regions: readonly ThresholdRegion[]): void {
    this.#thresholdRegions = regions;
  }

  /** What the rules say about one second; seconds are given in order, each once. */
  evaluate(second: FeatureSecond): Evidence {
    const gas = this.#co2.evaluate(second.air);
    const thermalPresent = second.vector !== null;
    const findings = second.validFrames === 0 ? [] : this.#lookAtRegions(second, gas.rises);
    const alarm = findings.flatMap((finding) => finding.alarm ?? []);
    const prealarm = [...findings.flatMap((finding) => finding.prealarm ?? []), ...gas.prealarm];
    if (thermalPresent) this.#heldNearness = this.#nearness(second, findings);
    return {
      atMicros: second.atMicros,
      thermalPresent,
      airPresent: !Number.isNaN(second.air.co2Ppm),
      alarm,
      prealarm,
      supervisory: gas.supervisory,
      gasHazard: gas.gasHazard,
      severeHeat: alarm.some((reason) => reason.code === "severe-heat"),
      nearness: alarm.length > 0 ? 1 : Math.max(this.#heldNearness, prealarm.length > 0 ? 0.5 : 0),
    };
  }

  #lookAtRegions(second: FeatureSecond, co2Rises: boolean): readonly Finding[] {
    const inSight = this.#memories.recall(second.tracked);
    const masked = this.#maskedMemories.recall(second.severeMasked);
    return [
      ...second.tracked.flatMap((region, index) =>
        this.#lookAt(region, { memory: inSight[index]!, co2Rises, place: "in-sight" }),
      ),
      ...second.severeMasked.flatMap((region, index) =>
        this.#lookAt(region, { memory: masked[index]!, co2Rises, place: "masked" }),
      ),
    ];
  }

  #lookAt(
    region: RegionObservation,
    known: Pick<RegionRuleInput, "memory" | "co2Rises" | "place">,
  ): readonly Finding[] {
    const { memory } = known;
    const policy = policyAt(this.#policy, region, this.#thresholdRegions);
    const reading = readRegion(region, policy);
    memory.known = updateKnown(memory.known, reading);
    const rules = known.place === "masked" ? rulesUnderMask : rulesInSight;
    const findings = rules.map((rule) => rule({ ...known, reading, policy }));
    remember(memory.peaksCelsius, reading.peakCelsius);
    remember(memory.areasPixels, reading.areaPixels);
    return findings;
  }

  /** Up to 0.4 for a hot pixel in a region, from there to 0.99 for the time a rule has run towards its alarm. */
  #nearness(second: FeatureSecond, findings: readonly Finding[]): number {
    const hottest = Math.max(
      warmCelsius,
      ...second.tracked.map((region) => readRegion(region, this.#policy).peakCelsius).filter(Number.isFinite),
    );
    const limit = this.#policy.fixedTemperature.prealarmCelsius;
    const heat = 0.4 * Math.min(1, (hottest - warmCelsius) / (limit - warmCelsius));
    const progress = Math.max(0, ...findings.map((finding) => finding.progress));
    return Math.min(0.99, progress > 0 ? Math.max(heat, 0.4 + 0.59 * progress) : heat);
  }
}
