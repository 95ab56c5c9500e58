import type { AirSample } from "#core/frames/air-sample.ts";
import { leptonHeight, leptonWidth, type ThermalFrame } from "#core/frames/thermal-frame.ts";
import { Random } from "#core/random.ts";
import { secondsBetween } from "#core/time.ts";
import { AirProbe } from "./devices/air-probe.ts";
import { ThermalModule } from "./devices/thermal-module.ts";
import { RoomAir } from "./fire/room-air.ts";
import { RoomFire } from "./fire/room-fire.ts";
import { LensBlur } from "./scene/lens-blur.ts";
import { OfficePeople } from "./scene/office-people.ts";
import { Picture } from "./scene/picture.ts";
import { officeLayout, type RoomLayout, roomVolume, workshopLayout } from "./scene/room-layout.ts";
import { renderStillScene, type StillScene } from "./scene/still-scene.ts";

/** What kind of room it is: an office with people in it, or a workshop with nobody. */
export type EmulatedRoomKind = "occupied" | "workshop";

/** Options of `EmulatedRoom`. */
export interface EmulatedRoomOptions {
  readonly seed: number;
  /** When the room's time begins. */
  readonly startMicros: number;
  readonly kind: EmulatedRoomKind;
}

/** Air and heat are followed in steps of this length. */
const stepSeconds = 0.25;
/** After a longer pause than this (the machine slept) the room's time goes on from where it stopped. */
const longestGapSeconds = 120;

/** A fire called for now is lit with the next picture, so that what is near counts as there. */
const soonSeconds = 1;

/** What the two rooms' air is like at the start. */
const airAtStart = {
  occupied: { celsius: 21.8, humidityPercent: 42, co2Ppm: 640 },
  workshop: { celsius: 19, humidityPercent: 47, co2Ppm: 440 },
} as const;
const outdoorCo2Ppm = 420;

/**
 * A room with everything in it, the emulated camera on its wall and the emulated air sensor beside it. Only pictures
 * and readings leave it; nothing says whether it burns but what a real sensor would see. One seed makes one room, and
 * the same calls bring the same pictures.
 *
 * Times are given in the caller's wall-clock time. When that clock is set back, or the machine has slept, the room's
 * own time goes on from where it was.
 */
export class EmulatedRoom {
  readonly #layout: RoomLayout;
  readonly #still: StillScene;
  readonly #picture: Picture;
  readonly #blur = new LensBlur({ width: leptonWidth, height: leptonHeight });
  readonly #people: OfficePeople | null;
  readonly #fire: RoomFire;
  readonly #air: RoomAir;
  readonly #probe: AirProbe;
  readonly #module: ThermalModule;
  #lastMicros: number;
  #seconds = 0;
  #steps = 0;
  #igniteAtSeconds: number | null = null;
  #extinguishAtSeconds: number | null = null;

  constructor(options: EmulatedRoomOptions) {
    const lots = new Random(options.seed);
    const random = (): Random => new Random(lots.integer(2 ** 31));
    const layout = options.kind === "occupied" ? officeLayout : workshopLayout;
    this.#layout = layout;
    this.#still = renderStillScene(layout, random());
    this.#picture = new Picture(this.#still.depth);
    this.#people = options.kind === "occupied" ? new OfficePeople(random) : null;
    this.#fire = new RoomFire({ layout, still: this.#still, random: random() });
    this.#air = new RoomAir({
      volumeCubicMetres: roomVolume(layout),
      airChangesPerHour: layout.airChangesPerHour,
      outdoorCo2Ppm,
      ...airAtStart[options.kind],
    });
    this.#probe = new AirProbe(random(), this.#air.state);
    this.#module = new ThermalModule(random());
    this.#lastMicros = options.startMicros;
  }

  /** Sets the waste basket on fire; at once when the time is past. Does nothing while it burns. */
  ignite(atMicros: number): void {
    this.#igniteAtSeconds = this.#seconds + Math.max(0, secondsBetween(this.#lastMicros, atMicros));
  }

  /** Puts the flames out; at once when the time is past. What has been heated cools by itself. */
  extinguish(atMicros: number): void {
    this.#extinguishAtSeconds = this.#seconds + Math.max(0, secondsBetween(this.#lastMicros, atMicros));
  }

  /** True while there are flames, or when they have been called for within the next second. */
  get burning(): boolean {
    const soon = this.#seconds + soonSeconds;
    if (this.#extinguishAtSeconds !== null && this.#extinguishAtSeconds <= soon) return false;
    return (this.#igniteAtSeconds !== null && this.#igniteAtSeconds <= soon) || this.#fire.burning;
  }

  /** The camera's picture at this time; called with increasing times. */
  frameAt(atMicros: number): ThermalFrame {
    this.#advance(atMicros);
    return this.#module.take({
      capturedAtMicros: atMicros,
      seconds: this.#seconds,
      scene: () => this.#render(),
    });
  }

  /**
   * What a camera without any noise would get to see at this time, in W·m⁻²·sr⁻¹, blurred by the lens: for emulated
   * modules other than the room's own. Called with increasing times; the values are overwritten by the next call.
   */
  radianceAt(atMicros: number): Float32Array {
    this.#advance(atMicros);
    return this.#render();
  }

  /** The air sensor's reading at this time; called with increasing times. */
  airAt(atMicros: number): AirSample {
    this.#advance(atMicros);
    return this.#probe.read(atMicros);
  }

  #advance(atMicros: number): void {
    const passed = secondsBetween(this.#lastMicros, atMicros);
    this.#lastMicros = atMicros;
    this.#seconds += Math.min(longestGapSeconds, Math.max(0, passed));
    while ((this.#steps + 1) * stepSeconds <= this.#seconds) this.#step();
  }

  /** The steps lie on a grid of the room's own time, so that it does not matter when pictures are taken. */
  #step(): void {
    const from = this.#steps * stepSeconds;
    if (this.#igniteAtSeconds !== null && this.#igniteAtSeconds <= from) {
      this.#fire.ignite();
      this.#igniteAtSeconds = null;
    }
    if (this.#extinguishAtSeconds !== null && this.#extinguishAtSeconds <= from) {
      this.#fire.extinguish();
      this.#extinguishAtSeconds = null;
    }
    this.#fire.step(stepSeconds, { airExcessKelvin: this.#air.excessKelvin });
    const people = this.#people?.countAt(from) ?? 0;
    this.#air.step(stepSeconds, { fireKilowatts: this.#fire.kilowatts, people });
    this.#probe.follow(this.#air.state, stepSeconds);
    this.#steps += 1;
  }

  #render(): Float32Array {
    const picture = this.#picture;
    const { camera } = this.#still;
    picture.radiance.set(this.#fire.surfaces);
    this.#people?.draw(picture, { camera, seconds: this.#seconds });
    this.#fire.paint(picture, {
      camera,
      ceilingHeight: this.#layout.height,
      seconds: this.#seconds,
      secondsAfterStep: this.#seconds - this.#steps * stepSeconds,
    });
    this.#blur.apply(picture.radiance);
    return picture.radiance;
  }
}
