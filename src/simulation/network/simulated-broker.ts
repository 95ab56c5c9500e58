import type {
  BrokerConnection,
  BrokerConnectionListener,
  BrokerConnectionRequest,
  OutgoingMessage,
} from "#core/messaging/broker-connection.ts";
import type { Random } from "#core/random.ts";
import type { Clock } from "#core/time.ts";
import { ProcessClock } from "../machine/process-clock.ts";
import { SimulatedConnection } from "./simulated-connection.ts";
import { SimulatedLine } from "./simulated-line.ts";
import { matchesFilter } from "./topic-filter.ts";

/** What a client published. */
export interface SimulatedPublication {
  readonly clientId: string;
  readonly topic: string;
  readonly payload: Uint8Array;
}

/** Who stands behind a simulated broker. */
export interface SimulatedBrokerOwner {
  admits(request: Pick<BrokerConnectionRequest, "clientId" | "credentials">): boolean;
  /** Throws to end the client's connection without acknowledgement. */
  onPublication(publication: SimulatedPublication): void;
}

/**
 * A broker and the lines to it, on simulated time. It keeps what MQTT 3.1.1 over TCP promises (order within a topic and QoS
 * of a connection, acknowledged means heard by the owner at least once) and breaks whatever it does not promise: a line's
 * `reordering` lets topics overtake each other, what an ended connection has sent come after what its successor sends, and
 * a second copy of a delivery come late.
 */
export class SimulatedBroker {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #lines = new Map<string, SimulatedLine>();
  readonly #connections = new Map<string, SimulatedConnection>();
  #owner: SimulatedBrokerOwner | null = null;
  /** Timers of its process. */
  #process: ProcessClock;

  constructor(options: { readonly clock: Clock; readonly random: Random }) {
    this.#clock = options.clock;
    this.#random = options.random;
    this.#process = new ProcessClock(options.clock);
  }

  /** Begins to take connections. */
  start(owner: SimulatedBrokerOwner): void {
    this.#owner = owner;
  }

  /** Its process ends, or its machine loses its power: then no client hears of it. */
  stop(how: "killed" | "power cut"): void {
    this.#owner = null;
    this.#process.kill();
    this.#process = new ProcessClock(this.#clock);
    for (const connection of this.#connections.values()) connection.brokerGone(how);
    this.#connections.clear();
  }

  /** The line of a client. */
  line(clientId: string): SimulatedLine {
    const known = this.#lines.get(clientId);
    if (known !== undefined) return known;
    const line = new SimulatedLine();
    this.#lines.set(clientId, line);
    return line;
  }

  /** Connects a client whose timers are those of this clock. */
  connect(
    clock: Clock,
    request: BrokerConnectionRequest,
    listener: BrokerConnectionListener,
  ): BrokerConnection {
    return this.open(clock, request, listener);
  }

  /** As `connect`, with what a simulation can do to a connection. */
  open(
    clock: Clock,
    request: BrokerConnectionRequest,
    listener: BrokerConnectionListener,
  ): SimulatedConnection {
    const connection = new SimulatedConnection({
      clientClock: clock,
      brokerClock: this.#clock,
      random: this.#random,
      line: this.line(request.clientId),
      request,
      listener,
      broker: {
        admit: (candidate) => this.#admit(candidate),
        publish: (message) => this.#hear(request.clientId, message),
        leave: (leaving) => this.#leave(leaving),
        process: () => this.#process,
      },
    });
    connection.begin();
    return connection;
  }

  /** Sends a message to whoever subscribed to its topic, at most once. */
  publish(message: { readonly topic: string; readonly payload: string }): void {
    for (const connection of this.#connections.values()) {
      const { subscribeTo } = connection.request;
      if (subscribeTo.some((filter) => matchesFilter(message.topic, filter))) connection.hand(message);
    }
  }

  /** Cuts a client's connection in the middle: both sides hear of it when what is under way there allows. */
  reset(clientId: string): void {
    this.#connections.get(clientId)?.reset();
  }

  #admit(connection: SimulatedConnection): "admitted" | "refused" | "nobody there" {
    if (this.#owner === null) return "nobody there";
    const { request } = connection;
    if (!this.#owner.admits(request)) return "refused";
    // A device that connects again takes over from its dead connection.
    this.#connections.get(request.clientId)?.takenOver();
    this.#connections.set(request.clientId, connection);
    return "admitted";
  }

  #hear(clientId: string, { topic, payload }: OutgoingMessage): void {
    const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
    this.#owner?.onPublication({ clientId, topic, payload: bytes });
  }

  #leave(connection: SimulatedConnection): void {
    const { clientId } = connection.request;
    if (this.#connections.get(clientId) === connection) this.#connections.delete(clientId);
  }
}
