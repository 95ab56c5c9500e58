import type { ReadableGpioLine } from "../gpio-line.ts";
import { TransportFailure } from "../transport-failure.ts";
import { gpioFailure, openingFailure } from "./errno-failure.ts";
import {
  gpioLineDescriptor,
  gpioLineLevel,
  gpioLineValues,
  gpioOutputRequest,
  ioctlGpioGetLine,
  ioctlGpioGetValues,
  ioctlGpioSetValues,
} from "./gpio-request.ts";
import { type Libc, loadLibc, openReadWrite } from "./libc.ts";

/** Which line to drive. */
export interface LinuxGpioLineOptions {
  /** Device node of the chip, for example "/dev/gpiochip0". */
  readonly path: string;
  /** Line of the chip. On a Raspberry Pi the "GPIO n" of pin-outs, not the pin of the header. */
  readonly line: number;
  /** Level from the first moment on. */
  readonly initial: "high" | "low";
  /** Name that "gpioinfo" shows; left out, "emberwatch". */
  readonly consumer?: string;
}

/**
 * An output line of a Linux GPIO chip (character device, second interface, Linux 5.10 and later). Its calls return
 * within microseconds, so they need no thread. What a line does after it has been let go is up to its chip: on a
 * Raspberry Pi it keeps its level or becomes an input, depending on the kernel.
 */
export class LinuxGpioLine implements ReadableGpioLine {
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

  /** Takes a line as an output. Throws `TransportFailure` that says what to do. */
  static async open(options: LinuxGpioLineOptions): Promise<LinuxGpioLine> {
    const { path, line, initial, consumer = "emberwatch" } = options;
    const libc = await loadLibc();
    const chip = libc.open(path, openReadWrite);
    if (chip < 0) throw openingFailure({ kind: "gpio", path }, libc.lastErrno());
    const request = gpioOutputRequest({ line, initial, consumer });
    const result = libc.ioctl(chip, ioctlGpioGetLine, request);
    const number = libc.lastErrno();
    // The line has a descriptor of its own and stays without the chip's.
    libc.close(chip);
    if (result < 0) throw gpioFailure({ path, line, errno: number });
    return new LinuxGpioLine(libc, { path, line, descriptor: gpioLineDescriptor(request) });
  }

  async set(level: "high" | "low"): Promise<void> {
    const line = this.#line;
    if (this.#descriptor < 0) {
      throw new TransportFailure("gone", `Line ${line} of ${this.#path} has been let go.`);
    }
    if (this.#libc.ioctl(this.#descriptor, ioctlGpioSetValues, gpioLineValues(level)) >= 0) return;
    throw gpioFailure({ path: this.#path, line, errno: this.#libc.lastErrno() });
  }

  async read(): Promise<"high" | "low"> {
    const line = this.#line;
    if (this.#descriptor < 0) {
      throw new TransportFailure("gone", `Line ${line} of ${this.#path} has been let go.`);
    }
    // What stands in the answer's bit before it is asked must not be taken for an answer: the mask alone is set.
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
