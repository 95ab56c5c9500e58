import type { Socket } from "node:net";
import { Duplex } from "node:stream";

/** A client announced a packet that is larger than any that is taken, or of a length that is none. */
export class PacketTooLarge extends Error {}

/**
 * A socket whose incoming MQTT packets are measured before they are buffered: a packet that announces more than the
 * maximum ends the connection at its fifth byte at the latest, so that no client can make the broker hold megabytes.
 * (MQTT 3.1.1 §2.2: a type byte, then the remaining length in up to four bytes of seven bits.)
 */
export class GuardedConnection extends Duplex {
  readonly #socket: Socket;
  readonly #packetBytesMax: number;
  #packetBytesLeft = 0;
  #headerBytesSeen = 0;
  #announced = 0;

  constructor(socket: Socket, options: { readonly packetBytesMax: number }) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.#packetBytesMax = options.packetBytesMax;
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    socket.on("end", () => this.push(null));
    socket.on("error", (error) => this.destroy(error));
    socket.on("close", () => this.destroy());
    socket.pause();
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, done);
  }

  /** What was written in one turn goes out as one: a packet is written in pieces, and by TLS each would be a record. */
  override _writev(
    pieces: { readonly chunk: Buffer; readonly encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ): void {
    this.#socket.write(Buffer.concat(pieces.map(({ chunk }) => chunk)), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }

  #receive(chunk: Buffer): void {
    if (!this.#measure(chunk)) {
      this.destroy(new PacketTooLarge(`announces an MQTT packet of more than ${this.#packetBytesMax} bytes`));
      return;
    }
    if (!this.push(chunk)) this.#socket.pause();
  }

  /** Follows the packet boundaries through a chunk; false when a packet is too large or its length malformed. */
  #measure(chunk: Buffer): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#packetBytesLeft > 0) {
        const taken = Math.min(this.#packetBytesLeft, chunk.length - at);
        this.#packetBytesLeft -= taken;
        at += taken;
      } else {
        if (!this.#headerByte(chunk[at]!)) return false;
        at += 1;
      }
    }
    return true;
  }

  #headerByte(byte: number): boolean {
    if (this.#headerBytesSeen > 0) {
      this.#announced += (byte & 0x7f) * 128 ** (this.#headerBytesSeen - 1);
      if (this.#announced > this.#packetBytesMax) return false;
      if (byte < 0x80) {
        this.#packetBytesLeft = this.#announced;
        this.#headerBytesSeen = 0;
        this.#announced = 0;
        return true;
      }
      if (this.#headerBytesSeen === 4) return false;
    }
    this.#headerBytesSeen += 1;
    return true;
  }
}
