import type { Random } from "#core/random.ts";
import { microsPerSecond } from "#core/time.ts";
import { AirProbe, type ProbedAir } from "../devices/air-probe.ts";
import type { EpisodeEntry } from "../scenario/render-episode.ts";

/**
 * An episode's entries whose readings have the CO2 that was measured at the sensor (`air`, by seconds of the recording) as
 * the sensor reads it. Nothing else of them was measured: how warm and how moist the fire makes the air stays as the
 * room's model says.
 */
export function* withMeasuredCo2(
  entries: Iterable<EpisodeEntry>,
  by: {
    readonly air: (seconds: number) => ProbedAir;
    readonly random: Random;
    readonly startMicros: number;
  },
): Generator<EpisodeEntry, void, undefined> {
  const probe = new AirProbe(by.random, by.air(0));
  let second = 0;
  for (const entry of entries) {
    if (entry.kind !== "air") {
      yield entry;
      continue;
    }
    for (const end = (entry.atMicros - by.startMicros) / microsPerSecond; second < end; second += 1)
      probe.follow(by.air(second + 1), 1);
    yield { ...entry, sample: { ...entry.sample, co2Ppm: probe.read(entry.atMicros).co2Ppm } };
  }
}
