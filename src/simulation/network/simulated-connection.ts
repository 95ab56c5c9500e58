import type {
  BrokerConnection,
  BrokerConnectionListener,
  BrokerConnectionRequest,
  OutgoingMessage,
} from "#core/messaging/broker-connection.ts";
import type { Random } from "#core/random.ts";
import type { Cancel, Clock } from "#core/time.ts";
import { DispatchLanes } from "./dispatch-lanes.ts";
import type { SimulatedLine } from "./simulated-line.ts";
import { SimulatedPipe } from "./simulated-pipe.ts";

/** A connection that is not made by then is given up. */
const connectTimeoutMs = 5_000;
/** Either side asks whether the other is there after so long, and gives it up after one and a half times this. */
const keepaliveMs = 10_000;
/** A client that does not read for so long is closed. */
const drainTimeoutMs = 20_000;
/** A goodbye is waited for so long. */
const goodbyeMs = 1_000;
/** Header of a packet. */
const packetBytes = 20;

/** The broker as one connection knows it. */
interface BrokerSide {
  admit(connection: SimulatedConnection): "admitted" | "refused" | "nobody there";
  publish(message: OutgoingMessage): void;
  leave(connection: SimulatedConnection): void;
  /** Timers of the broker's process as it runs now. */
  process(): Clock;
}

/** What a simulated connection is made of. */
export interface SimulatedConnectionParts {
  readonly clientClock: Clock;
  readonly brokerClock: Clock;
  readonly random: Random;
  readonly line: SimulatedLine;
  readonly request: BrokerConnectionRequest;
  readonly listener: BrokerConnectionListener;
  readonly broker: BrokerSide;
}

/** Both ends of one connection to a `SimulatedBroker`; each end knows of the other only what arrives. */
export class SimulatedConnection implements BrokerConnection {
  readonly #parts: SimulatedConnectionParts;
  readonly #up: SimulatedPipe;
  readonly #down: SimulatedPipe;
  readonly #unanswered = new Set<(arrived: boolean) => void>();
  readonly #stopFollowing: () => void;
  /** What the broker has taken from the client, and what it has for it; they outlive the connection, as the broker does. */
  #taken: DispatchLanes | null = null;
  #handed: DispatchLanes | null = null;
  /** Acknowledgements are sent in the order of the deliveries (MQTT 3.1.1, section 4.6). */
  readonly #acknowledgements: { ready: (() => void) | null }[] = [];
  #client: "connecting" | "up" | "ended" = "connecting";
  #brokerEnd: "none" | "open" | "ended" = "none";
  #clientHeardMs = 0;
  #brokerHeardMs = 0;
  #cancelClientTimer: Cancel = () => {};
  #cancelBrokerTimer: Cancel = () => {};

