import type { ReadableGpioLine } from "../gpio-line.ts";
import { gpioOutputRequest } from "./gpio-request.ts";
import { type GpioPlace, TakenGpioLine } from "./taken-gpio-line.ts";

/** Which line to drive. */
export interface LinuxGpioLineOptions extends GpioPlace {
  /** Level from the first moment on. */
  readonly initial: "high" | "low";
  /** Name that "gpioinfo" shows; left out, "emberwatch". */
  readonly consumer?: string;
}

/**
 * An output line of a Linux GPIO chip. Its calls return within microseconds, so they need no thread. What a line does
 * after it has been let go is up to its chip: on a Raspberry Pi it keeps its level or becomes an input, depending on the
 * kernel.
 */
export class LinuxGpioLine implements ReadableGpioLine {
  readonly #taken: TakenGpioLine;

  private constructor(taken: TakenGpioLine) {
    this.#taken = taken;
  }

  /** Takes a line as an output. Throws `TransportFailure` that says what to do. */
  static async open(options: LinuxGpioLineOptions): Promise<LinuxGpioLine> {
    const { line, initial, consumer = "emberwatch" } = options;
    return new LinuxGpioLine(
      await TakenGpioLine.take(options, gpioOutputRequest({ line, initial, consumer })),
    );
  }

  async set(level: "high" | "low"): Promise<void> {
    this.#taken.set(level);
  }

  async read(): Promise<"high" | "low"> {
    return this.#taken.read();
  }

  async close(): Promise<void> {
    this.#taken.close();
  }
}
