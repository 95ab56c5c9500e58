import type { Evidence } from "../alarm/evidence.ts";
import type { FeatureSecond } from "../features/feature-second.ts";
import { Co2Rules } from "./co2-rules.ts";
import type { DetectionPolicy } from "./detection-policy.ts";
import { fixedTemperatureRule } from "./fixed-temperature-rule.ts";
import { rateOfRiseRule } from "./rate-of-rise-rule.ts";
import { regionGrowthRule } from "./region-growth-rule.ts";
import { type RegionReading, readRegion } from "./region-reading.ts";
import { remember } from "./rise-proof.ts";
import type { Finding } from "./rule.ts";
import { severeHeatRule } from "./severe-heat-rule.ts";
import { TrackMemories } from "./track-memory.ts";

/** Room temperature for the nearness: at or below it a region is not near to anything. */
const warmCelsius = 30;

const regionRules = [severeHeatRule, rateOfRiseRule, regionGrowthRule, fixedTemperatureRule];

/**
 * The detector that needs no model: fixed temperature, rate of rise, growth of any tracked region, severe heat, and
 * CO2. It stays for ever beside any model and can alarm alone. Seconds without a valid picture change nothing in it.
 */
export class RuleDetector {
  readonly #policy: DetectionPolicy;
  readonly #co2: Co2Rules;
  readonly #memories = new TrackMemories();
  #heldNearness = 0;

  constructor(policy: DetectionPolicy) {
    this.#policy = policy;
    this.#co2 = new Co2Rules(policy.co2);
  }

  /** What the rules say about one second; seconds are given in order, each once. */
  evaluate(second: FeatureSecond): Evidence {
    const gas = this.#co2.evaluate(second.air);
    const thermalPresent = second.vector !== null;
    const findings = thermalPresent ? this.#lookAtRegions(second, gas.rises) : [];
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
    const memories = this.#memories.recall(second.regions);
    return second.regions.flatMap((region, index) => {
      const reading: RegionReading = readRegion(region, this.#policy);
      const memory = memories[index]!;
      const input = { reading, memory, policy: this.#policy, co2Rises };
      const findings = regionRules.map((rule) => rule(input));
      remember(memory.peaksCelsius, reading.peakCelsius);
      remember(memory.areasPixels, reading.areaPixels);
      return findings;
    });
  }

  /** Up to 0.4 for a hot pixel in a region, from there to 0.99 for the time a rule has run towards its alarm. */
  #nearness(second: FeatureSecond, findings: readonly Finding[]): number {
    const hottest = Math.max(
      warmCelsius,
      ...second.regions.map((region) => readRegion(region, this.#policy).peakCelsius).filter(Number.isFinite),
    );
    const limit = this.#policy.fixedTemperature.prealarmCelsius;
    const heat = 0.4 * Math.min(1, (hottest - warmCelsius) / (limit - warmCelsius));
    const progress = Math.max(0, ...findings.map((finding) => finding.progress));
    return Math.min(0.99, progress > 0 ? Math.max(heat, 0.4 + 0.59 * progress) : heat);
  }
}
