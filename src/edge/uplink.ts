import { randomUUID } from "node:crypto";
import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { Random } from "#core/random.ts";
import type { Clock } from "#core/time.ts";
import {
  type HealthMessage,
  type ReceiptMessage,
  type ReplyMessage,
  receiptSchema,
  type StateMessage,
  type TelemetryMessage,
} from "#wire/device-messages.ts";
import { encodeLiveFrame } from "#wire/live-frame-codec.ts";
import {
  type DeviceChannel,
  deviceCommandsFilter,
  deviceTopic,
  receiptTopic,
  replyTopic,
} from "#wire/topics.ts";
import { BrokerLink } from "./broker-link.ts";
import { eventEntry } from "./event-entry.ts";
import type { EventKeeper } from "./event-keeper.ts";
import { ReceiptWatch, receiptTimeoutMs } from "./receipt-watch.ts";

/** Pictures go out at most this often, however fast a replay runs. */
const pictureIntervalMinMs = 60;
/** Events that are sent before the first of them has its receipt. */
const unacknowledgedMax = 32;

/** What an uplink needs. */
export interface UplinkOptions {
  readonly deviceId: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly brokerUrl: string;
  readonly credentials: { readonly username: string; readonly password: string };
  readonly keeper: EventKeeper;
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
  readonly #receipts: ReceiptWatch;
  #delivering: Promise<void> | null = null;
  /** Something may have come to wait since the keeper was last asked. */
  #asked = false;
  #watchedUntilMs = Number.NEGATIVE_INFINITY;
  #lastPictureMs = Number.NEGATIVE_INFINITY;

  constructor(options: UplinkOptions) {
    this.#options = options;
    const { deviceId, health } = options;
    const offline = (): string => JSON.stringify({ ...health(), online: false });
    const farewell = { topic: deviceTopic(deviceId, "health"), retain: "retain" } as const;
    this.#receipts = new ReceiptWatch(options.clock);
    options.keeper.onWaiting = () => this.#deliverWaiting();
    this.#link = new BrokerLink({
      clock: options.clock,
      random: options.random,
      url: options.brokerUrl,
      deviceId,
      credentials: options.credentials,
      subscribeTo: [deviceCommandsFilter(deviceId), receiptTopic(deviceId)],
      lastWill: () => ({ ...farewell, payload: offline() }),
      goodbye: () => ({ ...farewell, payload: offline() }),
      onUp: () => this.#linkUp(),
      onDown: (cause) => {
        this.#receipts.giveUp();
        options.onDown(cause);
      },
      onMessage: (topic, payload) => this.#hear(topic, payload),
    });
  }

  /** Begins to connect. */
  start(): void {
    this.#link.start();
  }

  /** Says goodbye and disconnects. */
  async stop(): Promise<void> {
    await this.#link.stop();
    this.#receipts.giveUp();
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
    this.#options.keeper.add(eventEntry({ v: 1, id: randomUUID(), event }));
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

  #hear(topic: string, payload: Uint8Array): void {
    if (topic !== receiptTopic(this.#options.deviceId)) {
      this.#options.onCommand(topic, payload);
      return;
    }
    const receipt = parseReceipt(payload);
    if (receipt === null) return;
    this.#link.proven();
    this.#options.keeper.received(receipt.ids);
    this.#receipts.hear(receipt.ids);
  }

  #deliverWaiting(): void {
    this.#asked = true;
    this.#delivering ??= this.#deliverAll().finally(() => {
      this.#delivering = null;
    });
  }

  /**
   * A few events at a time, in their order; the next ones when all of these have their receipts. Ends when none is left
   * or the link breaks; a link that brings no receipts is broken.
   */
  async #deliverAll(): Promise<void> {
    const { keeper } = this.#options;
    while (this.#asked && this.#link.up) {
      this.#asked = false;
      const entries = await keeper.waiting(unacknowledgedMax);
      if (entries.length === 0 || !this.#link.up) continue;
      const received = this.#receipts.expect(entries.map(({ id }) => id));
      for (const { body } of entries) this.#sendEvent(body);
      const outcome = await received;
      if (outcome === "timeout") {
        this.#link.drop(`the hub acknowledged no event for ${receiptTimeoutMs / 1_000} s`);
      }
      if (outcome === "received") this.#asked = true;
    }
  }

  /** That the broker has it says little: only the receipt does. */
  #sendEvent(payload: string): void {
    const topic = deviceTopic(this.#options.deviceId, "event");
    void this.#link.deliver({ topic, payload, retain: "no-retain" });
  }
}

function parseReceipt(payload: Uint8Array): ReceiptMessage | null {
  try {
    return receiptSchema.safeParse(JSON.parse(new TextDecoder().decode(payload))).data ?? null;
  } catch {
    return null;
  }
}
