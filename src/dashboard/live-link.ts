import type { Cancel, Clock } from "#core/time.ts";
import {
  type LiveClientMessage,
  type LiveServerMessage,
  liveServerMessageSchema,
} from "#wire/live-protocol.ts";
import { reconnectDelayMs } from "./model/reconnect-delay.ts";
import { decodePictureMessage, type PictureMessage } from "./picture/picture-message.ts";

/** The part of a browser's WebSocket this link needs. */
export interface LiveSocket {
  onopen: (() => void) | null;
  onclose: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  send(text: string): void;
  close(): void;
}

/** What the link tells its owner. */
export interface LiveLinkSink {
  onUp(): void;
  /** Told once for each loss, and once when the first try fails. */
  onDown(): void;
  onMessage(message: LiveServerMessage): void;
  onPicture(picture: PictureMessage): void;
  /** Something came that this version of the page does not understand. */
  onNotUnderstood(): void;
}

/** What a `LiveLink` works with. */
export interface LiveLinkOptions {
  readonly clock: Clock;
  /** 0 up to 1, spreads reconnections. */
  readonly chance: () => number;
  readonly openSocket: () => LiveSocket;
  /** Resolves to true while the hub answers, never rejects: asked when nothing has come for a while. */
  readonly probe: () => Promise<boolean>;
}

/** A connection on which nothing came for this long is asked about, and given up when the hub does not answer. */
const quietMaxMs = 5_000;
/** A try that is not open after this is given up. */
const openMaxMs = 8_000;
/** The hub forgets after 20 s which pictures are wanted. */
const watchEveryMs = 10_000;
const checkEveryMs = 1_000;

/** Keeps the live stream of the hub open for as long as the page is: reconnects, and notices a dead connection. */
export class LiveLink {
  readonly #options: LiveLinkOptions;
  readonly #sink: LiveLinkSink;
  #socket: LiveSocket | null = null;
  #open = false;
  #openedTryMs = 0;
  #heardMs = 0;
  #watchedMs = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #toldDown = false;
  #probing = false;
  #watched: readonly string[] = [];
  #cancels: Cancel[] = [];
  #retry: Cancel | null = null;

  constructor(options: LiveLinkOptions, sink: LiveLinkSink) {
    this.#options = options;
    this.#sink = sink;
  }

  /** Connects, and goes on connecting until stopped. */
  start(): void {
    this.#cancels = [this.#options.clock.every(checkEveryMs, () => this.#check())];
    this.#connect();
  }

  /** Closes the connection and stays away. */
  stop(): void {
    for (const cancel of this.#cancels) cancel();
    this.#retry?.();
    const socket = this.#socket;
    this.#socket = null;
    this.#open = false;
    socket?.close();
  }

  /** Tries at once instead of at the end of the wait, because somebody asked. */
  reconnectNow(): void {
    if (this.#socket !== null) return;
    this.#retry?.();
    this.#connect();
  }

  /** Says which devices' pictures are wanted, at most 16. */
  watch(devices: readonly string[]): void {
    if (devices.join() === this.#watched.join()) return;
    this.#watched = devices;
    this.#sendWatch();
  }

  #connect(): void {
    const socket = this.#options.openSocket();
    this.#socket = socket;
    this.#openedTryMs = this.#options.clock.monotonicMs();
    socket.onopen = () => {
      if (socket !== this.#socket) return;
      this.#open = true;
      this.#toldDown = false;
      this.#heardMs = this.#options.clock.monotonicMs();
      this.#sendWatch();
      this.#sink.onUp();
    };
    socket.onclose = () => this.#lost(socket);
    socket.onmessage = (event) => {
      if (socket === this.#socket) this.#receive(event.data);
    };
  }

  #lost(socket: LiveSocket): void {
    if (socket !== this.#socket) return;
    this.#socket = null;
    this.#open = false;
    if (!this.#toldDown) {
      this.#toldDown = true;
      this.#sink.onDown();
    }
    const delayMs = reconnectDelayMs(this.#failures, this.#options.chance());
    this.#failures += 1;
    this.#retry = this.#options.clock.after(delayMs, () => this.#connect());
  }

  #receive(data: unknown): void {
    this.#heardMs = this.#options.clock.monotonicMs();
    this.#failures = 0;
    if (typeof data === "string") {
      const message = liveServerMessageSchema.safeParse(parseJson(data));
      if (message.success) this.#sink.onMessage(message.data);
      else this.#sink.onNotUnderstood();
      return;
    }
    const picture = data instanceof ArrayBuffer ? decodePictureMessage(new Uint8Array(data)) : null;
    if (picture === null) this.#sink.onNotUnderstood();
    else this.#sink.onPicture(picture);
  }

  #check(): void {
    const socket = this.#socket;
    if (socket === null) return;
    const nowMs = this.#options.clock.monotonicMs();
    if (!this.#open) {
      if (nowMs - this.#openedTryMs > openMaxMs) this.#giveUp(socket);
      return;
    }
    if (nowMs - this.#watchedMs >= watchEveryMs) this.#sendWatch();
    if (nowMs - this.#heardMs > quietMaxMs) void this.#askWhetherAlive(socket);
  }

  async #askWhetherAlive(socket: LiveSocket): Promise<void> {
    if (this.#probing) return;
    this.#probing = true;
    const alive = await this.#options.probe();
    this.#probing = false;
    if (!alive) this.#giveUp(socket);
  }

  #giveUp(socket: LiveSocket): void {
    if (socket !== this.#socket) return;
    // A half-open connection may take minutes to say that it is closed, so its end is not waited for.
    this.#lost(socket);
    socket.close();
  }

  #sendWatch(): void {
    if (!this.#open || this.#watched.length === 0) return;
    this.#watchedMs = this.#options.clock.monotonicMs();
    const message: LiveClientMessage = { type: "watch", devices: [...this.#watched] };
    this.#socket?.send(JSON.stringify(message));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON fits no schema, and is reported as not understood by the caller.
    return undefined;
  }
}
