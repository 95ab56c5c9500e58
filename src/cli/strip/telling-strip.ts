import { Episode } from "#simulation/scenario/episode.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import type { FilmStrip } from "./film-strip.ts";
import { type StripPicture, stripMoments, stripPictures } from "./strip-pictures.ts";

/** A picture shows what happens when so many of its points do, or differ this much from the first picture. */
const shownPixels = 25;
const shownKelvin = 2;
const countsPerKelvin = 100;
/** This many pictures that show it make a strip that tells. */
const tellingPictures = 2;

/**
 * The film strip of the first of some seeds whose pictures show what the scenario is about: flame or hot fuel of a fire
 * that shows any, in other scenarios something that was not there at first. Where none does, that of the seed that shows
 * most.
 */
export function tellingStrip(scenario: Scenario, seeds: readonly [number, ...number[]]): FilmStrip {
  const [firstSeed, ...others] = seeds;
  let best = stripOf(scenario, firstSeed);
  let most = shownIn(scenario, best.pictures);
  for (const seed of others) {
    if (most >= tellingPictures) break;
    const strip = stripOf(scenario, seed);
    const shown = shownIn(scenario, strip.pictures);
    if (shown <= most) continue;
    best = strip;
    most = shown;
  }
  return best;
}

function stripOf(scenario: Scenario, seed: number): FilmStrip {
  const episode = new Episode({ scenario, seed, fire: "as-staged", flameRenderer: "plume" });
  return { episode, seed, pictures: stripPictures(episode, stripMoments(episode)) };
}

/** How many of the pictures show what the scenario is about. */
export function shownIn(scenario: Pick<Scenario, "shows">, pictures: readonly StripPicture[]): number {
  const first = pictures[0]!.pixels;
  const pixelsOf = ({ truth, pixels }: StripPicture): number => {
    if (scenario.shows === "flaming") return truth.flamePixels;
    if (scenario.shows === "slow-heat") return truth.hotPixels + truth.flamePixels;
    return changedPixels(first, pixels);
  };
  return pictures.filter((picture) => pixelsOf(picture) >= shownPixels).length;
}

/** Points that have changed against the rest of the picture: the whole of it drifts and jumps with the camera. */
function changedPixels(first: Uint16Array, later: Uint16Array): number {
  const change = Int32Array.from(later, (value, i) => value - first[i]!);
  const middle = change.toSorted()[change.length >> 1]!;
  return change.reduce(
    (count, value) => count + (Math.abs(value - middle) > shownKelvin * countsPerKelvin ? 1 : 0),
    0,
  );
}
