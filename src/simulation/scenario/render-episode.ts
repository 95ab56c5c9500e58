import type { AirSample } from "#core/frames/air-sample.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { microsPerMillisecond, microsPerSecond } from "#core/time.ts";
import { AirProbe, airPeriodSeconds, transportSecondsTo } from "../devices/air-probe.ts";
import { frameArrivalMs } from "../devices/frame-timing.ts";
import { ThermalModule } from "../devices/thermal-module.ts";
import type { Episode } from "./episode.ts";
import type { EpisodeTruth } from "./episode-truth.ts";

/** A picture, a reading, or what was true in the second that has just ended, in the order of time. */
export type EpisodeEntry =
  | { readonly kind: "thermal"; readonly atMicros: number; readonly frame: ThermalFrame }
  | { readonly kind: "air"; readonly atMicros: number; readonly sample: AirSample }
  | { readonly kind: "truth"; readonly atMicros: number; readonly truth: EpisodeTruth };

/** Renders an episode as its two sensors would report it, by the fast path; one episode gives one sequence. */
export function* renderEpisode(
  episode: Episode,
  options: { readonly startMicros: number },
): Generator<EpisodeEntry, void, undefined> {
  const { startMicros } = options;
  const module = new ThermalModule(episode.random("camera"));
  const probe = new AirProbe(episode.random("air-sensor"), episode.airAt(0), {
    transportSeconds: transportSecondsTo(episode.airSensorPlace, episode.space),
  });
  const jitter = episode.random("frame-times");
  let air = 1;
  let second = 1;
  for (let index = 0; ; index += 1) {
    const thermalMicros = startMicros + Math.round(frameArrivalMs(index, jitter) * microsPerMillisecond);
    const frameSeconds = (thermalMicros - startMicros) / microsPerSecond;
    for (; air * airPeriodSeconds <= Math.min(frameSeconds, episode.seconds); air += 1) {
      const seconds = air * airPeriodSeconds;
      const atMicros = startMicros + seconds * microsPerSecond;
      probe.follow(episode.airAt(seconds), airPeriodSeconds);
      yield { kind: "air", atMicros, sample: probe.read(atMicros) };
    }
    for (; second <= Math.min(frameSeconds, episode.seconds); second += 1)
      yield {
        kind: "truth",
        atMicros: startMicros + second * microsPerSecond,
        truth: episode.truthAt(second),
      };
    if (frameSeconds >= episode.seconds) return;
    const frame = module.take({
      capturedAtMicros: thermalMicros,
      seconds: frameSeconds,
      scene: () => episode.radianceAt(frameSeconds),
    });
    yield { kind: "thermal", atMicros: thermalMicros, frame };
  }
}
