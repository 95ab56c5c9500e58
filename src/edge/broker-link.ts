import type { Socket } from "node:net";
import { connect, type MqttClient } from "mqtt";
import type { Random } from "#core/random.ts";
import type { Cancel, Clock } from "#core/time.ts";

/** First pause before connecting again; it doubles up to the longest, and each is shortened by lot, by up to a half. */
const reconnectFirstMs = 500;
/** Longest pause between two attempts: an operator who repairs the link sees the device come back. */
const reconnectLongestMs = 10_000;
/** A connection that is not made by then is given up. */
const connectTimeoutMs = 5_000;
/** The broker is asked whether it is there after so long; a dead link is known after one and a half times this. */
const keepaliveSeconds = 10;
/** While more than this waits to be sent, messages that may be lost are. */
const backlogBytesMax = 512 * 1024;
/** How long a goodbye may take. */
const goodbyeMs = 1_000;

/** A message on its way to the broker. */
export interface OutgoingMessage {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  readonly retain: "retain" | "no-retain";
}

/** What a link needs. */
export interface BrokerLinkOptions {
  readonly clock: Clock;
  /** Draws the pauses, so that many devices do not all come back at once. */
  readonly random: Random;
  /** Like mqtt://127.0.0.1:1883 */
  readonly url: string;
  readonly deviceId: string;
  readonly credentials: { readonly username: string; readonly password: string };
  /** Topics and filters that the device listens to. */
  readonly subscribeTo: readonly string[];
  /** Made anew for each connection: what the broker says of this device when it vanishes. */
  readonly lastWill: () => OutgoingMessage;
  /** What the device says last when it stops by itself. */
  readonly goodbye: () => OutgoingMessage;
  readonly onUp: () => void;
  /** Told at the end of each connection and each failed attempt, with the cause; not when stopped. */
  readonly onDown: (cause: string) => void;
  readonly onMessage: (topic: string, payload: Uint8Array) => void;
}

/**
 * The connection to the broker: made again and again with growing pauses until stopped. Nothing here is waited for by
 * the device's decisions. Each connection is a new MQTT client, so that nothing of an old one is left over; what must
 * not be lost is kept by the caller until `deliver` says it arrived.
 */
export class BrokerLink {
  readonly #options: BrokerLinkOptions;
  readonly #unanswered = new Set<(arrived: boolean) => void>();
  #client: MqttClient | null = null;
  #up = false;
  #running = false;
  #pauseMs = reconnectFirstMs;
  #cancelPause: Cancel | null = null;

  constructor(options: BrokerLinkOptions) {
    this.#options = options;
  }

  /** Begins to connect; returns at once. */
  start(): void {
    this.#running = true;
    this.#connect();
  }

  /** True while connected and subscribed. */
  get up(): boolean {
    return this.#up;
  }

