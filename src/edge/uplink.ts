import type { DeviceEvent } from "#core/device-event.ts";
import type { NewEntry } from "#core/event-log/event-log.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { ConnectToBroker } from "#core/messaging/broker-connection.ts";
import type { BrokerCredentials } from "#core/messaging/broker-credentials.ts";
import type { Random } from "#core/random.ts";
import type {
  HealthMessage,
  RegionsMessage,
  ReplyMessage,
  StateMessage,
  TelemetryMessage,
} from "#wire/device-messages.ts";
import {
  type DeviceChannel,
  deviceCommandsFilter,
  deviceTopic,
  receiptTopic,
  replyTopic,
} from "#wire/topics.ts";
import { BrokerLink } from "./broker-link.ts";
import type { DeviceLink, DeviceLinkOptions } from "./device-link.ts";
import { channelOf, eventEntry } from "./event-entry.ts";
import { parseReceipt } from "./parse-receipt.ts";
import { PictureLease } from "./picture-lease.ts";
import { ReceiptWatch, receiptTimeoutMs, unacknowledgedMax } from "./receipt-watch.ts";
import { TelemetryBacklog } from "./telemetry-backlog.ts";

/** What an uplink needs. */
export interface UplinkOptions extends DeviceLinkOptions {
  /** Draws the pauses between attempts to reach the hub. */
  readonly random: Random;
  readonly connect: ConnectToBroker;
  /** Makes an id that no other event ever has. */
  readonly newEventId: () => string;
  readonly brokerUrl: string;
  /** Asked for each connection. */
  readonly credentials: () => BrokerCredentials;
}

/** Everything a device tells its hub, from its own process. What the broker cannot take is lost, except events. */
export class Uplink implements DeviceLink {
  readonly #options: UplinkOptions;
  readonly #link: BrokerLink;
  readonly #receipts: ReceiptWatch;
  #delivering: Promise<void> | null = null;
  readonly #lease: PictureLease;
  readonly #backlog: TelemetryBacklog;
  /** Something may have come to wait since the keeper was last asked. */
  #asked = false;

  constructor(options: UplinkOptions) {
    this.#options = options;
    this.#lease = new PictureLease(options.clock);
    this.#backlog = new TelemetryBacklog(options.keeper, options.newEventId);
    const { deviceId, health } = options;
    const offline = (): string => JSON.stringify({ ...health(), online: false });
    const farewell = { topic: deviceTopic(deviceId, "health"), retain: "retain" } as const;
    this.#receipts = new ReceiptWatch(options.clock);
    options.keeper.onWaiting = () => this.#deliverWaiting();
    this.#link = new BrokerLink({
      clock: options.clock,
      random: options.random,
      connect: options.connect,
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
    this.#backlog.flush();
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
    if (this.#link.up) this.#say("telemetry", telemetry);
    else this.#backlog.add(telemetry);
  }

  /** Tells how the device is. */
  sendHealth(): void {
    this.#say("health", this.#options.health());
  }

  /** Tells the whole alarm state. */
  sendState(): void {
    this.#say("state", this.#options.state());
  }

  /** Tells the regions of the picture, and what the device proposes. */
  sendRegions(): void {
    this.#say("regions", this.#options.regions());
  }

  /** Answers a command. */
  reply(commandId: string, reply: ReplyMessage): void {
    const topic = replyTopic(this.#options.deviceId, commandId);
    this.#link.send({ topic, payload: JSON.stringify(reply), retain: "no-retain" });
  }

  /** Keeps an event until the hub has it; returns its id. */
  addEvent(event: DeviceEvent): string {
    const { keeper, newEventId } = this.#options;
    const id = newEventId();
    keeper.add(eventEntry({ v: 1, id, event }));
    return id;
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

  #say(
    channel: DeviceChannel,
    message: TelemetryMessage | HealthMessage | StateMessage | RegionsMessage,
  ): void {
    this.#link.send({
      topic: deviceTopic(this.#options.deviceId, channel),
      payload: JSON.stringify(message),
      retain: channel === "telemetry" ? "no-retain" : "retain",
    });
  }

  #linkUp(): void {
    this.sendHealth();
    this.sendState();
    this.sendRegions();
    this.#options.onUp();
    this.#backlog.flush();
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
      // What was asked for after the loop had ended, and before this, would wait for the next event.
      if (this.#asked && this.#link.up) this.#deliverWaiting();
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
      for (const entry of entries) this.#sendEntry(entry);
      const outcome = await received;
      if (outcome === "timeout") {
        this.#link.drop(`the hub acknowledged no event for ${receiptTimeoutMs / 1_000} s`);
      }
      if (outcome === "received") this.#asked = true;
    }
  }

  /** That the broker has it says little: only the receipt does. */
  #sendEntry(entry: NewEntry): void {
    const topic = deviceTopic(this.#options.deviceId, channelOf(entry));
    void this.#link.deliver({ topic, payload: entry.body, retain: "no-retain" });
  }
}
