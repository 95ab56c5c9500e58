import { randomUUID } from "node:crypto";
import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { Clock } from "#core/time.ts";
import type { HealthMessage, ReplyMessage, StateMessage, TelemetryMessage } from "#wire/device-messages.ts";
import { encodeLiveFrame } from "#wire/live-frame-codec.ts";
import { type DeviceChannel, deviceCommandsFilter, deviceTopic, replyTopic } from "#wire/topics.ts";
import { BrokerLink } from "./broker-link.ts";
import type { EventOutbox } from "./event-outbox.ts";

/** Pictures go out at most this often, however fast a replay runs. */
const pictureIntervalMinMs = 60;

/** What an uplink needs. */
export interface UplinkOptions {
  readonly deviceId: string;
  readonly clock: Clock;
  readonly brokerUrl: string;
  readonly credentials: { readonly username: string; readonly password: string };
  readonly outbox: EventOutbox;
  readonly health: () => HealthMessage;
  readonly state: () => StateMessage;
  readonly onUp: () => void;
  readonly onDown: (cause: string) => void;
  readonly onCommand: (topic: string, payload: Uint8Array) => void;
}

/** Everything a device tells its hub. Each call returns at once; what the link cannot take is lost, except events. */
export class Uplink {
  readonly #options: UplinkOptions;
  readonly #link: BrokerLink;
  #delivering: Promise<void> | null = null;
  #watchedUntilMs = Number.NEGATIVE_INFINITY;
  #lastPictureMs = Number.NEGATIVE_INFINITY;

  constructor(options: UplinkOptions) {
    this.#options = options;
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
    this.#watchedUntilMs = this.#options.clock.monotonicMs() + seconds * 1_000;
  }

  /** Shows a picture to whoever watches; does nothing while nobody does. */
  showFrame(frame: ThermalFrame): void {
    const nowMs = this.#options.clock.monotonicMs();
    if (nowMs >= this.#watchedUntilMs || nowMs - this.#lastPictureMs < pictureIntervalMinMs) return;
    this.#lastPictureMs = nowMs;
    const gain = frame.telemetry?.effectiveGain ?? null;
    const payload = encodeLiveFrame({
      ...frame,
      ffcState: frame.telemetry?.ffcState ?? null,
      ...(gain === null ? {} : { gain }),
    });
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