  /** Sends a message at most once; false when it was let go because the link is down or cannot keep up. */
  send(message: OutgoingMessage): boolean {
    const client = this.#client;
    if (client === null || !this.#up || backlogBytes(client) > backlogBytesMax) return false;
    client.publish(message.topic, asPayload(message), { qos: 0, retain: message.retain === "retain" });
    return true;
  }

  /** Sends a message and resolves true when the broker has it, false when the connection ended before. */
  deliver(message: OutgoingMessage): Promise<boolean> {
    const client = this.#client;
    if (client === null || !this.#up) return Promise.resolve(false);
    return new Promise((resolve) => {
      const settle = (arrived: boolean): void => {
        this.#unanswered.delete(settle);
        resolve(arrived);
      };
      this.#unanswered.add(settle);
      const options = { qos: 1, retain: message.retain === "retain" } as const;
      client.publish(message.topic, asPayload(message), options, (error) => settle(!error));
    });
  }

  /** The other side has proven that it works: the next pause is a short one again. */
  proven(): void {
    this.#pauseMs = reconnectFirstMs;
  }

  /** Ends the connection because the other side does not do its part, and connects again after a pause. */
  drop(cause: string): void {
    const client = this.#client;
    if (client !== null) this.#lost(client, cause);
  }

  /** Says goodbye if it can, and ends for good; safe to call twice. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#cancelPause?.();
    this.#cancelPause = null;
    const client = this.#client;
    if (client === null) return;
    if (this.#up) await this.#sayGoodbye(client);
    this.#up = false;
    this.#client = null;
    this.#letGoUnanswered();
    await new Promise<void>((resolve) => client.end(true, () => resolve()));
  }

  async #sayGoodbye(client: MqttClient): Promise<void> {
    const said = this.deliver(this.#options.goodbye());
    let cancel: Cancel = () => {};
    const late = new Promise<boolean>((resolve) => {
      cancel = this.#options.clock.after(goodbyeMs, () => resolve(false));
    });
    const arrived = await Promise.race([said, late]);
    cancel();
    // A polite DISCONNECT keeps the broker from publishing the last will on top of the goodbye.
    if (arrived) await new Promise<void>((resolve) => client.end(false, () => resolve()));
  }

  #connect(): void {
    const { url, deviceId, credentials, lastWill } = this.#options;
    const will = lastWill();
    const client = connect(url, {
      ...credentials,
      clientId: deviceId,
      protocolVersion: 4,
      clean: true,
      reconnectPeriod: 0,
      connectTimeout: connectTimeoutMs,
      keepalive: keepaliveSeconds,
      // Own writes are no proof that the other side is there (MQTT.js issue 1855).
      reschedulePings: false,
      queueQoSZero: false,
      // It would keep a buffer of each of 65,536 numbers, 9 MB.
      writeCache: false,
      resubscribe: false,
      will: {
        topic: will.topic,
        payload: asPayload(will),
        qos: 1,
        retain: will.retain === "retain",
      },
    });
    this.#client = client;
    let cause = "the broker closed the connection";
    client.on("connect", () => this.#subscribe(client));
    client.on("message", (topic, payload) => {
      if (client === this.#client) this.#options.onMessage(topic, payload);
    });
    client.on("error", (error) => {
      cause = describe(error);
    });
    client.on("close", () => this.#lost(client, cause));
  }

  #subscribe(client: MqttClient): void {
    (client.stream as unknown as Socket).setNoDelay(true);
    client.subscribe([...this.#options.subscribeTo], { qos: 0 }, (error, granted) => {
      if (client !== this.#client) return;
      if (error !== null || granted?.some(({ qos }) => qos === 128)) {
        client.end(true);
        return;
      }
      this.#up = true;
      this.#options.onUp();
    });
  }

  #lost(client: MqttClient, cause: string): void {
    if (client !== this.#client) return;
    this.#client = null;
    this.#up = false;
    client.end(true);
    this.#letGoUnanswered();
    // A link that ends because it was stopped is no news.
    if (!this.#running) return;
    this.#options.onDown(cause);
    const { clock, random } = this.#options;
    const pauseMs = random.between(this.#pauseMs / 2, this.#pauseMs);
    this.#cancelPause = clock.after(pauseMs, () => this.#connect());
    this.#pauseMs = Math.min(2 * this.#pauseMs, reconnectLongestMs);
  }

  #letGoUnanswered(): void {
    for (const settle of [...this.#unanswered]) settle(false);
  }
}

function backlogBytes(client: MqttClient): number {
  return (client.stream as unknown as Socket).writableLength;
}

function asPayload(message: OutgoingMessage): string | Buffer {
  const { payload } = message;
  return typeof payload === "string"
    ? payload
    : Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
}

/** A refused connection comes as an aggregate of one error per address, with an empty message. */
function describe(error: Error): string {
  const code = (error as NodeJS.ErrnoException).code;
  return error.message || String(code ?? error.name);
}
