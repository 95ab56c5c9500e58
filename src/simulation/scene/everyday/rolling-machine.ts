import { type Build, drawBody } from "../body.ts";
import { RadiantWarmth } from "../hot/radiant-warmth.ts";
import { BodyWarmth } from "../people/body-warmth.ts";
import type { Picture } from "../picture.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirRelease, SceneThing, SceneView } from "../scene-thing.ts";
import { drawSolidBox } from "../solid-box.ts";
import type { StillScene } from "../still-scene.ts";
import type { Drive, Rolling } from "./drive.ts";

/** A part of a vehicle as a box: where it is in the vehicle's own directions, and how warm at a time. Metres. */
export interface MachinePart {
  /** Middle of its underside: to the vehicle's right when seen from the front, up, and backwards. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly width: number;
  readonly height: number;
  readonly length: number;
  readonly celsiusAt: (seconds: number) => {
    readonly low: number;
    readonly high: number;
    readonly front?: number;
  };
}

/** Options of `RollingMachine`. */
export interface RollingMachineOptions {
  readonly drive: Drive;
  readonly parts: readonly MachinePart[];
  /** Who sits on it, how high, or null when nobody is to be seen. */
  readonly driver: { readonly build: Build; readonly seatLiftMetres: number; readonly z: number } | null;
  /** Something under it that shines on the floor where it stands: where, and how strongly at a time. */
  readonly shines?: { readonly place: Point; readonly kilowattsAt: (seconds: number) => number };
  readonly releaseAt: (seconds: number, rolling: Rolling) => readonly AirRelease[];
}

/** A vehicle that drives through a room: boxes of different warmth on wheels. */
export class RollingMachine implements SceneThing {
  readonly #options: RollingMachineOptions;
  readonly #warmth = new BodyWarmth();
  readonly #floorWarmth: RadiantWarmth | null;
  #seconds = 0;

  constructor(options: RollingMachineOptions) {
    this.#options = options;
    const { shines } = options;
    this.#floorWarmth =
      shines === undefined ? null : new RadiantWarmth({ place: shines.place, facing: null });
  }

  get place(): Point {
    const { x, z } = this.#options.drive.at(this.#seconds);
    return { x, y: 0.6, z };
  }

  step(stepSeconds: number, at: { readonly seconds: number }): void {
    this.#seconds = at.seconds;
    this.#floorWarmth?.step(stepSeconds, this.#options.shines?.kilowattsAt(at.seconds) ?? 0);
  }

  heat(still: StillScene, excessKelvin: Float32Array): void {
    this.#floorWarmth?.addTo(still, excessKelvin);
  }

  releases(): readonly AirRelease[] {
    return this.#options.releaseAt(this.#seconds, this.#options.drive.at(this.#seconds));
  }

  draw(picture: Picture, view: SceneView): void {
    const { drive, parts, driver } = this.#options;
    const rolling = drive.at(view.seconds);
    const { position } = view.camera;
    const placed = parts.map((part) => {
      const base = placeOf(rolling, part);
      return {
        part,
        base,
        distance: Math.hypot(base.x - position.x, base.y + part.height / 2 - position.y, base.z - position.z),
      };
    });
    placed.sort((one, other) => other.distance - one.distance);
    const seat = driver === null ? null : placeOf(rolling, { x: 0, y: 0, z: driver.z });
    const seatDistance =
      seat === null ? 0 : Math.hypot(seat.x - position.x, 1 - position.y, seat.z - position.z);
    let seated = seat === null;
    for (const { part, base, distance } of placed) {
      if (!seated && distance < seatDistance) {
        this.#drawDriver(picture, view, rolling);
        seated = true;
      }
      const { low, high, front } = part.celsiusAt(view.seconds);
      drawSolidBox(picture, view.camera, {
        base,
        heading: rolling.heading,
        width: part.width,
        height: part.height,
        length: part.length,
        lowCelsius: low,
        highCelsius: high,
        ...(front === undefined ? {} : { frontCelsius: front }),
      });
    }
    if (!seated) this.#drawDriver(picture, view, rolling);
  }

  #drawDriver(picture: Picture, view: SceneView, rolling: Rolling): void {
    const { driver } = this.#options;
    if (driver === null) return;
    const { x, z } = placeOf(rolling, { x: 0, y: 0, z: driver.z });
    drawBody(picture, {
      camera: view.camera,
      build: this.#warmth.warmed(driver.build, picture, view),
      posture: {
        x,
        z,
        sitting: 1,
        stride: 0,
        swing: 0,
        lean: 0.02 * Math.sin(view.seconds),
        reach: 0.9,
        heading: rolling.heading,
        liftMetres: driver.seatLiftMetres,
      },
    });
  }
}

function placeOf(rolling: Rolling, part: Point): Point {
  const cos = Math.cos(rolling.heading);
  const sin = Math.sin(rolling.heading);
  return {
    x: rolling.x + part.x * cos - part.z * sin,
    y: part.y,
    z: rolling.z + part.x * sin + part.z * cos,
  };
}
