import type { Reason } from "../alarm/reason.ts";
import { type Finding, inWords, known, place, type RegionRuleInput } from "./rule.ts";
import { all, reaches, sustain } from "./sustained.ts";

/**
 * Something large and new that stays where it is and is hot all over, though less than a fixed temperature asks for: a
 * wall with a fire behind it, a store that heats itself. PREALARM; it stands while it is hot.
 */
export function largeHeatRule({ reading, memory, policy }: RegionRuleInput): Finding {
  const { celsius, pixels, meanExcessKelvin, seconds, hysteresisKelvin } = policy.largeHeat;
  sustain(memory.largeHeat, {
    begin: all(
      reaches(reading.peakCelsius, celsius),
      reaches(reading.areaPixels, pixels),
      reaches(reading.meanExcessKelvin, meanExcessKelvin),
      reading.fixed,
      reading.fresh,
    ),
    end: reaches(celsius - hysteresisKelvin, reading.peakCelsius),
    seconds,
    gapSeconds: policy.gapSeconds,
  });
  const { areaPixels, peakCelsius } = memory.known;
  const reason: Reason | null = memory.largeHeat.active
    ? {
        code: "large-heat",
        text: `Something large and new is hot at ${place(reading.location)}: ${inWords(areaPixels)} pixels, the hottest at ${inWords(peakCelsius)} °C, for more than ${inWords(seconds)} s.`,
        value: known(areaPixels, pixels),
        limit: pixels,
        unit: "pixel",
        location: reading.location,
      }
    : null;
  return { alarm: null, prealarm: reason, progress: 0 };
}
