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

/** Highest concentration an SCD4x cell reports, in ppm. */
const co2MaxPpm = 40_000;

/**
 * The word an SCD4x cell reports for CO2. The cell counts molecules, so that its reading goes with the pressure; it
 * divides by the pressure it believes in and adds its correction. Without a value it reports 0.
 */
export function co2Word(
  air: SensirionAir,
  cell: { readonly believedHectopascals: number; readonly correctionPpm: number },
): number {
  if (Number.isNaN(air.co2Ppm)) return 0;
  const pressure = air.pressureHectopascals ?? standardPressureHectopascals;
  const ppm = (air.co2Ppm * pressure) / cell.believedHectopascals + cell.correctionPpm;
  return Math.round(Math.min(co2MaxPpm, Math.max(0, ppm)));
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
