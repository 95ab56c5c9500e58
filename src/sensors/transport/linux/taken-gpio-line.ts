import { TransportFailure } from "../transport-failure.ts";
import { gpioFailure, openingFailure } from "./errno-failure.ts";
import {
  gpioLineDescriptor,
  gpioLineLevel,
  gpioLineValues,
  ioctlGpioGetLine,
  ioctlGpioGetValues,
  ioctlGpioSetValues,
} from "./gpio-request.ts";
import { type Libc, loadLibc, openReadWrite } from "./libc.ts";

/** Which line of which GPIO chip. */
export interface GpioPlace {
  /** Device node of the chip, for example "/dev/gpiochip0". */
  readonly path: string;
  /** Line of the chip. On a Raspberry Pi the "GPIO n" of pin-outs, not the pin of the header. */
  readonly line: number;
}

/** A line of a Linux GPIO chip (character device, second interface, Linux 5.10 and later) that this process holds. */
export class TakenGpioLine {
  readonly #libc: Libc;
  readonly #place: GpioPlace;
  #descriptor: number;

  private constructor(libc: Libc, place: GpioPlace, descriptor: number) {
    this.#libc = libc;
    this.#place = place;
    this.#descriptor = descriptor;
  }

  /** Takes a line as the request says. Throws `TransportFailure` that says what to do. */
  static async take(place: GpioPlace, request: Uint8Array<ArrayBuffer>): Promise<TakenGpioLine> {
    const { path, line } = place;
    const libc = await loadLibc();
    const chip = libc.open(path, openReadWrite);
    if (chip < 0) throw openingFailure({ kind: "gpio", path }, libc.lastErrno());
    const result = libc.ioctl(chip, ioctlGpioGetLine, request);
    const number = libc.lastErrno();
    // The line has a descriptor of its own and stays without the chip's.
    libc.close(chip);
    if (result < 0) throw gpioFailure({ path, line, errno: number });
    return new TakenGpioLine(libc, { path, line }, gpioLineDescriptor(request));
  }

  /** Drives an output. Throws `TransportFailure`. */
  set(level: "high" | "low"): void {
    this.#ask(ioctlGpioSetValues, gpioLineValues(level));
  }

  /** The level that the kernel reads. Throws `TransportFailure`. */
  read(): "high" | "low" {
    // What stands in the answer's bit before it is asked must not be taken for an answer: the mask alone is set.
    const values = gpioLineValues("low");
    this.#ask(ioctlGpioGetValues, values);
    return gpioLineLevel(values);
  }

  /** Lets the line go; safe to call twice. */
  close(): void {
    if (this.#descriptor < 0) return;
    this.#libc.close(this.#descriptor);
    this.#descriptor = -1;
  }

  #ask(request: number, values: Uint8Array): void {
    const { path, line } = this.#place;
    if (this.#descriptor < 0) throw new TransportFailure("gone", `Line ${line} of ${path} has been let go.`);
    if (this.#libc.ioctl(this.#descriptor, request, values) >= 0) return;
    throw gpioFailure({ path, line, errno: this.#libc.lastErrno() });
  }
}
