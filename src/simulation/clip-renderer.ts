import type { AirSample } from "#core/frames/air-sample.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { Random } from "#core/random.ts";
import { microsPerMillisecond, microsPerSecond } from "#core/time.ts";
import { airPeriodSeconds } from "./devices/air-probe.ts";
import { frameArrivalMs } from "./devices/frame-timing.ts";
import { EmulatedRoom, type EmulatedRoomKind } from "./emulated-room.ts";

/** Options of `renderClip`. */
export interface ClipOptions {
  readonly kind: EmulatedRoomKind;
  readonly seed: number;
  readonly startMicros: number;
  readonly seconds: number;
  /** When the basket is lit and when the flames are put out, in seconds from the start; null for never. */
  readonly igniteAtSeconds: number | null;
  readonly extinguishAtSeconds: number | null;
}

/** A picture or a reading of a rendered clip, in the order in which they were taken. */
export type ClipEntry =
  | { readonly kind: "thermal"; readonly atMicros: number; readonly frame: ThermalFrame }
  | { readonly kind: "air"; readonly atMicros: number; readonly sample: AirSample };

/** Renders what the two sensors of an emulated room give over a while; one seed gives one clip, byte for byte. */
export function* renderClip(options: ClipOptions): Generator<ClipEntry, void, undefined> {
  const { startMicros } = options;
  const room = new EmulatedRoom({ seed: options.seed, startMicros, kind: options.kind });
  const at = (seconds: number): number => startMicros + Math.round(seconds * microsPerSecond);
  if (options.igniteAtSeconds !== null) room.ignite(at(options.igniteAtSeconds));
  if (options.extinguishAtSeconds !== null) room.extinguish(at(options.extinguishAtSeconds));
  const jitter = new Random(options.seed + 1);
  const frameMicros = (index: number): number =>
    startMicros + Math.round(frameArrivalMs(index, jitter) * microsPerMillisecond);
  const endMicros = at(options.seconds);
  let airIndex = 1;
  let thermalMicros = frameMicros(0);
  for (let index = 1; thermalMicros < endMicros; index += 1) {
    while (at(airIndex * airPeriodSeconds) <= thermalMicros) {
      const airMicros = at(airIndex * airPeriodSeconds);
      yield { kind: "air", atMicros: airMicros, sample: room.airAt(airMicros) };
      airIndex += 1;
    }
    yield { kind: "thermal", atMicros: thermalMicros, frame: room.frameAt(thermalMicros) };
    thermalMicros = frameMicros(index);
  }
}
