import { airRelease } from "../air-release.ts";
import type { Posture } from "../body.ts";
import type { AirRelease } from "../scene-thing.ts";

/** CO2 of a grown person at light work: 0.0052 l/s (facts §4.4), at 0.547 m³/kg (facts §4.4). */
const co2KilogramsPerSecond = 0.0052e-3 / 0.547;
/** Sensible heat and water of a grown person at light work (ISO 7730: 1.2 met on 1.8 m², a third of it latent). */
const heatKilowatts = 0.085;
const waterKilogramsPerSecond = 1.6e-5;
/** About half of the heat leaves a clothed body as radiation. */
const radiativeFraction = 0.5;
/** A child of 25 kg has about 0.6 of a grown person's metabolism; walking takes 1.6 times that of light work (ISO 8996). */
const childShare = 0.6;
const walkingFactor = 1.6;
const mouthShare = 0.9;

/** What somebody breathes out and gives off as they are. */
export function breathOf(
  body: { readonly heightMetres: number; readonly who: "grown" | "child" },
  posture: Posture,
): AirRelease {
  const rate = (body.who === "child" ? childShare : 1) * (posture.swing > 0 ? walkingFactor : 1);
  return airRelease({
    place: { x: posture.x, y: body.heightMetres * (mouthShare - 0.24 * posture.sitting), z: posture.z },
    diameterMetres: 0.3,
    heatKilowatts: rate * heatKilowatts,
    radiativeFraction,
    co2KilogramsPerSecond: rate * co2KilogramsPerSecond,
    waterKilogramsPerSecond: rate * waterKilogramsPerSecond,
  });
}
