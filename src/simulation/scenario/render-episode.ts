import type { AirSample } from "#core/frames/air-sample.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { microsPerMillisecond, microsPerSecond } from "#core/time.ts";
import { AirProbe, airPeriodSeconds, transportSecondsTo } from "../devices/air-probe.ts";
import { frameArrivalMs } from "../devices/frame-timing.ts";
import { ThermalModule } from "../devices/thermal-module.ts";
import type { RoomAirState } from "../fire/room-air.ts";
import type { Episode } from "./episode.ts";
import type { EpisodeTruth } from "./episode-truth.ts";

/** A picture, a reading, or what was true in the second that has just ended, in the order of time. */
export type EpisodeEntry =
  | { readonly kind: "thermal"; readonly atMicros: number; readonly frame: ThermalFrame }
  | { readonly kind: "air"; readonly atMicros: number; readonly sample: AirSample }
  | { readonly kind: "truth"; readonly atMicros: number; readonly truth: EpisodeTruth };

/** How an episode is rendered. */
export interface RenderEpisodeOptions {
  readonly startMicros: number;
  /** Air that reaches the sensor in place of the modelled room's, by seconds of the episode, and how late; a measured series. */
  readonly air?: {
    readonly state: (seconds: number) => RoomAirState;
    readonly transportSeconds: number;
  };
}

/** Renders an episode as its two sensors would report it, by the fast path; one episode gives one sequence. */
export function* renderEpisode(
  episode: Episode,
  options: RenderEpisodeOptions,
): Generator<EpisodeEntry, void, undefined> {
  const { startMicros } = options;
  const module = new ThermalModule(episode.random("camera"));
  const air = options.air ?? {
    state: (seconds: number) => episode.airAt(seconds),
    transportSeconds: transportSecondsTo(episode.airSensorPlace, episode.space),
  };
  const { transportSeconds } = air;
  const probe = new AirProbe(episode.random("air-sensor"), air.state(0), { transportSeconds });
  const jitter = episode.random("frame-times");
  let reading = 1;
  let second = 1;
  for (let index = 0; ; index += 1) {
    const thermalMicros = startMicros + Math.round(frameArrivalMs(index, jitter) * microsPerMillisecond);
    const frameSeconds = (thermalMicros - startMicros) / microsPerSecond;
    for (; reading * airPeriodSeconds <= Math.min(frameSeconds, episode.seconds); reading += 1) {
      const seconds = reading * airPeriodSeconds;
      const atMicros = startMicros + seconds * microsPerSecond;
      probe.follow(air.state(seconds), airPeriodSeconds);
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
