import type { TroubleCode } from "#core/alarm/trouble.ts";
import type { DeviceEvent } from "#core/device-event.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { Clock } from "#core/time.ts";
import type {
  HealthMessage,
  RegionsMessage,
  ReplyMessage,
  StateMessage,
  TelemetryMessage,
} from "#wire/device-messages.ts";
import type { EventKeeper } from "./event-keeper.ts";

/** What any link to the hub needs of its device. */
export interface DeviceLinkOptions {
  readonly deviceId: string;
  readonly clock: Clock;
  /** Keeps events until the hub has them. */
  readonly keeper: EventKeeper;
  readonly health: () => HealthMessage;
  readonly state: () => StateMessage;
  readonly regions: () => RegionsMessage;
  readonly onUp: () => void;
  /** Told at the end of each connection and each failed attempt, with the cause. */
  readonly onDown: (cause: string) => void;
  /** A message on a command topic, from whoever the broker let publish there. */
  readonly onCommand: (topic: string, payload: Uint8Array) => void;
  /** A fault of the link itself came or went. */
  readonly onTrouble: (trouble: { code: TroubleCode; active: boolean; text: string }) => void;
}

/**
 * The way from a device to its hub. Each call returns at once, whatever the link is doing; what it cannot take is lost,
 * except events.
 */
export interface DeviceLink {
  /** Begins to connect. */
  start(): void;
  /** Says goodbye if it can, and ends for good. */
  stop(): Promise<void>;
  /** Tells what a second was like. */
  sendTelemetry(telemetry: TelemetryMessage): void;
  /** Tells how the device is. */
  sendHealth(): void;
  /** Tells the whole alarm state. */
  sendState(): void;
  /** Tells the regions of the picture, and what the device proposes. */
  sendRegions(): void;
  /** Answers a command. */
  reply(commandId: string, reply: ReplyMessage): void;
  /** Keeps an event until the hub has it; returns its id. */
  addEvent(event: DeviceEvent): string;
  /** Somebody watches for so long from now on. */
  watch(seconds: number): void;
  /** Shows a picture to whoever watches; does nothing while nobody does. */
  showFrame(frame: ThermalFrame): void;
}
