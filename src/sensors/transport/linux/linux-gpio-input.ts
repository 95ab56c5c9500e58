import type { GpioInput } from "../gpio-input.ts";
import { TransportFailure } from "../transport-failure.ts";
import { gpioFailure, openingFailure } from "./errno-failure.ts";
import {
  gpioInputRequest,
  gpioLineDescriptor,
  gpioLineLevel,
  gpioLineValues,
  ioctlGpioGetLine,
  ioctlGpioGetValues,
} from "./gpio-request.ts";
import { type Libc, loadLibc, openReadWrite } from "./libc.ts";

/** Which line to read. */
export interface LinuxGpioInputOptions {
  /** Device node of the chip, for example "/dev/gpiochip0". */
  readonly path: string;
  /** Line of the chip. On a Raspberry Pi the "GPIO n" of pin-outs, not the pin of the header. */
  readonly line: number;
  /** Name that "gpioinfo" shows; left out, "emberwatch". */
  readonly consumer?: string;
}

/**
 * An input line of a Linux GPIO chip (character device, second interface, Linux 5.10 and later), pulled up by the chip, so
 * that a contact to ground makes it low and an open wire high.
 */
export class LinuxGpioInput implements GpioInput {
  readonly #libc: Libc;
  readonly #path: string;
  readonly #line: number;
  #descriptor: number;

  private constructor(
    libc: Libc,
    place: { readonly path: string; readonly line: number; readonly descriptor: number },
  ) {
    this.#libc = libc;
    this.#path = place.path;
    this.#line = place.line;
    this.#descriptor = place.descriptor;
  }

  /** Takes a line as an input. Throws `TransportFailure` that says what to do. */
  static async open(options: LinuxGpioInputOptions): Promise<LinuxGpioInput> {
    const { path, line, consumer = "emberwatch" } = options;
    const libc = await loadLibc();
    const chip = libc.open(path, openReadWrite);
    if (chip < 0) throw openingFailure({ kind: "gpio", path }, libc.lastErrno());
    const request = gpioInputRequest({ line, consumer });
    const result = libc.ioctl(chip, ioctlGpioGetLine, request);
    const number = libc.lastErrno();
    // The line has a descriptor of its own and stays without the chip's.
    libc.close(chip);
    if (result < 0) throw gpioFailure({ path, line, errno: number });
    return new LinuxGpioInput(libc, { path, line, descriptor: gpioLineDescriptor(request) });
  }

  async read(): Promise<"high" | "low"> {
    const line = this.#line;
    if (this.#descriptor < 0) {
      throw new TransportFailure("gone", `Line ${line} of ${this.#path} has been let go.`);
    }
    const values = gpioLineValues("low");
    if (this.#libc.ioctl(this.#descriptor, ioctlGpioGetValues, values) >= 0) return gpioLineLevel(values);
    throw gpioFailure({ path: this.#path, line, errno: this.#libc.lastErrno() });
  }

  async close(): Promise<void> {
    if (this.#descriptor < 0) return;
    this.#libc.close(this.#descriptor);
    this.#descriptor = -1;
  }
}
