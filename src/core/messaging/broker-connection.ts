import type { BrokerCredentials } from "./broker-credentials.ts";

/** A message on its way to the broker. */
export interface OutgoingMessage {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  readonly retain: "retain" | "no-retain";
}

/** What a connection is made with. */
export interface BrokerConnectionRequest {
  /** Like mqtt://127.0.0.1:1883 */
  readonly url: string;
  /** A second connection of the same client ends the first. */
  readonly clientId: string;
  readonly credentials: BrokerCredentials;
  /** Topics and filters whose messages are heard. */
  readonly subscribeTo: readonly string[];
  /** What the broker says when this client vanishes without a goodbye. */
  readonly will: OutgoingMessage;
}

/** Who is told of a connection. */
export interface BrokerConnectionListener {
  /** Connected and subscribed: messages can be sent from now on. */
  onUp(): void;
  onMessage(topic: string, payload: Uint8Array): void;
  /** Told once, with the cause, when the connection ended or was never made; not when `end` or `destroy` ended it. */
  onClosed(cause: string): void;
}

/**
 * One connection to a broker, as MQTT 3.1.1 over TCP gives it: what is sent arrives in order or not at all while the
 * connection stands, and nothing is carried over to the next one. What a broker has may come to its receivers twice
 * where it was delivered, and what was sent when the connection ends may have arrived or not.
 */
export interface BrokerConnection {
  /** What waits here because the other side does not take it. */
  readonly backlogBytes: number;
  /** Sends at most once (QoS 0). */
  send(message: OutgoingMessage): void;
  /** Sends at least once (QoS 1); calls back once, with true when the broker has it, false when the connection ended. */
  deliver(message: OutgoingMessage, onSettled: (arrived: boolean) => void): void;
  /** Ends with a goodbye, so that the will is not said. */
  end(): Promise<void>;
  /** Ends at once and without a word. */
  destroy(): Promise<void>;
}

/** Begins to connect and returns at once. */
export type ConnectToBroker = (
  request: BrokerConnectionRequest,
  listener: BrokerConnectionListener,
) => BrokerConnection;
