import type {
  BrokerConnection,
  ConnectToBroker,
  OutgoingMessage,
} from "#core/messaging/broker-connection.ts";
import type { BrokerCredentials } from "#core/messaging/broker-credentials.ts";
import type { Random } from "#core/random.ts";
import type { Cancel, Clock } from "#core/time.ts";

/** First pause before connecting again; it doubles up to the longest, and each is shortened by lot, by up to a half. */
const reconnectFirstMs = 500;
/** Longest pause between two attempts: an operator who repairs the link sees the device come back. */
export const reconnectLongestMs = 10_000;
/** While more than this waits to be sent, messages that may be lost are. */
export const backlogBytesMax = 512 * 1024;
/** How long a goodbye may take. */
const goodbyeMs = 1_000;

/** What a link needs. */
export interface BrokerLinkOptions {
  readonly clock: Clock;
  /** Draws the pauses, so that many devices do not all come back at once. */
  readonly random: Random;
  readonly connect: ConnectToBroker;
  /** Like mqtt://127.0.0.1:1883 */
  readonly url: string;
  readonly deviceId: string;
  /** Asked for each connection: a certificate may have been renewed since the last one. */
  readonly credentials: () => BrokerCredentials;
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
 * the device's decisions. Nothing of an old connection is left over; what must not be lost is kept by the caller until
 * `deliver` says it arrived.
 */
export class BrokerLink {
  readonly #options: BrokerLinkOptions;
  #connection: BrokerConnection | null = null;
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
    const connection = this.#connection;
    if (connection === null || !this.#up || connection.backlogBytes > backlogBytesMax) return false;
    connection.send(message);
    return true;
  }

  /** Sends a message and resolves true when the broker has it, false when the connection ended before. */
  deliver(message: OutgoingMessage): Promise<boolean> {
    const connection = this.#connection;
    if (connection === null || !this.#up) return Promise.resolve(false);
    return new Promise((resolve) => connection.deliver(message, resolve));
  }

  /** The other side has proven that it works: the next pause is a short one again. */
  proven(): void {
    this.#pauseMs = reconnectFirstMs;
  }

  /** Ends the connection because the other side does not do its part, and connects again after a pause. */
  drop(cause: string): void {
    const connection = this.#connection;
    if (connection === null) return;
    this.#lost(connection, cause);
    void connection.destroy();
  }

  /** Says goodbye if it can, and ends for good; safe to call twice. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#cancelPause?.();
    this.#cancelPause = null;
    const connection = this.#connection;
    if (connection === null) return;
    if (this.#up) await this.#sayGoodbye(connection);
    this.#up = false;
    this.#connection = null;
    await connection.destroy();
  }

  async #sayGoodbye(connection: BrokerConnection): Promise<void> {
    const said = this.deliver(this.#options.goodbye());
    let cancel: Cancel = () => {};
    const late = new Promise<boolean>((resolve) => {
      cancel = this.#options.clock.after(goodbyeMs, () => resolve(false));
    });
    const arrived = await Promise.race([said, late]);
    cancel();
    // A polite DISCONNECT keeps the broker from publishing the last will on top of the goodbye.
    if (arrived) await connection.end();
  }

  #connect(): void {
    const { connect, url, deviceId, credentials, subscribeTo, lastWill } = this.#options;
    const connection = connect(
      { url, clientId: deviceId, credentials: credentials(), subscribeTo, will: lastWill() },
      {
        onUp: () => {
          if (connection !== this.#connection) return;
          this.#up = true;
          this.#options.onUp();
        },
        onMessage: (topic, payload) => {
          if (connection === this.#connection) this.#options.onMessage(topic, payload);
        },
        onClosed: (cause) => this.#lost(connection, cause),
      },
    );
    this.#connection = connection;
  }

  #lost(connection: BrokerConnection, cause: string): void {
    if (connection !== this.#connection) return;
    this.#connection = null;
    this.#up = false;
    // A link that ends because it was stopped is no news.
    if (!this.#running) return;
    this.#options.onDown(cause);
    const { clock, random } = this.#options;
    const pauseMs = random.between(this.#pauseMs / 2, this.#pauseMs);
    this.#cancelPause = clock.after(pauseMs, () => this.#connect());
    this.#pauseMs = Math.min(2 * this.#pauseMs, reconnectLongestMs);
  }
}
