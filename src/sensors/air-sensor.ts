import type { AirSample } from "#core/frames/air-sample.ts";
import type { SensorFault } from "./sensor-fault.ts";

/** What an air sensor tells its owner. */
export interface AirSensorListener {
  onSample(sample: AirSample): void;
  /** Something went wrong; the sensor goes on trying. */
  onTrouble(text: string): void;
  /** A named fault came or went. */
  onFault?(fault: SensorFault): void;
  /** The source has ended for good (a recording's end); a real sensor never ends. */
  onEnd(): void;
}

/** A source of air readings: a driver, an emulator or a recording. */
export interface AirSensor {
  /** Time between two readings; absent where the source cannot say (a recording). */
  readonly periodSeconds?: number;
  /** Starts readings flowing to the listener; called once. */
  start(listener: AirSensorListener): Promise<void>;
  /** Stops and frees everything; safe to call twice. */
  stop(): Promise<void>;
}
