import { Episode } from "#simulation/scenario/episode.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import { radianceToCelsius } from "#simulation/scene/band-radiance.ts";
import { stripMoments } from "./strip-pictures.ts";

/** A picture shows what happens when so many of its points do, or differ this much from the first picture. */
const shownPixels = 25;
const shownKelvin = 1.5;
/** This many pictures that show it make a strip that tells. */
const tellingPictures = 2;

/**
 * The first of some seeds for which a film strip shows what the scenario is about: flame or hot fuel of a fire that shows
 * any, in other scenarios something that was not there at first; what goes on in the background does not count. Where
 * none does, the seed that shows it in most pictures.
 */
export function tellingSeed(scenario: Scenario, seeds: readonly [number, ...number[]]): number {
  let best = seeds[0];
  let most = -1;
  for (const seed of seeds) {
    const shown = picturesThatShow(scenario, seed);
    if (shown >= tellingPictures) return seed;
    if (shown > most) best = seed;
    most = Math.max(most, shown);
  }
  return best;
}

/** How many of a strip's pictures show what the scenario is about, seen without the camera's noise. */
export function picturesThatShow(scenario: Scenario, seed: number): number {
  const options = { scenario, seed, fire: "as-staged", flameRenderer: "plume" } as const;
  const episode = new Episode({ ...options, background: "none" });
  let first: Float32Array | null = null;
  let shown = 0;
  for (const moment of stripMoments(episode)) {
    const celsius = episode.radianceAt(moment).map(radianceToCelsius);
    const { flamePixels, hotPixels } = episode.truthAt(moment);
    first ??= celsius;
    const pixels = {
      flaming: flamePixels,
      "slow-heat": flamePixels + hotPixels,
      hidden: changedPixels(first, celsius),
      none: changedPixels(first, celsius),
    };
    if (pixels[scenario.shows] >= shownPixels) shown += 1;
  }
  return shown;
}

function changedPixels(first: Float32Array, later: Float32Array): number {
  return later.reduce((count, value, i) => count + (Math.abs(value - first[i]!) > shownKelvin ? 1 : 0), 0);
}
