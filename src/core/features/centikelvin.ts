/** 0 °C in hundredths of a kelvin, the unit of a TLinear pixel. */
export const zeroCelsiusCentikelvin = 27_315;

/** Largest value a pixel can hold (382.2 °C at 0.01 K): it means "at least this hot". */
export const pixelCentikelvinMax = 65_535;

/** From here on heat is severe; also the end of the high-gain range (Lepton 3 & 3.5 data sheet: −10 to +140 °C). */
export const severeCelsius = 140;

/** `severeCelsius` as a pixel value. */
export const severeCentikelvin = zeroCelsiusCentikelvin + 100 * severeCelsius;

/** Temperature in °C of a pixel value; monotonic, and exact for whole degrees. */
export function celsiusOfCentikelvin(centikelvin: number): number {
  return (centikelvin - zeroCelsiusCentikelvin) / 100;
}

/** Writes the temperatures of a whole picture, in °C; both have the same length. */
export function writeCelsius(centikelvin: Uint16Array, celsius: Float32Array): void {
  for (let i = 0; i < celsius.length; i += 1) celsius[i] = (centikelvin[i]! - zeroCelsiusCentikelvin) / 100;
}
