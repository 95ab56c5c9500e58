import type { FfcWish } from "#core/alarm/ffc-hold.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { SensorFault } from "./sensor-fault.ts";

/** What a camera tells its owner. */
export interface ThermalCameraListener {
  /**
   * A picture. Its pixels belong to the listener. One with the counter and the pixels of the one before says that the
   * camera stands still, and is no news.
   */
  onFrame(frame: ThermalFrame): void;
  /** Something went wrong; the camera goes on trying, and says so again when it works. */
  onTrouble(text: string): void;
  /** A named fault that only the driver can know of came or went. */
  onFault?(fault: SensorFault): void;
  /** The source has ended for good (a recording's end); a real camera never ends. */
  onEnd(): void;
}

/** A source of thermal pictures: a driver, an emulator or a recording. */
export interface ThermalCamera {
  /** Starts pictures flowing to the listener; called once. */
  start(listener: ThermalCameraListener): Promise<void>;
  /**
   * Lets automatic flat-field corrections wait, or go on: as soon as the camera takes it, and again after it was set up
   * anew. Absent where a camera cannot be told.
   */
  holdCorrections?(wish: FfcWish): void;
  /** Stops and frees everything; safe to call twice. */
  stop(): Promise<void>;
  /**
   * Runs a flat-field correction now (FFC: the shutter closes for about a second) and resolves when it has ended. Left
   * out by a camera that cannot be told to. Throws `Failure`.
   */
  runFfc?(): Promise<void>;
}