  constructor(parts: SimulatedConnectionParts) {
    this.#parts = parts;
    const { brokerClock: clock, random, line } = parts;
    this.#up = new SimulatedPipe({ clock, random, condition: line.up });
    this.#down = new SimulatedPipe({ clock, random, condition: line.down });
    this.#stopFollowing = line.onChange(() => {
      this.#up.wake();
      this.#down.wake();
    });
  }

  /** What the client asked for. */
  get request(): BrokerConnectionRequest {
    return this.#parts.request;
  }

  get backlogBytes(): number {
    return this.#up.bytes;
  }

  /** The client begins to connect. */
  begin(): void {
    const { clientClock } = this.#parts;
    this.#cancelClientTimer = clientClock.after(connectTimeoutMs, () => this.#clientLost("connack timeout"));
    this.#up.push(packetBytes, () => this.#connectArrived());
  }

  send(message: OutgoingMessage): void {
    if (this.#client !== "up") return;
    this.#up.push(sizeOf(message), () => this.#publicationArrived(message));
  }

  deliver(message: OutgoingMessage, onSettled: (arrived: boolean) => void): void {
    if (this.#client !== "up") {
      onSettled(false);
      return;
    }
    const settle = (arrived: boolean): void => {
      if (this.#unanswered.delete(settle)) onSettled(arrived);
    };
    this.#unanswered.add(settle);
    this.#up.push(sizeOf(message), () => this.#deliveryArrived(message, settle));
  }

  async end(): Promise<void> {
    if (this.#client === "ended") return;
    this.#endClient();
    await new Promise<void>((resolve) => {
      const cancel = this.#parts.clientClock.after(goodbyeMs, resolve);
      this.#up.push(packetBytes, () => {
        cancel();
        this.#endBroker("without a will");
        resolve();
      });
    });
  }

  async destroy(): Promise<void> {
    if (this.#client === "ended") return;
    this.#endClient();
    this.#up.push(packetBytes, () => this.#endBroker("with its will"));
  }

  /** The client's process or machine is gone: what the system had of it may still go out, then the line is dead. */
  clientGone(how: "killed" | "power cut"): void {
    if (this.#client === "ended") return;
    this.#endClient();
    if (how === "killed") this.#up.push(packetBytes, () => this.#endBroker("with its will"));
    else this.#up.cut();
  }

  /** The broker's process or machine is gone. */
  brokerGone(how: "killed" | "power cut"): void {
    this.#endBroker("silently");
    this.#up.cut();
    if (how === "killed") this.#down.push(packetBytes, () => this.#clientLost("ECONNRESET"));
    else this.#down.cut();
  }

  /** Another connection of the same client came. */
  takenOver(): void {
    this.#closeByBroker();
  }

  /** Something in between cuts the connection: what is under way is lost, and both sides hear of it. */
  reset(): void {
    const isOpen = this.#brokerEnd === "open";
    this.#up.cut();
    if (isOpen) this.#endBroker("with its will");
    this.#down.cut();
    this.#parts.clientClock.after(1, () => this.#clientLost("ECONNRESET"));
  }

  /** The broker sends the client a message. */
  hand(message: { readonly topic: string; readonly payload: string }): void {
    if (this.#brokerEnd !== "open") return;
    const payload = new TextEncoder().encode(message.payload);
    this.#handed?.push(message.topic, this.#parts.line.reordering, () => {
      if (this.#brokerEnd !== "open") return;
      this.#down.push(packetBytes + payload.length, () => {
        if (this.#client === "up") this.#parts.listener.onMessage(message.topic, payload);
      });
    });
  }

  #connectArrived(): void {
    const answer = this.#parts.broker.admit(this);
    if (answer === "admitted") {
      this.#brokerEnd = "open";
      const { random, broker } = this.#parts;
      this.#taken = new DispatchLanes({ clock: broker.process(), random });
      this.#handed = new DispatchLanes({ clock: broker.process(), random });
      this.#brokerHeardMs = this.#parts.brokerClock.monotonicMs();
      this.#watchClient();
      this.#down.push(packetBytes, () => this.#clientUp());
      return;
    }
    const cause = answer === "refused" ? "Connection refused: Not authorized" : "connect ECONNREFUSED";
    this.#down.push(packetBytes, () => this.#clientLost(cause));
  }

  #clientUp(): void {
    if (this.#client !== "connecting") return;
    this.#cancelClientTimer();
    this.#client = "up";
    this.#clientHeardMs = this.#parts.clientClock.monotonicMs();
    this.#watchBroker();
    this.#parts.listener.onUp();
  }

  #watchBroker(): void {
    const { clientClock } = this.#parts;
    this.#cancelClientTimer = clientClock.every(keepaliveMs / 2, () => {
      if (clientClock.monotonicMs() - this.#clientHeardMs > 1.5 * keepaliveMs) {
        this.#clientLost("Keepalive timeout");
        return;
      }
      this.#up.push(packetBytes, () => this.#pingArrived());
    });
  }

  #pingArrived(): void {
    if (this.#brokerEnd !== "open") return;
    this.#brokerHeardMs = this.#parts.brokerClock.monotonicMs();
    this.#down.push(packetBytes, () => {
      this.#clientHeardMs = this.#parts.clientClock.monotonicMs();
    });
  }

  #watchClient(): void {
    const { brokerClock } = this.#parts;
    this.#cancelBrokerTimer = brokerClock.every(1_000, () => {
      const isSilent = brokerClock.monotonicMs() - this.#brokerHeardMs > 1.5 * keepaliveMs;
      if (isSilent || this.#down.oldestMs > drainTimeoutMs) this.#closeByBroker();
    });
  }

  #publicationArrived(message: OutgoingMessage): void {
    if (this.#brokerEnd !== "open") return;
    this.#brokerHeardMs = this.#parts.brokerClock.monotonicMs();
    this.#take({ message, lane: `0 ${message.topic}` }, () => {});
  }

  #deliveryArrived(message: OutgoingMessage, settle: (arrived: boolean) => void): void {
    if (this.#brokerEnd !== "open") return;
    const { random, line, brokerClock } = this.#parts;
    this.#brokerHeardMs = brokerClock.monotonicMs();
    const lane = `1 ${message.topic}`;
    const acknowledgement = { ready: null as (() => void) | null };
    this.#acknowledgements.push(acknowledgement);
    if (random.uniform() < line.duplicates) this.#take({ message, lane }, () => {});
    this.#take({ message, lane }, () => {
      acknowledgement.ready = () => this.#down.push(packetBytes, () => settle(true));
      this.#acknowledge();
      this.#perhapsAgain(message);
    });
  }

  /** Hands on what has arrived, also when the connection has ended meanwhile. */
  #take(taken: { readonly message: OutgoingMessage; readonly lane: string }, answer: () => void): void {
    const { message, lane } = taken;
    this.#taken?.push(lane, this.#parts.line.reordering, () => {
      try {
        this.#parts.broker.publish(message);
      } catch {
        this.#taken?.drop(lane);
        this.#closeByBroker();
        return;
      }
      answer();
    });
  }

  #acknowledge(): void {
    for (let first = this.#acknowledgements[0]; first?.ready; first = this.#acknowledgements[0]) {
      this.#acknowledgements.shift();
      if (this.#brokerEnd === "open") first.ready();
    }
  }

  /** A delivery that was sent again, for want of an answer, comes after what was sent later. */
  #perhapsAgain(message: OutgoingMessage): void {
    const { line, random, broker } = this.#parts;
    const { reordering } = line;
    if (reordering === null || random.uniform() >= reordering.lateShare) return;
    broker.process().after(random.between(0, reordering.lateMsMax), () => {
      try {
        broker.publish(message);
      } catch {
        // Whoever sent it has no connection that could be closed for it.
      }
    });
  }

  #closeByBroker(): void {
    this.#endBroker("with its will");
    this.#up.cut();
    this.#down.push(packetBytes, () => this.#clientLost("the broker closed the connection"));
  }

  #endBroker(how: "with its will" | "without a will" | "silently"): void {
    if (this.#brokerEnd !== "open") return;
    this.#brokerEnd = "ended";
    this.#cancelBrokerTimer();
    if (this.#client === "ended") this.#stopFollowing();
    const { broker, request } = this.#parts;
    broker.leave(this);
    if (how === "with its will")
      this.#take({ message: request.will, lane: `1 ${request.will.topic}` }, () => {});
  }

  #clientLost(cause: string): void {
    if (this.#client === "ended") return;
    this.#endClient();
    // TCP tells the other side, if it can be reached and still knows of this connection.
    this.#up.push(packetBytes, () => this.#endBroker("with its will"));
    this.#parts.listener.onClosed(cause);
  }

  #endClient(): void {
    this.#client = "ended";
    this.#cancelClientTimer();
    this.#down.cut();
    if (this.#brokerEnd === "ended") this.#stopFollowing();
    for (const settle of [...this.#unanswered]) settle(false);
  }
}

function sizeOf({ topic, payload }: OutgoingMessage): number {
  return packetBytes + topic.length + payload.length;
}
