/**
 * Radiance of a black body in the camera's band, 8 to 14 µm with an ideal flat response (Planck's law, integrated).
 * A real module's response differs; the simulator needs only that all its parts use the same curve.
 */

/** Zero of the Celsius scale in kelvin. */
export const zeroCelsiusKelvin = 273.15;

const bandLowMetres = 8e-6;
const bandHighMetres = 14e-6;
/** 2·h·c² in W·m²·sr⁻¹ (CODATA 2018, exact). */
const firstRadiationConstant = 1.191042972e-16;
/** h·c/k in m·K (CODATA 2018, exact). */
const secondRadiationConstant = 1.438776877e-2;
/** Simpson's rule with this many intervals is exact to eight digits over the band. */
const bandIntervals = 48;

const tableLowCelsius = -60;
const tableHighCelsius = 1400;
const tableStepsPerKelvin = 4;
const inverseStepsPerUnit = 4;

const stepMetres = (bandHighMetres - bandLowMetres) / bandIntervals;

/** Where Simpson's rule looks at the band: the wavelength, and what of Planck's law does not depend on temperature. */
const bandPoints = Array.from({ length: bandIntervals + 1 }, (_, i) => {
  const metres = bandLowMetres + i * stepMetres;
  const weight = i === 0 || i === bandIntervals ? 1 : i % 2 === 1 ? 4 : 2;
  return { metres, weight, scale: firstRadiationConstant / metres ** 5 };
});

/** Band radiance in W·m⁻²·sr⁻¹, integrated afresh; `celsiusToRadiance` is the fast way. */
export function integrateBandRadiance(celsius: number): number {
  const kelvin = celsius + zeroCelsiusKelvin;
  let sum = 0;
  for (const { metres, weight, scale } of bandPoints)
    sum += (scale / Math.expm1(secondRadiationConstant / (metres * kelvin))) * weight;
  return (sum * stepMetres) / 3;
}

function buildTable(): Float64Array {
  const count = (tableHighCelsius - tableLowCelsius) * tableStepsPerKelvin + 1;
  const table = new Float64Array(count);
  for (let i = 0; i < count; i += 1)
    table[i] = integrateBandRadiance(tableLowCelsius + i / tableStepsPerKelvin);
  return table;
}

const table = buildTable();
const lowestRadiance = table[0]!;
const highestRadiance = table[table.length - 1]!;

function buildInverse(): Float64Array {
  const count = Math.floor((highestRadiance - lowestRadiance) * inverseStepsPerUnit) + 1;
  const inverse = new Float64Array(count);
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    const radiance = lowestRadiance + i / inverseStepsPerUnit;
    while (table[at + 1]! < radiance) at += 1;
    const share = (radiance - table[at]!) / (table[at + 1]! - table[at]!);
    inverse[i] = tableLowCelsius + (at + share) / tableStepsPerKelvin;
  }
  return inverse;
}

const inverse = buildInverse();

/** Band radiance in W·m⁻²·sr⁻¹ of a black body at this temperature; below −60 °C and above 1400 °C it stays at the end. */
export function celsiusToRadiance(celsius: number): number {
  const position = (celsius - tableLowCelsius) * tableStepsPerKelvin;
  if (position <= 0) return lowestRadiance;
  const index = Math.floor(position);
  if (index >= table.length - 1) return highestRadiance;
  const low = table[index]!;
  return low + (position - index) * (table[index + 1]! - low);
}

/** The temperature in °C whose black body has this band radiance: what the camera calls apparent temperature. */
export function radianceToCelsius(radiance: number): number {
  const position = (radiance - lowestRadiance) * inverseStepsPerUnit;
  if (position <= 0) return tableLowCelsius;
  const index = Math.floor(position);
  if (index >= inverse.length - 1) return inverse[inverse.length - 1]!;
  const low = inverse[index]!;
  return low + (position - index) * (inverse[index + 1]! - low);
}

/** The same for a whole picture at once, which is many times faster. */
export function radiancesToCelsius(radiance: Float32Array, celsius: Float32Array): void {
  const last = inverse.length - 1;
  for (let i = 0; i < radiance.length; i += 1) {
    const position = (radiance[i]! - lowestRadiance) * inverseStepsPerUnit;
    const index = Math.min(last - 1, Math.max(0, position)) | 0;
    const share = Math.min(1, Math.max(0, position - index));
    const low = inverse[index]!;
    celsius[i] = low + share * (inverse[index + 1]! - low);
  }
}

/** Slope of the curve at 25 °C in W·m⁻²·sr⁻¹·K⁻¹: turns noise stated in kelvin at room temperature into radiance. */
export const radiancePerKelvinAt25Celsius = celsiusToRadiance(25.5) - celsiusToRadiance(24.5);
