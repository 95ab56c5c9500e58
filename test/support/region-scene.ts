import assert from "node:assert/strict";
import { type RegionFeatureName, regionFeatureNames } from "#core/features/feature-schema.ts";
import type { RegionObservation } from "#core/features/feature-second.ts";
import { regionDefinition } from "#core/features/region-definition.ts";
import {
  type BackgroundSnapshot,
  type RegionsOfSecond,
  RegionTracker,
} from "#core/features/region-tracker.ts";
import { microsPerSecond } from "#core/time.ts";

/** Draws onto a picture that holds the room's temperature, `seconds` after the scene's start. */
export type Paint = (picture: Float32Array, seconds: number) => void;

/** A small room at 22 °C under a RegionTracker, for tests that know in closed form what the tracker has to say. */
export class RegionScene {
  readonly width = 40;
  readonly height = 30;
  readonly roomCelsius = 22;
  readonly startMicros = 1_700_000_000 * microsPerSecond;
  readonly ignored = new Uint8Array(this.width * this.height);
  readonly tracker: RegionTracker;
  /** Seconds closed so far. */
  seconds = 0;
  /** What the tracker said of the last one. */
  last: RegionsOfSecond = { reported: [], tracked: [] };

  constructor(background: BackgroundSnapshot | null = null) {
    const { width, height, ignored } = this;
    this.tracker = new RegionTracker({ width, height, ignored, background });
  }

  /** Closes seconds in which nothing moves: `paint` is asked once for each, at its end; answers what is reported. */
  close(seconds: number, paint: Paint = () => {}): readonly RegionObservation[] {
    for (let i = 0; i < seconds; i += 1) {
      this.seconds += 1;
      const picture = this.#picture(paint, this.seconds);
      this.last = this.tracker.closeSecond({
        atMicros: this.nowMicros,
        medianCelsius: picture,
        maxCelsius: picture,
      });
    }
    return this.last.reported;
  }

  /** Plays seconds frame by frame, `framesAt` telling when in each second (0 to 1) the frames are taken; answers what is reported. */
  play(seconds: number, paint: Paint, framesAt: readonly number[]): readonly RegionObservation[] {
    for (let i = 0; i < seconds; i += 1) {
      const frames = framesAt.map((share) => {
        const celsius = this.#picture(paint, this.seconds + share);
        const atMicros = Math.round(this.startMicros + (this.seconds + share) * microsPerSecond);
        this.tracker.addFrame({ atMicros, celsius });
        return celsius;
      });
      this.seconds += 1;
      this.last = this.tracker.closeSecond({
        atMicros: this.nowMicros,
        medianCelsius: byPixel(frames, (sorted) => sorted[Math.floor(sorted.length / 2)]!),
        maxCelsius: byPixel(frames, (sorted) => sorted.at(-1)!),
      });
    }
    return this.last.reported;
  }

  /** Lets time pass without valid seconds, as during an FFC. */
  skip(seconds: number): void {
    this.seconds += seconds;
  }

  get nowMicros(): number {
    return this.startMicros + this.seconds * microsPerSecond;
  }

  #picture(paint: Paint, seconds: number): Float32Array {
    const picture = new Float32Array(this.width * this.height).fill(this.roomCelsius);
    paint(picture, seconds);
    return picture;
  }
}

/** When a Lepton at 8.7 Hz takes its frames, nearly: nine a second at uneven distances. */
export const unevenFrames = [0.02, 0.13, 0.25, 0.35, 0.49, 0.58, 0.71, 0.8, 0.93] as const;

/** Sets a rectangle of a 40 pixel wide picture to a temperature, both ends included. */
export function paintBox(
  picture: Float32Array,
  box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
  celsius: number,
): void {
  for (let y = box.top; y <= box.bottom; y += 1)
    picture.fill(celsius, y * 40 + box.left, y * 40 + box.right + 1);
}

/** One named feature of a region. */
export function regionFeature(region: RegionObservation, name: RegionFeatureName): number {
  return region.features[regionFeatureNames.indexOf(name)]!;
}

/** A scene whose background is learnt. */
export function commissioned(): RegionScene {
  const scene = new RegionScene();
  scene.close(regionDefinition.commissioningSeconds);
  return scene;
}

/** A rectangle of 4 × 6 pixels. */
export const heatedBox = { left: 10, top: 10, right: 13, bottom: 15 } as const;

/** `heatedBox` at a temperature. */
export function heated(celsius: (seconds: number) => number): Paint {
  return (picture, seconds) => paintBox(picture, heatedBox, celsius(seconds));
}

/** A disc in the middle whose radius changes. */
export function disc(radius: (seconds: number) => number, celsius: number): Paint {
  return (picture, seconds) => {
    for (let p = 0; p < picture.length; p += 1)
      if (Math.hypot((p % 40) - 20, Math.floor(p / 40) - 15) <= radius(seconds)) picture[p] = celsius;
  };
}

/** Fails unless a number is within a tolerance of what is expected. */
export function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
}

/** Puts a value among `count` sorted ones; NaN stays at the end. */
export function insert(sorted: Float32Array, count: number, value: number): void {
  let at = count;
  while (at > 0 && (sorted[at - 1]! > value || Number.isNaN(sorted[at - 1]!))) {
    sorted[at] = sorted[at - 1]!;
    at -= 1;
  }
  sorted[at] = value;
}

function byPixel(frames: readonly Float32Array[], pick: (sorted: Float32Array) => number): Float32Array {
  const picture = new Float32Array(frames[0]!.length);
  const values = new Float32Array(frames.length);
  for (let p = 0; p < picture.length; p += 1) {
    for (const [i, frame] of frames.entries()) insert(values, i, frame[p]!);
    picture[p] = pick(values);
  }
  return picture;
}
