import type { PixelUnit } from "#core/frames/thermal-frame.ts";

/** Celsius of a centikelvin pixel is value / 100 − 273.15. */
const zeroCelsiusCentikelvin = 27_315;
/** The largest value a pixel can carry: the true temperature is this or more. */
const pixelMax = 65_535;

/** Temperature of a centikelvin pixel in °C. */
export function celsiusOfPixel(centikelvin: number): number {
  return (centikelvin - zeroCelsiusCentikelvin) / 100;
}

/** The centikelvin pixel value of a temperature, not rounded. */
export function pixelOfCelsius(celsius: number): number {
  return celsius * 100 + zeroCelsiusCentikelvin;
}

/** A pixel in words: "23.4 °C", "≥ 382.2 °C" at the ceiling, "2,871 counts" where the camera gives no temperatures. */
export function pixelText(pixel: number, unit: PixelUnit): string {
  if (unit === "raw-counts") return `${Math.round(pixel).toLocaleString("en")} counts`;
  const atLeast = pixel >= pixelMax ? "≥ " : "";
  return `${atLeast}${celsiusOfPixel(pixel).toFixed(1)} °C`;
}
