import { Episode } from "#simulation/scenario/episode.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import { radianceToCelsius } from "#simulation/scene/band-radiance.ts";
import { renderStillScene } from "#simulation/scene/still-scene.ts";
import type { StripPicture } from "./strip-pictures.ts";

/** Less than this is a room that warms or a shadow, and no thing. */
const leastKelvin = 1.5;

/**
 * Which of a strip's pictures shows most of what its scenario is about: most flame and hot fuel, or, where none shows,
 * most that is not in the empty room, seen without people in the background, the camera's noise and its corrections.
 */
export function tellingPicture(
  of: { readonly scenario: Scenario; readonly seed: number },
  pictures: readonly StripPicture[],
): number {
  const fires = pictures.map(({ truth }) => truth.flamePixels + truth.hotPixels);
  if (fires.some((pixels) => pixels > 0)) return fires.indexOf(Math.max(...fires));
  const episode = new Episode({ ...of, fire: "as-staged", flameRenderer: "plume", background: "none" });
  const room = renderStillScene(episode.space, episode.random("surfaces")).celsius;
  const changes = pictures.map(({ seconds }) =>
    changeFrom(room, episode.radianceAt(seconds).map(radianceToCelsius)),
  );
  return changes.indexOf(Math.max(...changes));
}

/**
 * How much of a picture is not in the empty room: the sum, over the pixels that differ from it by at least 1.5 K, of the
 * difference in kelvin. What the whole picture differs by (its median) counts for nothing.
 */
export function changeFrom(room: ArrayLike<number>, picture: ArrayLike<number>): number {
  const differences = Float32Array.from(picture, (celsius, i) => celsius - room[i]!);
  const middle = differences.toSorted()[differences.length >> 1]!;
  return differences.reduce((sum, kelvin) => {
    const change = Math.abs(kelvin - middle);
    return change < leastKelvin ? sum : sum + change;
  }, 0);
}
