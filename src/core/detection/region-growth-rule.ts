import type { Reason } from "../alarm/reason.ts";
import { hasRisen } from "./rise-proof.ts";
import { type Finding, inWords, known, place, type RegionRuleInput } from "./rule.ts";
import { all, reaches, sustain, type Verdict } from "./sustained.ts";

/**
 * A new hot region grows where it is: PREALARM from 80 °C, FIRE from 100 °C, sooner when it flickers as flames do or
 * CO2 rises. Once found it stands while the region is hot, because a fire that has stopped growing is still a fire.
 */
export function regionGrowthRule(input: RegionRuleInput): Finding {
  const { reading, memory, policy, co2Rises } = input;
  const limits = policy.regionGrowth;
  const confirmed = co2Rises || reading.flicker >= limits.flicker;
  const alarmSeconds = confirmed ? limits.confirmedSeconds : limits.alarmSeconds;
  const end = reaches(limits.prealarmCelsius - limits.hysteresisKelvin, reading.peakCelsius);
  sustain(memory.growthPrealarm, {
    begin: growsHot(input, { celsius: limits.prealarmCelsius, rate: limits.prealarmPixelsPerSecond }),
    end,
    seconds: limits.prealarmSeconds,
    gapSeconds: policy.gapSeconds,
  });
  sustain(memory.growthAlarm, {
    begin: growsHot(input, { celsius: limits.alarmCelsius, rate: limits.alarmPixelsPerSecond }),
    end,
    seconds: alarmSeconds,
    gapSeconds: policy.gapSeconds,
  });
  return {
    alarm: memory.growthAlarm.active ? reasonOf(input, limits.alarmPixelsPerSecond) : null,
    prealarm: memory.growthPrealarm.active ? reasonOf(input, limits.prealarmPixelsPerSecond) : null,
    progress: Math.min(1, memory.growthAlarm.seconds / alarmSeconds),
  };
}

function growsHot(
  { reading, memory, policy }: RegionRuleInput,
  limits: { readonly celsius: number; readonly rate: number },
): Verdict {
  return all(
    reaches(reading.areaPixelsPerSecond, limits.rate),
    hasRisen(memory.areasPixels, { value: reading.areaPixels, ratePerSecond: limits.rate }),
    reaches(reading.areaPixels, policy.regionGrowth.alarmPixels),
    reaches(reading.peakCelsius, limits.celsius),
    reading.fixed,
    reading.fresh,
  );
}

function reasonOf({ reading, memory, policy, co2Rises }: RegionRuleInput, limit: number): Reason {
  const { areaPixels, peakCelsius, areaPixelsPerSecond } = memory.known;
  const flickers = reading.flicker >= policy.regionGrowth.flicker ? " and flickers" : "";
  const gas = co2Rises ? " while CO2 rises" : "";
  return {
    code: "region-growth",
    text: `A hot region at ${place(reading.location)} has grown in place by more than ${inWords(limit)} pixel/s${flickers}${gas}; it covers ${inWords(areaPixels)} pixels, the hottest at ${inWords(peakCelsius)} °C.`,
    value: known(areaPixelsPerSecond, limit),
    limit,
    unit: "pixel/s",
    location: reading.location,
  };
}
