import type { AirSample } from "#core/frames/air-sample.ts";
import type { ChannelSample } from "#core/frames/channel-sample.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { microsPerSecond } from "#core/time.ts";
import { airPeriodSeconds } from "../devices/air-probe.ts";
import { UnwiredLepton } from "../devices/unwired-lepton.ts";
import { EntryQueue } from "./entry-queue.ts";
import type { Episode } from "./episode.ts";
import { EpisodeAirSensor } from "./episode-air-sensor.ts";
import { EpisodeCamera, type EpisodeCameraOptions } from "./episode-camera.ts";
import type { EpisodeTruth } from "./episode-truth.ts";

/** A picture, a reading, or what was true in the second that has just ended, in the order of time. */
export type EpisodeEntry =
  | { readonly kind: "thermal"; readonly atMicros: number; readonly frame: ThermalFrame }
  | { readonly kind: "air"; readonly atMicros: number; readonly sample: AirSample }
  | { readonly kind: "channel"; readonly atMicros: number; readonly sample: ChannelSample }
  | { readonly kind: "truth"; readonly atMicros: number; readonly truth: EpisodeTruth };

/**
 * Renders an episode as its two sensors would report it, by the fast path: the emulated Lepton without its packets, the
 * air sensor without its registers. Emulated devices and drivers give the same (test/simulation/fast-path.test.ts).
 * One episode gives one sequence.
 */
export function* renderEpisode(
  episode: Episode,
  options: EpisodeCameraOptions,
): Generator<EpisodeEntry, void, undefined> {
  const { startMicros } = options;
  const camera = new EpisodeCamera(episode, options);
  const air = new EpisodeAirSensor(episode);
  const lepton = leptonOf(camera, options);
  const queue = new EntryQueue<EpisodeEntry>();
  const corrections = [...camera.correctionsMicros];
  for (let second = 1; second <= episode.seconds; second += 1) {
    const atMicros = startMicros + second * microsPerSecond;
    while (lepton.nextMicros <= atMicros) {
      const correction = corrections[0] ?? Number.POSITIVE_INFINITY;
      if (correction <= lepton.nextMicros) {
        lepton.correctAt(correction);
        corrections.shift();
        continue;
      }
      const frame = lepton.next();
      const arrivedMicros = camera.arrivalOf(frame.capturedAtMicros);
      queue.add({
        kind: "thermal",
        atMicros: arrivedMicros,
        frame: { ...frame, capturedAtMicros: arrivedMicros },
      });
    }
    queue.add({ kind: "truth", atMicros, truth: episode.truthAt(second) });
    if (second % airPeriodSeconds === 0) {
      queue.add({ kind: "air", atMicros, sample: air.measure(second, atMicros) });
      for (const sample of air.measureSmoke(second, atMicros))
        queue.add({ kind: "channel", atMicros, sample });
    }
    yield* queue.dueBy(atMicros);
  }
}

function leptonOf(camera: EpisodeCamera, options: EpisodeCameraOptions): UnwiredLepton {
  return new UnwiredLepton({
    scene: camera.seen.scene,
    onCorrection: camera.seen.onCorrection,
    startMicros: options.startMicros,
    uptimeAtStartMicros: camera.uptimeAtStartMicros,
    gainMode: camera.gainMode,
    temperatures: camera.temperatures,
    serialNumber: camera.serialNumber,
    loops: camera.loops,
  });
}
