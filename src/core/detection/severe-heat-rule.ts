import type { Reason } from "../alarm/reason.ts";
import { type Finding, inWords, place, type RegionRuleInput } from "./rule.ts";
import { all, reaches, sustain, type Verdict } from "./sustained.ts";

/**
 * A new region of at least 4 pixels at 140 °C or more that stays or grows for 5 s: FIRE, whatever else is known. Here
 * doubt counts as danger: an absent displacement does not hold the rule, only a known one does. No mask hides it.
 */
export function severeHeatRule(input: RegionRuleInput): Finding {
  const { reading, memory, policy } = input;
  const where = input.place === "masked" ? "under a mask at" : "at";
  const { pixels, seconds } = policy.severeHeat;
  const begin = all(reaches(reading.newSeverePixels, pixels), doubtIsDanger(reading.fixed));
  sustain(memory.severeHeat, { begin, seconds, gapSeconds: policy.gapSeconds });
  // In a second it misses, the rule goes on but has nothing to show.
  const isShown = memory.severeHeat.active && begin === "yes";
  const reason: Reason | null = isShown
    ? {
        code: "severe-heat",
        text: `A new region ${where} ${place(reading.location)} has had pixels at 140 °C or more for ${inWords(seconds)} s, ${inWords(reading.newSeverePixels)} of them now.`,
        value: reading.newSeverePixels,
        limit: pixels,
        unit: "pixel",
        location: reading.location,
      }
    : null;
  return { alarm: reason, prealarm: null, progress: Math.min(1, memory.severeHeat.seconds / seconds) };
}

function doubtIsDanger(verdict: Verdict): Verdict {
  return verdict === "unknown" ? "yes" : verdict;
}
