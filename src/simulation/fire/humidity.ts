const vapourGasConstant = 461.5;
const zeroCelsiusKelvin = 273.15;

/** Saturation pressure of water vapour in pascals (Magnus formula, WMO coefficients). */
function saturationPascals(celsius: number): number {
  return 611.2 * Math.exp((17.62 * celsius) / (243.12 + celsius));
}

/** Water vapour in kg/m³ at this relative humidity. */
export function absoluteHumidity(celsius: number, humidityPercent: number): number {
  const pascals = (humidityPercent / 100) * saturationPascals(celsius);
  return pascals / (vapourGasConstant * (celsius + zeroCelsiusKelvin));
}

/** Relative humidity in percent, at most 100, of air with so much water vapour in kg/m³. */
export function relativeHumidityPercent(air: { readonly celsius: number; readonly vapour: number }): number {
  const pascals = air.vapour * vapourGasConstant * (air.celsius + zeroCelsiusKelvin);
  return Math.min(100, (100 * pascals) / saturationPascals(air.celsius));
}
