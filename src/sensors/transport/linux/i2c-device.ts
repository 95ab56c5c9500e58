import type { I2cTransfer } from "../i2c-bus.ts";
import { TransportFailure } from "../transport-failure.ts";
import { i2cFailure, openingFailure } from "./errno-failure.ts";
import { I2cMessages, i2cFunctionPlain, ioctlI2cFunctions, ioctlI2cTransfer } from "./i2c-message.ts";
import { type Libc, openReadWrite } from "./libc.ts";

/** An open I2C device node. Its calls block until the exchange is over, so it lives in a worker thread. */
export class I2cDevice {
  readonly #libc: Libc;
  readonly #path: string;
  readonly #messages: I2cMessages;
  #descriptor: number;

  private constructor(libc: Libc, place: { readonly path: string; readonly descriptor: number }) {
    this.#libc = libc;
    this.#path = place.path;
    this.#descriptor = place.descriptor;
    this.#messages = new I2cMessages(libc);
  }

  /** Opens a device node such as "/dev/i2c-1". Throws `TransportFailure`. */
  static open(libc: Libc, path: string): I2cDevice {
    const descriptor = libc.open(path, openReadWrite);
    if (descriptor < 0) throw openingFailure({ kind: "i2c", path }, libc.lastErrno());
    const device = new I2cDevice(libc, { path, descriptor });
    try {
      device.#checkFunctions();
    } catch (error) {
      device.close();
      throw error;
    }
    return device;
  }

  /** Does one exchange. Throws `TransportFailure`. */
  transfer(transfer: I2cTransfer): Uint8Array<ArrayBuffer> {
    const count = this.#messages.fill(transfer);
    const done = this.#libc.ioctl(this.#descriptor, ioctlI2cTransfer, this.#messages.request);
    if (done < 0) {
      const { address } = transfer;
      throw i2cFailure({ path: this.#path, address, errno: this.#libc.lastErrno() });
    }
    if (done !== count) {
      const text = `${this.#path} did ${done} of ${count} messages with chip 0x${transfer.address.toString(16)}: try again.`;
      throw new TransportFailure("bus-error", text);
    }
    return this.#messages.answer(transfer.readBytes);
  }

  /** Frees the device node; safe to call twice. */
  close(): void {
    if (this.#descriptor < 0) return;
    this.#libc.close(this.#descriptor);
    this.#descriptor = -1;
  }

  #checkFunctions(): void {
    const functions = new Uint8Array(new ArrayBuffer(8));
    const result = this.#libc.ioctl(this.#descriptor, ioctlI2cFunctions, functions);
    if (result < 0) throw openingFailure({ kind: "i2c", path: this.#path }, this.#libc.lastErrno());
    const mask = new DataView(functions.buffer).getUint32(0, true);
    if ((mask & i2cFunctionPlain) !== 0) return;
    const text = `The adapter of ${this.#path} does SMBus commands only: wire the sensors to another bus.`;
    throw new TransportFailure("bus-error", text);
  }
}
