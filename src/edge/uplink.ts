import { randomUUID } from "node:crypto";
import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { HealthMessage, ReplyMessage, StateMessage, TelemetryMessage } from "#wire/device-messages.ts";
import { type DeviceChannel, deviceCommandsFilter, deviceTopic, replyTopic } from "#wire/topics.ts";
import { BrokerLink } from "./broker-link.ts";
import type { DeviceLink, DeviceLinkOptions } from "./device-link.ts";
import { PictureLease } from "./picture-lease.ts";

/** What an uplink needs. */
export interface UplinkOptions extends DeviceLinkOptions {
  readonly brokerUrl: string;
  readonly credentials: { readonly username: string; readonly password: string };
}

/** Everything a device tells its hub, from its own process. What the broker cannot take is lost, except events. */
export class Uplink implements DeviceLink {
  readonly #options: UplinkOptions;
  readonly #link: BrokerLink;
  #delivering: Promise<void> | null = null;
  readonly #lease: PictureLease;

  constructor(options: UplinkOptions) {
    this.#options = options;
    this.#lease = new PictureLease(options.clock);
    const { deviceId, health } = options;
    const offline = (): string => JSON.stringify({ ...health(), online: false });
    const farewell = { topic: deviceTopic(deviceId, "health"), retain: "retain" } as const;
    this.#link = new BrokerLink({
      clock: options.clock,
      url: options.brokerUrl,
      deviceId,
      credentials: options.credentials,
      subscribeTo: deviceCommandsFilter(deviceId),
      lastWill: () => ({ ...farewell, payload: offline() }),
      goodbye: () => ({ ...farewell, payload: offline() }),
      onUp: () => this.#linkUp(),
      onDown: options.onDown,
      onMessage: options.onCommand,
    });
  }

  /** Begins to connect. */
  start(): void {
    this.#link.start();
  }

  /** Says goodbye and disconnects. */
  async stop(): Promise<void> {
    await this.#link.stop();
    await this.#delivering;
  }

  /** True while the hub can be reached. */
  get up(): boolean {
    return this.#link.up;
  }

  /** Tells what a second was like. */
  sendTelemetry(telemetry: TelemetryMessage): void {
    this.#say("telemetry", telemetry);
  }

  /** Tells how the device is. */
  sendHealth(): void {
    this.#say("health", this.#options.health());
  }

  /** Tells the whole alarm state. */
  sendState(): void {
    this.#say("state", this.#options.state());
  }

  /** Answers a command. */
  reply(commandId: string, reply: ReplyMessage): void {
    const topic = replyTopic(this.#options.deviceId, commandId);
    this.#link.send({ topic, payload: JSON.stringify(reply), retain: "no-retain" });
  }

  /** Keeps an event until the hub has it. */
  addEvent(event: AlarmEvent): void {
    this.#options.outbox.add({ v: 1, id: randomUUID(), event });
    this.#deliverWaiting();
  }

  /** Somebody watches for so long from now on. */
  watch(seconds: number): void {
    this.#lease.watch(seconds);
  }

  /** Shows a picture to whoever watches; does nothing while nobody does. */
  showFrame(frame: ThermalFrame): void {
    const payload = this.#lease.encode(frame);
    if (payload === null) return;
    this.#link.send({ topic: deviceTopic(this.#options.deviceId, "frame"), payload, retain: "no-retain" });
  }

  #say(channel: DeviceChannel, message: TelemetryMessage | HealthMessage | StateMessage): void {
    this.#link.send({
      topic: deviceTopic(this.#options.deviceId, channel),
      payload: JSON.stringify(message),
      retain: channel === "telemetry" ? "no-retain" : "retain",
    });
  }

  #linkUp(): void {
    this.sendHealth();
    this.sendState();
    this.#options.onUp();
    this.#deliverWaiting();
  }

  #deliverWaiting(): void {
    this.#delivering ??= this.#deliverAll().finally(() => {
      this.#delivering = null;
    });
  }

  /** One event at a time, so that they arrive in their order; ends when none is left or the link breaks. */
  async #deliverAll(): Promise<void> {
    const { outbox, deviceId } = this.#options;
    for (let message = outbox.first; message !== null; message = outbox.first) {
      const arrived = await this.#link.deliver({
        topic: deviceTopic(deviceId, "event"),
        payload: JSON.stringify(message),
        retain: "no-retain",
      });
      if (!arrived) return;
      outbox.remove(message.id);
    }
  }
}
