import { readFileSync } from "node:fs";
import { assert } from "#core/failure.ts";
import type { SpiLink } from "../spi-link.ts";
import { TransportFailure } from "../transport-failure.ts";
import { errno } from "./errno.ts";
import { openingFailure, spiFailure, spiTooLong } from "./errno-failure.ts";
import { type Libc, loadLibc, openReadWrite } from "./libc.ts";
import {
  ioctlSpiSetMode,
  ioctlSpiSetSpeed,
  ioctlSpiSetWordBits,
  ioctlSpiTransfer,
  SpiTransfer,
  spiMode3,
  spiWordBits,
} from "./spi-transfer.ts";

/** Clock of the link when none is given: the Lepton's highest (data sheet 500-0659-00-09, VoSPI physical layer). */
export const defaultSpiSpeedHz = 20_000_000;

/** Most bytes we read in one go, however long the kernel's buffer is. */
export const spiReadBytesMax = 65_536;

/** What `bufsiz` is where nobody has set it (drivers/spi/spidev.c). */
const defaultKernelBufferBytes = 4_096;

const kernelBufferPath = "/sys/module/spidev/parameters/bufsiz";

/** Which chip to open. A plain object, so that it can go to another thread. */
export interface LinuxSpiLinkOptions {
  /** Device node, for example "/dev/spidev0.0": bus 0, chip select 0. */
  readonly path: string;
  /** Clock in Hz; left out, `defaultSpiSpeedHz`. The kernel takes the next lower one it can do. */
  readonly speedHz?: number;
}

/** A chip on a Linux SPI bus, read in mode 3. A read blocks for its time on the wire. */
export class LinuxSpiLink implements SpiLink {
  /** Most bytes one `read` can take: the kernel's buffer (`bufsiz`), at most `spiReadBytesMax`. */
  readonly maxReadBytes: number;
  readonly #libc: Libc;
  readonly #path: string;
  readonly #transfer: SpiTransfer;
  readonly #memory: ArrayBuffer;
  #received: Uint8Array;
  #descriptor: number;

  private constructor(libc: Libc, place: Required<LinuxSpiLinkOptions> & { readonly descriptor: number }) {
    this.maxReadBytes = Math.min(kernelBufferBytes(), spiReadBytesMax);
    this.#libc = libc;
    this.#path = place.path;
    this.#descriptor = place.descriptor;
    this.#memory = new ArrayBuffer(this.maxReadBytes);
    this.#received = new Uint8Array(this.#memory);
    this.#transfer = new SpiTransfer({
      receiveAddress: libc.addressOf(this.#memory),
      speedHz: place.speedHz,
    });
  }

  /** Opens a chip and sets mode, word and clock. Throws `TransportFailure` that says what to do. */
  static async open(options: LinuxSpiLinkOptions): Promise<LinuxSpiLink> {
    return LinuxSpiLink.openWith(await loadLibc(), options);
  }

  /** The same without awaiting, where the C library is at hand. */
  static openWith(libc: Libc, { path, speedHz = defaultSpiSpeedHz }: LinuxSpiLinkOptions): LinuxSpiLink {
    const descriptor = libc.open(path, openReadWrite);
    if (descriptor < 0) throw openingFailure({ kind: "spi", path }, libc.lastErrno());
    const link = new LinuxSpiLink(libc, { path, speedHz, descriptor });
    try {
      link.#setUp(speedHz);
    } catch (error) {
      link.close();
      throw error;
    }
    return link;
  }

  read(into: Uint8Array): void {
    const { length } = into;
    assert(length > 0, "an SPI read has at least one byte.");
    if (this.#descriptor < 0) throw new TransportFailure("gone", `${this.#path} has been closed.`);
    if (length > this.maxReadBytes) throw spiTooLong({ path: this.#path, bytes: length });
    this.#transfer.setLength(length);
    if (this.#libc.ioctl(this.#descriptor, ioctlSpiTransfer, this.#transfer.request) < 0) {
      throw spiFailure({ path: this.#path, bytes: length, errno: this.#libc.lastErrno() });
    }
    // Readers ask for the same length again and again, so this view is made once.
    if (this.#received.length !== length) this.#received = new Uint8Array(this.#memory, 0, length);
    into.set(this.#received);
  }

  close(): void {
    if (this.#descriptor < 0) return;
    this.#libc.close(this.#descriptor);
    this.#descriptor = -1;
  }

  #setUp(speedHz: number): void {
    this.#set(ioctlSpiSetMode, Uint8Array.of(spiMode3));
    this.#set(ioctlSpiSetWordBits, Uint8Array.of(spiWordBits));
    const speed = new Uint8Array(4);
    new DataView(speed.buffer).setUint32(0, speedHz, true);
    this.#set(ioctlSpiSetSpeed, speed);
  }

  #set(request: number, argument: Uint8Array): void {
    if (this.#libc.ioctl(this.#descriptor, request, argument) >= 0) return;
    const number = this.#libc.lastErrno();
    if (number !== errno.EINVAL) throw openingFailure({ kind: "spi", path: this.#path }, number);
    const text = `${this.#path} cannot do SPI mode 3 with 8-bit words at the clock asked for: wire the camera to a bus of the Raspberry Pi, and ask for at most 20 MHz.`;
    throw new TransportFailure("bus-error", text);
  }
}

function kernelBufferBytes(): number {
  let text: string;
  try {
    text = readFileSync(kernelBufferPath, "utf8");
  } catch {
    // Not every kernel shows it; the smallest it can be is what it is unless somebody changed it.
    return defaultKernelBufferBytes;
  }
  const bytes = Number(text.trim());
  return Number.isInteger(bytes) && bytes > 0 ? bytes : defaultKernelBufferBytes;
}
