import type { Random } from "#core/random.ts";
import { lensBlurPixels } from "../scene/lens-blur.ts";
import type { FlameRenderer, Variation } from "./scenario.ts";

/** A factor drawn evenly on a logarithmic scale between 1/most and most. */
function factor(random: Random, most: number): number {
  return most ** random.between(-1, 1);
}

/** So many units are left to change their gain by themselves (assumed). */
const automaticGainShare = 0.1;

/** Draws an episode's variation (ranges as in docs/guides/scenarios.md). */
export function drawVariation(random: Random, flameRenderer: FlameRenderer): Variation {
  return {
    growthFactor: factor(random, 3),
    flameAbsorptionFactor: factor(random, 2),
    lensBlurPixels: lensBlurPixels * random.between(0.85, 1.4),
    unitBiasKelvin: random.between(-5, 5),
    emissivity: random.between(0.85, 0.98),
    flameRenderer,
    gainMode: random.uniform() < automaticGainShare ? "automatic" : "high",
  };
}
