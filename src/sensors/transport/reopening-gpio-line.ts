import type { GpioLine } from "./gpio-line.ts";
import { TransportFailure } from "./transport-failure.ts";

/**
 * A line that is opened with its first use, and again after it failed: one that is not there fails each use until it is.
 * Several owners may use it at once.
 */
export class ReopeningGpioLine implements GpioLine {
  readonly #open: () => Promise<GpioLine>;
  #line: Promise<GpioLine> | null = null;
  #isClosed = false;

  /** `open` throws `TransportFailure`. */
  constructor(open: () => Promise<GpioLine>) {
    this.#open = open;
  }

  /** Drives the line. Throws `TransportFailure`: those of opening it and of the line. */
  async set(level: "high" | "low"): Promise<void> {
    if (this.#isClosed) throw new TransportFailure("gone", "The line has been let go: open it again.");
    this.#line ??= this.#open();
    const line = this.#line;
    try {
      await (await line).set(level);
    } catch (error) {
      if (this.#line === line) await this.#letGo();
      throw error;
    }
  }

  /** Lets the line go; safe to call twice. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#letGo();
  }

  async #letGo(): Promise<void> {
    const line = this.#line;
    this.#line = null;
    if (line === null) return;
    const opened = await line.catch(() => null);
    await opened?.close();
  }
}
