import type { GainMode } from "#core/frames/frame-telemetry.ts";
import { celsiusToRadiance, radianceToCelsius, zeroCelsiusKelvin } from "../scene/band-radiance.ts";
import type { CountSteps } from "./camera-loops.ts";

/** The detector counts radiance with 14 bits (Lepton engineering data sheet). */
export const detectorCounts = 2 ** 14;
/**
 * One count, measured on a real Lepton 3.5 clip at 22 °C: neighbouring values of TLinear are 0.02 or 0.03 K apart, in
 * the mean so much.
 */
const countKelvin = 0.0218;
const countedAtCelsius = 22;
/** In low gain a count is four times as much. Assumed: low gain reaches to about four times the radiance. */
const lowGainFactor = 4;
/**
 * Where counting begins. Assumed: well below the range that the data sheet promises. It ends at about 192 °C then, a
 * little above the ceiling that users report, and in low gain at about 505 °C.
 */
const zeroCelsius = -60;

const centikelvinPerKelvin = 100;
const zeroRadiance = celsiusToRadiance(zeroCelsius);
const radiancePerCount =
  countKelvin * (celsiusToRadiance(countedAtCelsius + 0.5) - celsiusToRadiance(countedAtCelsius - 0.5));

/** Apparent temperature of each count in hundredths of a kelvin; what the module's TLinear makes of it. */
function tableOf(perCount: number): Float32Array {
  return Float32Array.from(
    { length: detectorCounts },
    (_, count) =>
      centikelvinPerKelvin * (radianceToCelsius(zeroRadiance + count * perCount) + zeroCelsiusKelvin),
  );
}

const scales: Readonly<Record<GainMode, { readonly perCount: number; readonly centikelvin: Float32Array }>> =
  {
    high: { perCount: radiancePerCount, centikelvin: tableOf(radiancePerCount) },
    low: {
      perCount: lowGainFactor * radiancePerCount,
      centikelvin: tableOf(lowGainFactor * radiancePerCount),
    },
  };

/**
 * How a detector in this gain counts radiance; writes each count's apparent temperature in hundredths of a kelvin,
 * `biasCentikelvin` more, into `readings`.
 */
export function writeReadings(
  readings: Float32Array,
  unit: { readonly gain: GainMode; readonly biasCentikelvin: number },
): CountSteps {
  const { perCount, centikelvin } = scales[unit.gain];
  for (let count = 0; count < detectorCounts; count += 1)
    readings[count] = centikelvin[count]! + unit.biasCentikelvin;
  return { zeroRadiance, countsPerRadiance: 1 / perCount };
}
