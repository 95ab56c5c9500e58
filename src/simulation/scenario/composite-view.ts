import { assert } from "#core/failure.ts";
import { leptonHeight, leptonWidth, type ThermalFrame } from "#core/frames/thermal-frame.ts";
import { leptonCeilings } from "../devices/emulated-lepton-imager.ts";
import { celsiusToRadiance, radianceToCelsius, zeroCelsiusKelvin } from "../scene/band-radiance.ts";
import { LensBlur, lensWeights } from "../scene/lens-blur.ts";
import { Picture } from "../scene/picture.ts";
import type { SceneThing } from "../scene/scene-thing.ts";
import { renderStillScene, type StillScene } from "../scene/still-scene.ts";
import type { Episode } from "./episode.ts";

const pixelCount = leptonWidth * leptonHeight;
const countsPerKelvin = 100;
/** Things heat what stands still this often. */
const heatingSeconds = 0.5;
/** A change of radiance below this, about 1 mK at room temperature, leaves the real value as it is. */
const changeMin = 0.001;

/**
 * What a scenario would have looked like in a real picture: its things are drawn over the real picture in radiance, so
 * that a pixel half covered by a flame is half real. Nothing else of the picture is touched, and no noise is added: it
 * has its own. The real room's shape is not known, so the episode's surroundings are unknown too: things stand in an
 * empty room of the scenario's measures, as the camera of the episode sees it, and only what the scenario itself brings
 * along stands in front of them and throws shadows.
 */
export class CompositeView {
  readonly #episode: Episode;
  readonly #things: readonly SceneThing[];
  readonly #still: StillScene;
  readonly #picture: Picture;
  readonly #blur: LensBlur;
  readonly #excess = new Float32Array(pixelCount);
  readonly #change = new Float32Array(pixelCount);
  #nextHeatingSeconds = 0;

  /**
   * `first` is the real recording's first picture. Throws an assertion for one that is not in hundredths of a kelvin, and
   * for an episode in a furnished room.
   */
  constructor(episode: Episode, first: ThermalFrame) {
    assert(first.unit === "centikelvin" && first.pixels.length === pixelCount, "a Lepton's temperatures");
    assert(episode.surroundings === "unknown", "an episode whose surroundings are unknown");
    this.#episode = episode;
    const { things, fire } = episode.staging;
    this.#things = fire === null ? things : [...things, fire];
    this.#still = renderStillScene(episode.space, episode.random("composite"));
    const { celsius } = this.#still;
    for (let i = 0; i < pixelCount; i += 1)
      if (this.#still.boxes[i]! < 0) celsius[i] = celsiusOf(first.pixels[i]!);
    this.#picture = new Picture(this.#still.depth);
    const { lensBlurPixels } = episode.variation;
    this.#blur = new LensBlur({
      width: leptonWidth,
      height: leptonHeight,
      weights: lensWeights(lensBlurPixels),
    });
  }

  /** The real picture with the scenario in it at this time, in counts of a Lepton in high gain; times only go forward. */
  compose(frame: ThermalFrame, seconds: number): Uint16Array {
    // While the shutter is closed the real picture stands still, and so does what is drawn over it.
    if (frame.telemetry?.ffcState !== "in-progress") this.#draw(frame, seconds);
    return this.#counts(frame.pixels);
  }

  #draw(frame: ThermalFrame, seconds: number): void {
    const air = this.#episode.airAround(seconds);
    this.#heat(seconds);
    const { radiance } = this.#picture;
    const still = this.#still;
    for (let i = 0; i < pixelCount; i += 1)
      radiance[i] = celsiusToRadiance(this.#behind(i, frame.pixels) + this.#excess[i]!);
    const view = { camera: still.camera, still, room: this.#episode.space, seconds, air };
    const drawn = this.#things.filter((thing) => thing.draw !== undefined);
    drawn.sort((one, other) => this.#distance(other) - this.#distance(one));
    for (const thing of drawn) thing.draw?.(this.#picture, view);
    const { fire } = this.#episode.staging;
    if (fire !== null && drawn.at(-1) !== fire) fire.nearerDrawn?.(this.#picture);
    const change = this.#change;
    for (let i = 0; i < pixelCount; i += 1)
      change[i] = radiance[i]! - celsiusToRadiance(celsiusOf(frame.pixels[i]!));
    // The real picture has gone through a lens already.
    this.#blur.apply(change);
  }

  /** What stands still at a pixel: something that the scenario brings along, or what the real camera saw. */
  #behind(i: number, real: Uint16Array): number {
    return this.#still.boxes[i]! < 0 ? celsiusOf(real[i]!) : this.#still.celsius[i]!;
  }

  #heat(seconds: number): void {
    if (seconds < this.#nextHeatingSeconds) return;
    this.#nextHeatingSeconds = seconds + heatingSeconds;
    this.#excess.fill(0);
    for (const thing of this.#things) thing.heat?.(this.#still, this.#excess);
  }

  #counts(real: Uint16Array): Uint16Array {
    const counts = real.slice();
    for (let i = 0; i < pixelCount; i += 1) {
      const change = this.#change[i]!;
      if (Math.abs(change) < changeMin) continue;
      const celsius = radianceToCelsius(celsiusToRadiance(celsiusOf(real[i]!)) + change);
      const exact = Math.round((celsius + zeroCelsiusKelvin) * countsPerKelvin);
      counts[i] = Math.min(leptonCeilings.high, Math.max(0, exact));
    }
    return counts;
  }

  #distance({ place }: SceneThing): number {
    const { position } = this.#episode.space.camera;
    return Math.hypot(place.x - position.x, place.y - position.y, place.z - position.z);
  }
}

function celsiusOf(counts: number): number {
  return counts / countsPerKelvin - zeroCelsiusKelvin;
}
