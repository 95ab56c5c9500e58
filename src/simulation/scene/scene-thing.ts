import type { AirExchange } from "./air-exchange.ts";
import type { Picture } from "./picture.ts";
import type { PinholeCamera, Point } from "./pinhole-camera.ts";
import type { RoomSpace } from "./room-layout.ts";
import type { StillScene } from "./still-scene.ts";

/** The room's air as something in the room meets it. */
export interface AirAround {
  /** Air before anything happened. */
  readonly ambientCelsius: number;
  readonly lowerCelsius: number;
  readonly upperCelsius: number;
  /** Height of the border between the two layers over the floor. */
  readonly interfaceHeightMetres: number;
  /** Oxygen that a flame breathes, as a mass fraction, 0.23 in fresh air: of the lower layer until smoke reaches down to the flame. */
  readonly oxygenMassFraction: number;
}

/** What a thing gives to the air at one moment. Rates may be 0; a sink (a grille) is no release. */
export interface AirRelease {
  readonly place: Point;
  readonly diameterMetres: number;
  /** Heat in all, and the share of it that leaves as radiation. */
  readonly heatKilowatts: number;
  readonly radiativeFraction: number;
  readonly co2KilogramsPerSecond: number;
  readonly coKilogramsPerSecond: number;
  readonly sootKilogramsPerSecond: number;
  readonly waterKilogramsPerSecond: number;
}

/** The camera's view at one moment. */
export interface SceneView {
  readonly camera: PinholeCamera;
  readonly still: StillScene;
  readonly room: RoomSpace;
  /** Seconds since the episode began. */
  readonly seconds: number;
  /** Air temperature around, for things that mix with it. */
  readonly air: AirAround;
}

/**
 * How far a fire has come. `warming`: something heats up and is no hotter than it may be in use. `incipient`: it is, and
 * nothing smoulders yet. `cooling`: nothing is left to heat it; embers may still glow.
 */
export type FireStage = "none" | "warming" | "incipient" | "smouldering" | "flaming" | "cooling";

/** What is true of a fire at one moment, for labels; never seen by a detector. */
export interface FireTruth {
  readonly stage: FireStage;
  /** Heat release as it burns now, 0 when nothing burns. */
  readonly heatReleaseKilowatts: number;
  /** Picture points that the flame itself made at least 8 K warmer than what is behind it, in the newest picture drawn. */
  readonly flamePixels: number;
  /**
   * Picture points of embers, heated fuel or vapour, at least 8 K over their start, in the newest picture drawn; counted
   * only where what they show is hotter than in use, and after the flames as long as it glows.
   */
  readonly hotPixels: number;
}

/**
 * Anything in a room that changes: a person, a kettle, a sun patch, a fire. It goes forward in steps of a tenth of a
 * second, may heat what stands still, draws itself, and gives to the air. Its random numbers are its own, given when it
 * is made, so that one thing never changes another.
 */
export interface SceneThing {
  /** Where it is now; things are drawn from far to near by this. */
  readonly place: Point;
  /** Lets time go by; `seconds` is the time since the episode began at the end of the step. */
  step(stepSeconds: number, at: { readonly seconds: number; readonly air: AirAround }): void;
  /** What it gives to the air now. */
  releases(): readonly AirRelease[];
  /** How it exchanges the room's air with that outside now, besides what it gives: open doors, supply air. */
  exchanges?(): readonly AirExchange[];
  /**
   * Adds, for each picture point, by how many kelvin it makes what stands still look warmer (or cooler) now. Called
   * every half second with a zeroed array that all things share. The still scene changes when the camera is moved:
   * what depends on it is computed again when it is another object.
   */
  heat?(still: StillScene, excessKelvin: Float32Array): void;
  /** Draws itself at `view.seconds`, which is at or up to a tenth of a second after the last step. */
  draw?(picture: Picture, view: SceneView): void;
}

/** A thing that burns. */
export interface FireThing extends SceneThing {
  /** What is true of it now. */
  readonly truth: FireTruth;
  /** Things nearer to the camera have been drawn into the picture: what they hide is not visible of it. */
  nearerDrawn?(picture: Picture): void;
}
