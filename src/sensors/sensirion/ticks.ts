const wordMax = 65_535;
const temperatureSpanKelvin = 175;
const temperatureLowCelsius = -45;

/** °C of a temperature word: −45 + 175 · word / 65535 (SCD4x and SGP41 data sheets). */
export function ticksToCelsius(word: number): number {
  return temperatureLowCelsius + (temperatureSpanKelvin * word) / wordMax;
}

/** The temperature word nearest to a temperature in °C, within the word's range of −45 to 130 °C. */
export function celsiusToTicks(celsius: number): number {
  return nearestWord(((celsius - temperatureLowCelsius) * wordMax) / temperatureSpanKelvin);
}

/** % of a humidity word: 100 · word / 65535. */
export function ticksToPercent(word: number): number {
  return (100 * word) / wordMax;
}

/** The humidity word nearest to a relative humidity in %, 0 to 100. */
export function percentToTicks(percent: number): number {
  return nearestWord((percent * wordMax) / 100);
}

/** K of a temperature-difference word: 175 · word / 65535. */
export function ticksToKelvin(word: number): number {
  return (temperatureSpanKelvin * word) / wordMax;
}

/** The word nearest to a temperature difference in K: 4 K, the SCD4x's default offset, is 1498 (0x05DA). */
export function kelvinToTicks(kelvin: number): number {
  return nearestWord((kelvin * wordMax) / temperatureSpanKelvin);
}

function nearestWord(value: number): number {
  return Math.round(Math.min(wordMax, Math.max(0, value)));
}
