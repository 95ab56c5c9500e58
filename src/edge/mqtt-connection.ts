import type { Socket } from "node:net";
import { connect, type MqttClient } from "mqtt";
import type {
  BrokerConnection,
  BrokerConnectionListener,
  BrokerConnectionRequest,
  OutgoingMessage,
} from "#core/messaging/broker-connection.ts";

/** A connection that is not made by then is given up. */
const connectTimeoutMs = 5_000;
/** The broker is asked whether it is there after so long; a dead link is known after one and a half times this. */
const keepaliveSeconds = 10;

/** Connects by MQTT 3.1.1 with MQTT.js. Each connection is a new client, so that nothing of an old one is left over. */
export function connectByMqtt(
  request: BrokerConnectionRequest,
  listener: BrokerConnectionListener,
): BrokerConnection {
  return new MqttConnection(request, listener);
}

class MqttConnection implements BrokerConnection {
  readonly #client: MqttClient;
  readonly #listener: BrokerConnectionListener;
  readonly #unanswered = new Set<(arrived: boolean) => void>();
  #cause = "the broker closed the connection";
  #state: "open" | "ended" = "open";

  constructor(request: BrokerConnectionRequest, listener: BrokerConnectionListener) {
    this.#listener = listener;
    const { url, clientId, credentials, will } = request;
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
      // Own writes are no proof that the other side is there (MQTT.js issue 1855).
      reschedulePings: false,
      queueQoSZero: false,
      // It would keep a buffer of each of 65,536 numbers, 9 MB.
      writeCache: false,
      resubscribe: false,
      will: { topic: will.topic, payload: asPayload(will), qos: 1, retain: will.retain === "retain" },
    });
    this.#client = client;
    client.on("connect", () => this.#subscribe(request.subscribeTo));
    client.on("message", (topic, payload) => {
      if (this.#state === "open") listener.onMessage(topic, payload);
    });
    client.on("error", (error) => {
      this.#cause = describe(error);
    });
    client.on("close", () => this.#closed());
  }

  get backlogBytes(): number {
    return (this.#client.stream as unknown as Socket).writableLength;
  }

  send(message: OutgoingMessage): void {
    this.#client.publish(message.topic, asPayload(message), { qos: 0, retain: message.retain === "retain" });
  }

  deliver(message: OutgoingMessage, onSettled: (arrived: boolean) => void): void {
    if (this.#state === "ended") {
      onSettled(false);
      return;
    }
    const settle = (arrived: boolean): void => {
      if (this.#unanswered.delete(settle)) onSettled(arrived);
    };
    this.#unanswered.add(settle);
    const options = { qos: 1, retain: message.retain === "retain" } as const;
    this.#client.publish(message.topic, asPayload(message), options, (error) => settle(!error));
  }

  async end(): Promise<void> {
    this.#state = "ended";
    await new Promise<void>((resolve) => this.#client.end(false, () => resolve()));
    this.#letGoUnanswered();
  }

  async destroy(): Promise<void> {
    this.#state = "ended";
    this.#letGoUnanswered();
    await new Promise<void>((resolve) => this.#client.end(true, () => resolve()));
  }

  #subscribe(topics: readonly string[]): void {
    const client = this.#client;
    (client.stream as unknown as Socket).setNoDelay(true);
    client.subscribe([...topics], { qos: 0 }, (error, granted) => {
      if (this.#state === "ended") return;
      if (error === null && !granted?.some(({ qos }) => qos === 128)) this.#listener.onUp();
      else client.end(true);
    });
  }

  #closed(): void {
    if (this.#state === "ended") return;
    this.#state = "ended";
    this.#client.end(true);
    this.#letGoUnanswered();
    this.#listener.onClosed(this.#cause);
  }

  #letGoUnanswered(): void {
    for (const settle of [...this.#unanswered]) settle(false);
  }
}

function asPayload({ payload }: OutgoingMessage): string | Buffer {
  return typeof payload === "string"
    ? payload
    : Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
}

/** A refused connection comes as an aggregate of one error per address, with an empty message. */
function describe(error: Error): string {
  const code = (error as NodeJS.ErrnoException).code;
  return error.message || String(code ?? error.name);
}
