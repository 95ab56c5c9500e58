import { WebSocket } from "ws";
import { decodeLiveFrame, type LiveFrame } from "#wire/live-frame-codec.ts";
import { type LiveServerMessage, liveServerMessageSchema } from "#wire/live-protocol.ts";

/** A picture as a page gets it. */
export interface ReceivedPicture {
  readonly device: string;
  readonly frame: LiveFrame;
}

/** A page's end of /api/live: keeps all that came and lets a test wait for what is to come. */
export class LiveClient {
  readonly messages: LiveServerMessage[] = [];
  readonly pictures: ReceivedPicture[] = [];
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();
  #closed = false;

  /** Connects to the hub at this URL. */
  constructor(httpUrl: string) {
    this.#socket = new WebSocket(`${httpUrl.replace("http", "ws")}/api/live`);
    this.#socket.on("message", (data: Buffer, isBinary) => this.#hear(data, isBinary));
    this.#socket.on("error", () => {});
    this.#socket.on("close", () => {
      this.#closed = true;
      this.#look();
    });
  }

  /** Says which devices' pictures are wanted. */
  watch(devices: readonly string[]): void {
    this.#socket.send(JSON.stringify({ type: "watch", devices }));
  }

  /** The first message, from the beginning on, of which this holds. */
  async message<T extends LiveServerMessage>(holds: (message: LiveServerMessage) => T | false): Promise<T> {
    for (let at = 0; ; at += 1) {
      while (at >= this.messages.length) await this.#next();
      const found = holds(this.messages[at]!);
      if (found !== false) return found;
    }
  }

  /** Resolves when this holds; looked at after everything that comes. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await this.#next();
  }

  /** Resolves when the hub has closed the connection. */
  async closed(): Promise<void> {
    await this.until(() => this.#closed);
  }

  /** Disconnects. */
  close(): void {
    this.#socket.terminate();
  }

  #next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  #hear(data: Buffer, isBinary: boolean): void {
    if (isBinary) {
      const device = data.subarray(1, 1 + data[0]!).toString("ascii");
      const frame = decodeLiveFrame(data.subarray(1 + data[0]!));
      if (frame === null) throw new Error("a picture that cannot be read");
      this.pictures.push({ device, frame });
    } else this.messages.push(liveServerMessageSchema.parse(JSON.parse(data.toString())));
    this.#look();
  }

  #look(): void {
    for (const resolve of [...this.#waiting]) {
      this.#waiting.delete(resolve);
      resolve();
    }
  }
}
