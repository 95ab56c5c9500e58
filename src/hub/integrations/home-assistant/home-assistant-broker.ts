import type { Socket } from "node:net";
import { connect, type MqttClient } from "mqtt";

/** Time between two tries to connect. */
const reconnectMs = 5_000;
/** A connection that is not made by then is given up. */
const connectTimeoutMs = 10_000;
/** The broker is asked whether it is there after so long. */
const keepaliveSeconds = 15;
/** While more than this waits for a broker that does not read, nothing more is sent: what is newer comes later. */
export const brokerBacklogBytesMax = 1024 * 1024;

/** How a broker is reached. */
export interface BrokerLogin {
  readonly url: string;
  readonly clientId: string;
  readonly credentials: { readonly username: string; readonly password: string } | null;
  /** Certificate in PEM that the broker's is signed by; null: those that Node knows. */
  readonly ca: Buffer | null;
  /** What the broker says of us when we are gone. */
  readonly will: { readonly topic: string; readonly payload: string };
  readonly subscribeTo: readonly string[];
}

/** Who wants to hear of a connection. */
export interface BrokerListener {
  /** Connected and subscribed: everything is to be said anew. */
  onUp(): void;
  onMessage(topic: string, payload: Buffer): void;
  /** Not connected any more, or not at all; told once for each reason. */
  onDown(reason: string): void;
}

/** A connection to a broker that is not ours, held up as long as it goes. */
export interface HomeAssistantBroker {
  /** False while it is not connected or the broker does not read: what was to be said is not said. */
  publish(message: {
    readonly topic: string;
    readonly payload: string | Uint8Array;
    readonly keep: "retained" | "passing";
  }): boolean;
  /** Says a last word and ends; safe to call twice. */
  stop(lastWord: { readonly topic: string; readonly payload: string }): Promise<void>;
}

/** Opens a connection to a broker. */
export type OpenBroker = (login: BrokerLogin, listener: BrokerListener) => HomeAssistantBroker;

/** Connects by MQTT 3.1.1 with MQTT.js, and again when the connection ends. */
export function openMqttBroker(login: BrokerLogin, listener: BrokerListener): HomeAssistantBroker {
  return new MqttBroker(login, listener);
}

class MqttBroker implements HomeAssistantBroker {
  readonly #client: MqttClient;
  readonly #listener: BrokerListener;
  #up = false;
  #stopped = false;
  #reason: string | null = null;

  constructor(login: BrokerLogin, listener: BrokerListener) {
    this.#listener = listener;
    const { url, clientId, credentials, ca, will, subscribeTo } = login;
    this.#client = connect(url, {
      ...credentials,
      ...(ca === null ? {} : { ca }),
      clientId,
      protocolVersion: 4,
      clean: true,
      reconnectPeriod: reconnectMs,
      reconnectOnConnackError: true,
      connectTimeout: connectTimeoutMs,
      keepalive: keepaliveSeconds,
      queueQoSZero: false,
      resubscribe: false,
      will: { ...will, payload: Buffer.from(will.payload), qos: 1, retain: true },
    });
    this.#client.on("connect", () => this.#subscribe(subscribeTo));
    this.#client.on("message", (topic, payload) => listener.onMessage(topic, payload));
    this.#client.on("error", (error) => this.#down(reasonOf(error)));
    this.#client.on("close", () => this.#down(this.#reason ?? "the broker closed the connection"));
  }

  publish({ topic, payload, keep }: Parameters<HomeAssistantBroker["publish"]>[0]): boolean {
    const backlogBytes = (this.#client.stream as unknown as Socket | undefined)?.writableLength ?? 0;
    if (!this.#up || backlogBytes > brokerBacklogBytesMax) return false;
    const bytes = typeof payload === "string" ? payload : Buffer.from(payload);
    this.#client.publish(topic, bytes, { qos: 0, retain: keep === "retained" });
    return true;
  }

  async stop(lastWord: { readonly topic: string; readonly payload: string }): Promise<void> {
    if (this.#stopped) return;
    this.publish({ ...lastWord, keep: "retained" });
    this.#stopped = true;
    this.#up = false;
    // Not asked for politely, which a broker that hangs would not answer; where the last word is lost, the will says it.
    await this.#client.endAsync(true);
  }

  #subscribe(topics: readonly string[]): void {
    this.#client.subscribe([...topics], { qos: 1 }, (error, granted) => {
      if (this.#stopped) return;
      if (error !== null || granted?.some(({ qos }) => qos === 128)) {
        this.#down("the broker does not let this login subscribe");
        // It connects again after a while, when somebody may have changed that.
        this.#client.stream.destroy();
        return;
      }
      this.#up = true;
      this.#reason = null;
      this.#listener.onUp();
    });
  }

  #down(reason: string): void {
    const wasUp = this.#up;
    this.#up = false;
    if (this.#stopped || (!wasUp && this.#reason === reason)) return;
    this.#reason = reason;
    this.#listener.onDown(reason);
  }
}

/** A refused connection comes as an aggregate of one error per address, with an empty message. */
function reasonOf(error: Error): string {
  return error.message || String((error as NodeJS.ErrnoException).code ?? error.name);
}
