import { celsiusToRadiance, radianceToCelsius } from "../scene/band-radiance.ts";
import type { Picture } from "../scene/picture.ts";
import type { PinholeCamera, Point } from "../scene/pinhole-camera.ts";
import type { FlameMoment } from "./puffing.ts";

/** What a flame's gas looks like. */
export interface FlameLook {
  readonly absorptionPerMetre: number;
  /** Gas temperature of the continuous flame and at its tip. */
  readonly flameCelsius: number;
  readonly tipCelsius: number;
  /** Share of the heat that leaves as radiation and so does not go up with the plume. */
  readonly radiativeFraction: number;
}

/** One picture's worth of flame. */
export interface FlameScene {
  readonly camera: PinholeCamera;
  readonly flame: FlameMoment;
  /** Middle of the burning surface. */
  readonly base: Point;
  /** How far the flame leans, in metres sideways per metre of height. */
  readonly lean: { readonly x: number; readonly z: number };
  /** Height of the ceiling over the floor. */
  readonly ceilingHeight: number;
  readonly ambientCelsius: number;
  readonly seconds: number;
  readonly secondsAfterStep: number;
}

/** A way of drawing flames. */
export interface FlamePainting {
  /** Lets time go by; `flame` is what burns during the step, null when nothing does. */
  step(stepSeconds: number, flame: FlameMoment | null): void;
  /** Draws the flame and its plume; gives how many picture points it made visibly warmer. */
  paint(picture: Picture, scene: FlameScene): number;
}

/** A picture point shows a flame or a hot thing when it looks this much warmer for it. */
export const visibleKelvin = 8;
/** 8 K are more than this in radiance nowhere above −60 °C, and less than that nowhere below 1400 °C. */
const surelyNotVisible = 2.4;
const surelyVisible = 34;

/** True when a rise in radiance makes what is behind look at least 8 K warmer. */
export function isVisibleRise(behind: number, rise: number): boolean {
  if (rise < surelyNotVisible) return false;
  return (
    rise > surelyVisible || behind + rise >= celsiusToRadiance(radianceToCelsius(behind) + visibleKelvin)
  );
}

const transmittanceSteps = 256;
const transmittanceMost = 12;
const transmittanceTable = Float32Array.from({ length: transmittanceSteps * transmittanceMost + 2 }, (_, i) =>
  Math.exp(-i / transmittanceSteps),
);

/** exp(−opticalDepth) from a table: within 0.002, and 0 beyond 12. */
export function transmittance(opticalDepth: number): number {
  return opticalDepth >= transmittanceMost
    ? 0
    : transmittanceTable[(opticalDepth * transmittanceSteps + 0.5) | 0]!;
}
