/** The air as it is at an emulated chip's opening: what a perfect sensor there would read. */
export interface SensirionAir {
  /** NaN when the chip's CO2 cell has nothing to measure; the chip then answers as for an invalid value. */
  readonly co2Ppm: number;
  readonly temperatureCelsius: number;
  readonly humidityPercent: number;
  /** Absent means the standard atmosphere at sea level, 1013.25 hPa. */
  readonly pressureHectopascals?: number;
}

/** The air at a moment of the wall clock; asked with increasing times. Lag and noise are the source's own affair. */
export type SensirionAirSource<Air = SensirionAir> = (atMicros: number) => Air;

/** The standard atmosphere at sea level (ISO 2533). */
export const standardPressureHectopascals = 1013.25;

/** Pressure of the standard atmosphere at an altitude (ISO 2533, troposphere), in hPa. */
export function pressureAtAltitude(metres: number): number {
  return standardPressureHectopascals * (1 - 2.25577e-5 * metres) ** 5.25588;
}

/** Saturation vapour pressure over water (Magnus formula, WMO coefficients), in hPa. */
function saturationHectopascals(celsius: number): number {
  return 6.112 * Math.exp((17.62 * celsius) / (243.12 + celsius));
}

/** Relative humidity of the same air when it is thought to have another temperature: its vapour stays the same. */
export function humidityAtTemperature(
  air: { readonly temperatureCelsius: number; readonly humidityPercent: number },
  celsius: number,
): number {
  const ratio = saturationHectopascals(air.temperatureCelsius) / saturationHectopascals(celsius);
  return Math.min(100, Math.max(0, air.humidityPercent * ratio));
}
