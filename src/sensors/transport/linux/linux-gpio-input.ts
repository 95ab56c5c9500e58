import type { GpioInput } from "../gpio-input.ts";
import { gpioInputRequest } from "./gpio-request.ts";
import { type GpioPlace, TakenGpioLine } from "./taken-gpio-line.ts";

/** Which line to read. */
export interface LinuxGpioInputOptions extends GpioPlace {
  /** Name that "gpioinfo" shows; left out, "emberwatch". */
  readonly consumer?: string;
}

/** An input line of a Linux GPIO chip, pulled up by it, so that a contact to ground makes it low and an open wire high. */
export class LinuxGpioInput implements GpioInput {
  readonly #taken: TakenGpioLine;

  private constructor(taken: TakenGpioLine) {
    this.#taken = taken;
  }

  /** Takes a line as an input. Throws `TransportFailure` that says what to do. */
  static async open(options: LinuxGpioInputOptions): Promise<LinuxGpioInput> {
    const { line, consumer = "emberwatch" } = options;
    return new LinuxGpioInput(await TakenGpioLine.take(options, gpioInputRequest({ line, consumer })));
  }

  async read(): Promise<"high" | "low"> {
    return this.#taken.read();
  }

  async close(): Promise<void> {
    this.#taken.close();
  }
}
