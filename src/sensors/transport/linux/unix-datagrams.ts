import { TransportFailure } from "../transport-failure.ts";
import { errnoName } from "./errno.ts";
import { type Libc, loadLibc } from "./libc.ts";

/** `AF_UNIX`, `SOCK_DGRAM | SOCK_CLOEXEC` and `MSG_DONTWAIT | MSG_NOSIGNAL` of Linux on x64 and arm64. */
const unixDomain = 1;
const datagramSocket = 2 | 0o2000000;
const dontWait = 0x40 | 0x4000;

/** `sizeof(sockaddr_un.sun_path)`, see unix(7). */
const pathBytesMax = 108;

/** Sends datagrams to one Unix socket, which Node cannot. Never waits: a receiver that is full loses one. */
export class UnixDatagrams {
  readonly #libc: Libc;
  readonly #address: Uint8Array;
  #descriptor: number;

  private constructor(libc: Libc, end: { readonly descriptor: number; readonly address: Uint8Array }) {
    this.#libc = libc;
    this.#descriptor = end.descriptor;
    this.#address = end.address;
  }

  /**
   * To the socket at a path, or at an abstract name, which begins with "@". Throws `TransportFailure` where koffi is
   * missing, the name is too long or the system gives no socket.
   */
  static async to(name: string): Promise<UnixDatagrams> {
    const libc = await loadLibc();
    const address = unixAddress(name);
    const descriptor = libc.socket(unixDomain, datagramSocket, 0);
    if (descriptor >= 0) return new UnixDatagrams(libc, { descriptor, address });
    throw new TransportFailure("bus-error", `No Unix socket can be had (${errnoName(libc.lastErrno())}).`);
  }

  /** Sends one datagram; the name of the error when it was not taken, else null. */
  send(text: string): string | null {
    const bytes = new TextEncoder().encode(text);
    const { length } = this.#address;
    const sent = this.#libc.sendto(this.#descriptor, bytes, bytes.length, dontWait, this.#address, length);
    return sent >= 0 ? null : errnoName(this.#libc.lastErrno());
  }

  /** Lets go of the socket; safe to call twice. */
  close(): void {
    if (this.#descriptor >= 0) this.#libc.close(this.#descriptor);
    this.#descriptor = -1;
  }
}

/** A `struct sockaddr_un`: the family, then the path; an abstract name begins with a zero byte and has no end mark. */
function unixAddress(name: string): Uint8Array {
  const path = new TextEncoder().encode(name);
  if (path.length === 0 || path.length >= pathBytesMax) {
    throw new TransportFailure(
      "device-missing",
      `"${name}" is no name of a Unix socket: it has at most ${pathBytesMax - 1} bytes.`,
    );
  }
  if (name.startsWith("@")) path[0] = 0;
  const address = new Uint8Array(2 + path.length);
  new DataView(address.buffer).setUint16(0, unixDomain, true);
  address.set(path, 2);
  return address;
}
