import type { Reason } from "../alarm/reason.ts";
import { hasRisen } from "./rise-proof.ts";
import { type Finding, inWords, known, place, type RegionRuleInput } from "./rule.ts";
import { all, reaches, sustain } from "./sustained.ts";

/**
 * The hottest pixel of a new, fixed region is past 105 °C and still rises fast: FIRE. Once found it stands while the
 * region is hot, because a fire that has stopped rising is still a fire.
 */
export function rateOfRiseRule({ reading, memory, policy }: RegionRuleInput): Finding {
  const { kelvinPerSecond, celsius, pixels, seconds, hysteresisKelvin } = policy.rateOfRise;
  const begin = all(
    reaches(reading.peakKelvinPerSecond, kelvinPerSecond),
    hasRisen(memory.peaksCelsius, { value: reading.peakCelsius, ratePerSecond: kelvinPerSecond }),
    reaches(reading.peakCelsius, celsius),
    reaches(reading.areaPixels, pixels),
    reading.fixed,
    reading.fresh,
  );
  sustain(memory.rateOfRise, {
    begin,
    end: reaches(celsius - hysteresisKelvin, reading.peakCelsius),
    seconds,
    gapSeconds: policy.gapSeconds,
  });
  const reason: Reason | null = memory.rateOfRise.active
    ? {
        code: "rate-of-rise",
        text: `The hot region at ${place(reading.location)} heated up faster than ${inWords(kelvinPerSecond)} K/s for ${inWords(seconds)} s; its hottest pixel now reads ${inWords(memory.known.peakCelsius)} °C.`,
        value: known(memory.known.peakKelvinPerSecond, kelvinPerSecond),
        limit: kelvinPerSecond,
        unit: "K/s",
        location: reading.location,
      }
    : null;
  return { alarm: reason, prealarm: null, progress: Math.min(1, memory.rateOfRise.seconds / seconds) };
}
