import type { OnTime } from "../../scene/hot/on-times.ts";
import type { Point } from "../../scene/pinhole-camera.ts";

/** Where a tool is that moves along a line while it works: there and back again. */
export function alongSeam(seam: {
  readonly from: Point;
  readonly lengthMetres: number;
  readonly metresPerSecond: number;
  readonly bursts: readonly OnTime[];
}): (seconds: number) => Point {
  const { from, lengthMetres, metresPerSecond, bursts } = seam;
  return (seconds) => {
    let worked = 0;
    for (const burst of bursts) {
      if (burst.fromSeconds >= seconds) break;
      worked += Math.min(seconds, burst.toSeconds) - burst.fromSeconds;
    }
    const moved = (worked * metresPerSecond) % (2 * lengthMetres);
    return { ...from, x: from.x + (moved < lengthMetres ? moved : 2 * lengthMetres - moved) };
  };
}

/** Longer stretches of presence around bursts of work, so that nobody leaves between two of them. */
export function presenceAround(
  bursts: readonly OnTime[],
  margin: { readonly seconds: number; readonly joinSeconds: number },
): readonly OnTime[] {
  const stays: OnTime[] = [];
  for (const { fromSeconds, toSeconds } of bursts) {
    const last = stays.at(-1);
    const from = fromSeconds - margin.seconds;
    const to = toSeconds + margin.seconds;
    if (last !== undefined && from - last.toSeconds < margin.joinSeconds)
      stays[stays.length - 1] = { ...last, toSeconds: to };
    else stays.push({ fromSeconds: from, toSeconds: to });
  }
  return stays;
}
