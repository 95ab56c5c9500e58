import type { Reason } from "../alarm/reason.ts";
import { type Finding, inWords, known, place, type RegionRuleInput } from "./rule.ts";
import { all, reaches, sustain, type Verdict } from "./sustained.ts";

/**
 * A new hot thing that stays where it is: PREALARM, and FIRE when it is hotter and larger. While CO2 rises, the
 * prealarm's limits are enough for FIRE and times are halved: heat and gas together are two witnesses.
 */
export function fixedTemperatureRule(input: RegionRuleInput): Finding {
  const { memory, policy, co2Rises } = input;
  const limits = policy.fixedTemperature;
  const factor = co2Rises ? policy.co2.confidenceTimeFactor : 1;
  const alarmCelsius = co2Rises ? limits.prealarmCelsius : limits.alarmCelsius;
  const alarmPixels = co2Rises ? limits.prealarmPixels : limits.alarmPixels;
  const alarmSeconds = limits.alarmSeconds * factor;
  sustain(memory.fixedPrealarm, {
    begin: isFixedAndHot(input, { celsius: limits.prealarmCelsius, pixels: limits.prealarmPixels }),
    end: hasCooled(input, limits.prealarmCelsius),
    seconds: limits.prealarmSeconds * factor,
    gapSeconds: policy.gapSeconds,
  });
  sustain(memory.fixedAlarm, {
    begin: isFixedAndHot(input, { celsius: alarmCelsius, pixels: alarmPixels }),
    end: hasCooled(input, limits.prealarmCelsius),
    seconds: alarmSeconds,
    gapSeconds: policy.gapSeconds,
  });
  return {
    alarm: memory.fixedAlarm.active ? reasonOf(input, alarmCelsius) : null,
    prealarm: memory.fixedPrealarm.active ? reasonOf(input, limits.prealarmCelsius) : null,
    progress: Math.min(1, memory.fixedAlarm.seconds / alarmSeconds),
  };
}

function reasonOf({ reading, memory, co2Rises }: RegionRuleInput, limitCelsius: number): Reason {
  const { peakCelsius } = memory.known;
  const gas = co2Rises ? " while CO2 rises" : "";
  return {
    code: "fixed-temperature",
    text: `A new hot region stays at ${place(reading.location)}: its hottest pixel reads ${inWords(peakCelsius)} °C, the limit is ${inWords(limitCelsius)} °C${gas}.`,
    value: known(peakCelsius, limitCelsius),
    limit: limitCelsius,
    unit: "°C",
    location: reading.location,
  };
}

function isFixedAndHot(
  { reading }: RegionRuleInput,
  limits: { readonly celsius: number; readonly pixels: number },
): Verdict {
  return all(
    reaches(reading.peakCelsius, limits.celsius),
    reaches(reading.areaPixels, limits.pixels),
    reading.fixed,
    reading.fresh,
  );
}

function hasCooled({ reading, policy }: RegionRuleInput, limitCelsius: number): Verdict {
  return reaches(limitCelsius - policy.fixedTemperature.hysteresisKelvin, reading.peakCelsius);
}
