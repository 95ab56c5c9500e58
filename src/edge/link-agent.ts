import type { ConnectToBroker, OutgoingMessage } from "#core/messaging/broker-connection.ts";
import type { BrokerCredentials } from "#core/messaging/broker-credentials.ts";
import type { Random } from "#core/random.ts";
import type { Cancel, Clock } from "#core/time.ts";
import { commandCharactersMax, commandSchema } from "#wire/command-messages.ts";
import { healthSchema, type ReplyMessage } from "#wire/device-messages.ts";
import { type FromLink, type ReceiptedChannel, type ToLink, toLinkSchema } from "#wire/link-channel.ts";
import {
  commandTopic,
  type DeviceChannel,
  deviceCommandsFilter,
  deviceTopic,
  receiptTopic,
  replyTopic,
} from "#wire/topics.ts";
import { BrokerLink } from "./broker-link.ts";
import { whyStale } from "./commands/command-time.ts";
import { ModelInbox, type ModelPart } from "./commands/model-inbox.ts";
import { LinkRecorder } from "./link-recorder.ts";
import { parseReceipt } from "./parse-receipt.ts";
import { ReceiptWatch, receiptTimeoutMs } from "./receipt-watch.ts";

/** The alarm process is told so often that this one works. */
const aliveEveryMs = 1_000;
/** Credentials that cannot be read are looked at again so often: somebody may mend them. */
const credentialsEveryMs = 10_000;

/** What a link agent needs. */
export interface LinkAgentOptions {
  readonly clock: Clock;
  /** Draws the pauses between attempts to reach the hub. */
  readonly random: Random;
  readonly connect: ConnectToBroker;
  /** How the device shows who it is, by the name of its file and what it is shown to. */
  readonly readCredentials: (path: string, begin: Begin) => Promise<BrokerCredentials>;
  readonly tell: (message: FromLink) => void;
  /** The device has stopped: nothing is left to do. */
  readonly onEnd: () => void;
  readonly log: (line: string) => void;
}

type Begin = Extract<ToLink, { kind: "begin" }>;

/** The link process: carries a device's messages to its broker and commands back, records, and decides nothing. */
export class LinkAgent {
  readonly #options: LinkAgentOptions;
  readonly #cancels: Cancel[] = [];
  #deviceId = "";
  #link: BrokerLink | null = null;
  #credentials: BrokerCredentials | null = null;
  #models: ModelInbox | null = null;
  #recorder: LinkRecorder | null = null;
  #health: string | null = null;
  #state: string | null = null;
  #regions: string | null = null;
  /** Without a receipt so far, in order. */
  readonly #events = new Map<string, { readonly text: string; readonly channel: ReceiptedChannel }>();
  readonly #receipts: ReceiptWatch;

  constructor(options: LinkAgentOptions) {
    this.#options = options;
    this.#receipts = new ReceiptWatch(options.clock);
  }

  /** Begins to say that this process works. */
  start(): void {
    const { clock, tell } = this.#options;
    tell({ kind: "alive" });
    this.#cancels.push(clock.every(aliveEveryMs, () => tell({ kind: "alive" })));
  }

