import type { AirChannel, ChannelSample } from "#core/frames/channel-sample.ts";
import type { SensorFault } from "./sensor-fault.ts";

/** What an extra sensor tells its owner. */
export interface ExtraSensorListener {
  /** All channels of one measurement; absent values are NaN. */
  onChannels(samples: readonly ChannelSample[]): void;
  /** Something went wrong; the sensor goes on trying. */
  onTrouble(text: string): void;
  /** A named fault came or went. */
  onFault(fault: SensorFault): void;
}

/** A sensor beside camera and CO2: its channels are published and recorded, and decide nothing by themselves. */
export interface ExtraSensor {
  /** Name in messages, for example "sps30". */
  readonly name: string;
  readonly channels: readonly AirChannel[];
  readonly periodSeconds: number;
  /** Starts measurements flowing to the listener; called once. */
  start(listener: ExtraSensorListener): Promise<void>;
  /** Stops and frees everything; safe to call twice. */
  stop(): Promise<void>;
}
