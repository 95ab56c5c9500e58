import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { microsPerSecond } from "#core/time.ts";
import { airPeriodSeconds } from "../devices/air-probe.ts";
import { CompositeView } from "./composite-view.ts";
import type { Episode } from "./episode.ts";
import { EpisodeAirSensor } from "./episode-air-sensor.ts";
import type { EpisodeEntry } from "./render-episode.ts";

/**
 * Renders an episode over real pictures: each of them, at its own time, with what happens in the episode drawn over it;
 * air and truth are the episode's. `pictures` are captured from `startMicros` on, in order.
 */
export async function* renderComposite(
  episode: Episode,
  options: { readonly startMicros: number; readonly pictures: AsyncIterable<ThermalFrame> },
): AsyncGenerator<EpisodeEntry, void, undefined> {
  const { startMicros } = options;
  const at = (seconds: number): number => startMicros + seconds * microsPerSecond;
  const air = new EpisodeAirSensor(episode);
  let view: CompositeView | null = null;
  let second = 1;
  for await (const frame of options.pictures) {
    const seconds = (frame.capturedAtMicros - startMicros) / microsPerSecond;
    if (seconds > episode.seconds) return;
    for (; second <= seconds; second += 1) {
      const atMicros = at(second);
      if (second % airPeriodSeconds === 0) {
        yield { kind: "air", atMicros, sample: air.measure(second, atMicros) };
        for (const sample of air.measureSmoke(second, atMicros)) yield { kind: "channel", atMicros, sample };
      }
      yield { kind: "truth", atMicros, truth: episode.truthAt(second) };
    }
    view ??= new CompositeView(episode, frame);
    const pixels = view.compose(frame, seconds);
    yield { kind: "thermal", atMicros: frame.capturedAtMicros, frame: { ...frame, pixels } };
  }
}