  /** Closes what is recorded, says goodbye and disconnects; safe to call twice. */
  async stop(): Promise<void> {
    for (const cancel of this.#cancels.splice(0)) cancel();
    const recorder = this.#recorder;
    this.#recorder = null;
    await Promise.all([this.#link?.stop(), recorder?.stop()]);
    this.#receipts.giveUp();
  }

  /** Does what the alarm process says; what it cannot have said is an error of the program and throws. */
  receive(said: unknown): void {
    const message = toLinkSchema.parse(said);
    switch (message.kind) {
      case "begin":
        this.#begin(message).catch((error: unknown) => {
          this.#options.log(`${message.deviceId}: ${String(error)}`);
        });
        return;
      case "telemetry":
        this.#send("telemetry", message.text, "no-retain");
        return;
      case "health":
        this.#health = message.text;
        this.#send("health", message.text, "retain");
        return;
      case "state":
        this.#state = message.text;
        this.#send("state", message.text, "retain");
        return;
      case "regions":
        this.#regions = message.text;
        this.#send("regions", message.text, "retain");
        return;
      case "picture":
        this.#send("frame", message.payload, "no-retain");
        return;
      case "reply": {
        const topic = replyTopic(this.#deviceId, message.commandId);
        this.#link?.send({ topic, payload: message.text, retain: "no-retain" });
        return;
      }
      case "events":
        this.#events.clear();
        for (const { id, ...event } of message.events) this.#events.set(id, event);
        void this.#sendEvents();
        return;
      case "record-begin":
        this.#record(message);
        return;
      case "record":
        this.#recorder?.take(message);
        return;
      case "record-clip":
        void this.#recorder?.takeClip(message);
        return;
      case "end":
        void this.stop().finally(() => this.#options.onEnd());
    }
  }

  async #begin(begin: Begin): Promise<void> {
    this.#deviceId = begin.deviceId;
    if (begin.modelFolder !== null) this.#models ??= new ModelInbox(begin.modelFolder);
    try {
      this.#connect(begin, await this.#options.readCredentials(begin.credentialsFile, begin));
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      this.#options.tell({ kind: "down", cause: cause.slice(0, 1_000) });
      this.#cancels.push(this.#options.clock.after(credentialsEveryMs, () => void this.#begin(begin)));
    }
  }

  #record(begin: Extract<ToLink, { kind: "record-begin" }>): void {
    const { clock, tell, log } = this.#options;
    this.#recorder = new LinkRecorder({ begin, clock, tell });
    this.#recorder.start().catch((error: unknown) => log(`${begin.deviceId}: ${String(error)}`));
  }

  /** Shows these from the next connection on: a certificate was renewed. */
  useCredentials(credentials: BrokerCredentials): void {
    this.#credentials = credentials;
  }

  #connect(begin: Begin, credentials: BrokerCredentials): void {
    this.useCredentials(credentials);
    const { clock, random, connect, tell } = this.#options;
    const { deviceId, brokerUrl } = begin;
    this.#link = new BrokerLink({
      clock,
      random,
      connect,
      url: brokerUrl,
      deviceId,
      credentials: () => this.#credentials ?? credentials,
      subscribeTo: [deviceCommandsFilter(deviceId), receiptTopic(deviceId)],
      lastWill: () => this.#offline(),
      goodbye: () => this.#offline(),
      onUp: () => this.#linkUp(),
      onDown: (cause) => {
        this.#receipts.giveUp();
        tell({ kind: "down", cause: cause.slice(0, 1_000) });
      },
      onMessage: (topic, payload) => {
        if (topic === receiptTopic(deviceId)) this.#hearReceipt(payload);
        else this.#command(topic, payload);
      },
    });
    this.#link.start();
  }

  #linkUp(): void {
    if (this.#health !== null) this.#send("health", this.#health, "retain");
    if (this.#state !== null) this.#send("state", this.#state, "retain");
    if (this.#regions !== null) this.#send("regions", this.#regions, "retain");
    this.#options.tell({ kind: "up" });
    void this.#sendEvents();
  }

  /** Health that says "gone"; empty, which clears it, where the device has not said yet how it is. */
  #offline(): OutgoingMessage {
    const topic = deviceTopic(this.#deviceId, "health");
    if (this.#health === null) return { topic, payload: "", retain: "retain" };
    const health = healthSchema.parse(JSON.parse(this.#health));
    return { topic, payload: JSON.stringify({ ...health, online: false }), retain: "retain" };
  }

  #send(channel: DeviceChannel, payload: string | Uint8Array, retain: OutgoingMessage["retain"]): void {
    this.#link?.send({ topic: deviceTopic(this.#deviceId, channel), payload, retain });
  }

  /** Sends what has no receipt yet. It stays here until it has one; each new connection has it sent again. */
  async #sendEvents(): Promise<void> {
    const link = this.#link;
    if (link === null || !link.up || this.#events.size === 0) return;
    const received = this.#receipts.expect([...this.#events.keys()]);
    // That the broker has it says little: only the receipt does.
    for (const { text: payload, channel } of this.#events.values())
      void link.deliver({ topic: deviceTopic(this.#deviceId, channel), payload, retain: "no-retain" });
    if ((await received) !== "timeout") return;
    link.drop(`the hub acknowledged no event for ${receiptTimeoutMs / 1_000} s`);
  }

  #hearReceipt(payload: Uint8Array): void {
    const receipt = parseReceipt(payload);
    if (receipt === null) return;
    this.#link?.proven();
    const ids = receipt.ids.filter((id) => this.#events.delete(id));
    this.#receipts.hear(ids);
    if (ids.length > 0) this.#options.tell({ kind: "received", ids });
  }

  #command(topic: string, payload: Uint8Array): void {
    const text = new TextDecoder().decode(payload);
    if (this.#models !== null && topic === commandTopic(this.#deviceId, "model-part")) {
      void this.#takePart(this.#models, text);
      return;
    }
    if (text.length > commandCharactersMax) {
      this.#options.log(`${this.#deviceId}: a command of ${text.length} characters is let go`);
      return;
    }
    this.#options.tell({ kind: "command", topic: topic.slice(0, 1_000), payload: text });
  }

  /** A part of a model stays in this process: the one that decides has no time for it. */
  async #takePart(models: ModelInbox, text: string): Promise<void> {
    const part = parsePart(text);
    if (part === null) {
      this.#options.log(`${this.#deviceId}: what came as a part of a model is none`);
      return;
    }
    const stale = whyStale(part, this.#options.clock.nowMicros());
    const answer = stale === null ? await models.take(part) : { ok: false, text: stale };
    const reply: ReplyMessage = { v: 1, ...answer };
    const topic = replyTopic(this.#deviceId, part.id);
    this.#link?.send({ topic, payload: JSON.stringify(reply), retain: "no-retain" });
  }
}

function parsePart(text: string): ModelPart | null {
  try {
    const command = commandSchema.safeParse(JSON.parse(text)).data;
    return command?.command === "model-part" ? command : null;
  } catch {
    return null;
  }
}
