import { connect, type MqttClient } from "mqtt";
import { machineFault } from "#core/failure.ts";
import type { BrokerCredentials } from "#core/messaging/broker-credentials.ts";
import type { Cancel, Clock } from "#core/time.ts";
import { deviceWordsFilters, parseTopic } from "#wire/topics.ts";
import {
  type BrokerAddresses,
  framePayloadBytesMax,
  messagePayloadBytesMax,
  type Publication,
} from "./broker.ts";
import type { HubBroker } from "./hub-broker.ts";
import type { Refusals } from "./refusals.ts";

/** Pause before each attempt to reach it again. */
const reconnectAfterMs = 2_000;
/** A connection that is not made by then is given up. */
const connectTimeoutMs = 10_000;
const keepaliveSeconds = 10;
/** Bytes that wait to be taken by the broker; what comes on top is not sent, and its sender is told. */
const backlogBytesMax = 4 * 1024 * 1024;

/** What the hub needs to be a client of somebody else's broker. */
export interface ExternalBrokerOptions {
  readonly clock: Clock;
  /** Like mqtts://broker.example:8883 */
  readonly url: string;
  readonly clientId: string;
  /** Asked for each connection. */
  readonly credentials: () => Promise<BrokerCredentials>;
  readonly refusals: Refusals;
  /** Throws when it cannot be stored; the device then gets no receipt, and sends it again. */
  readonly onPublication: (publication: Publication) => void;
  readonly log: (line: string) => void;
}

/**
 * A broker that is not ours, such as mosquitto or EMQX. The hub is a client of it and hears all devices. That no device
 * publishes under another's topic is up to the broker's access list: a topic is all that is known of a sender here.
 */
export class ExternalBroker implements HubBroker {
  readonly #options: ExternalBrokerOptions;
  #client: MqttClient | null = null;
  #cancelPause: Cancel | null = null;
  #state: "stopped" | "away" | "up" = "stopped";
  #cause = "it has not been reached yet";

  constructor(options: ExternalBrokerOptions) {
    this.#options = options;
  }

  /** Begins to connect and returns at once: a broker that starts later is reached later. */
  start(): Promise<BrokerAddresses> {
    this.#state = "away";
    this.#connect();
    return Promise.resolve({ plainUrl: null, secureUrl: this.#options.url });
  }

  publish(message: { readonly topic: string; readonly payload: string; readonly qos: 0 | 1 }): Promise<void> {
    const client = this.#client;
    const waitingBytes = client?.stream.writableLength ?? 0;
    if (client === null || this.#state !== "up" || waitingBytes > backlogBytesMax) {
      return Promise.reject(machineFault("broker-away", this.problem ?? "The broker takes nothing more."));
    }
    const { topic, payload, qos } = message;
    return new Promise((resolve, reject) => {
      client.publish(topic, payload, { qos }, (error) => (error ? reject(error) : resolve()));
    });
  }

  get problem(): string | null {
    if (this.#state === "up") return null;
    return `The broker ${this.#options.url} cannot be reached (${this.#cause}).`;
  }

  renewCertificate(): void {
    // The next connection asks for the newest one, and the one at work holds for weeks yet.
  }

  endStale(): void {
    // Who is connected there is that broker's to say: it reads the list of revoked certificates by itself.
  }

  async stop(): Promise<void> {
    this.#state = "stopped";
    this.#cancelPause?.();
    this.#cancelPause = null;
    const client = this.#client;
    this.#client = null;
    if (client !== null) await new Promise<void>((resolve) => client.end(true, () => resolve()));
  }

  #connect(): void {
    this.#options.credentials().then(
      (credentials) => {
        if (this.#state !== "stopped") this.#connectWith(credentials);
      },
      (error: unknown) => this.#lost(error instanceof Error ? error.message : String(error)),
    );
  }

  #connectWith(credentials: BrokerCredentials): void {
    const { url, clientId } = this.#options;
    const client = connect(url, {
      ...("certificate" in credentials
        ? { key: credentials.key, cert: credentials.certificate, ca: credentials.authority }
        : credentials),
      clientId,
      protocolVersion: 4,
      clean: true,
      reconnectPeriod: 0,
      connectTimeout: connectTimeoutMs,
      keepalive: keepaliveSeconds,
      reschedulePings: false,
      queueQoSZero: false,
      resubscribe: false,
    });
    this.#client = client;
    client.on("connect", () => this.#subscribe(client));
    client.on("message", (topic, payload) => this.#hear(topic, payload));
    client.on("error", (error) => {
      this.#cause = error.message || String((error as NodeJS.ErrnoException).code ?? error.name);
    });
    client.on("close", () => {
      if (client !== this.#client) return;
      this.#client = null;
      client.end(true);
      this.#lost(this.#state === "up" ? "the connection ended" : this.#cause);
    });
  }

  #subscribe(client: MqttClient): void {
    client.subscribe([...deviceWordsFilters], { qos: 1 }, (error, granted) => {
      if (client !== this.#client || this.#state === "stopped") return;
      if (error !== null || granted?.some(({ qos }) => qos > 2) === true) {
        this.#cause = "it does not let the hub hear the devices: see its access list";
        client.end(true);
        return;
      }
      this.#state = "up";
      this.#options.log(`The broker ${this.#options.url} is reached.`);
    });
  }

  #hear(topicText: string, payload: Buffer): void {
    const { onPublication, refusals, log } = this.#options;
    const topic = parseTopic(topicText);
    if (topic === null || topic.kind === "command" || topic.kind === "receipt") return;
    const most = topic.kind === "frame" ? framePayloadBytesMax : messagePayloadBytesMax;
    if (payload.length > most) {
      const what = `sent ${payload.length} bytes to ${topicText}, more than ${most}`;
      refusals.count({ kind: "oversized-message", peer: topic.device, what });
      return;
    }
    try {
      onPublication({ topic, payload });
    } catch (error) {
      log(`${topic.device}: a ${topic.kind} was not taken: ${String(error)}`);
    }
  }

  #lost(cause: string): void {
    if (this.#state === "stopped") return;
    const wasTold = this.#state === "away" && this.#cause === cause && this.#cancelPause !== null;
    this.#state = "away";
    this.#cause = cause;
    if (!wasTold) this.#options.log(this.problem ?? cause);
    this.#cancelPause = this.#options.clock.after(reconnectAfterMs, () => this.#connect());
  }
}
