import type { ReadableGpioLine } from "#sensors/transport/gpio-line.ts";

/** An output line that is nowhere: it remembers its level and tells each change. */
export class EmulatedGpioLine implements ReadableGpioLine {
  readonly #onChange: (level: "high" | "low") => void;
  #level: "high" | "low";

  constructor(initial: "high" | "low", onChange: (level: "high" | "low") => void) {
    this.#level = initial;
    this.#onChange = onChange;
    onChange(initial);
  }

  /** The level it is driven to. */
  get level(): "high" | "low" {
    return this.#level;
  }

  async set(level: "high" | "low"): Promise<void> {
    if (level === this.#level) return;
    this.#level = level;
    this.#onChange(level);
  }

  async read(): Promise<"high" | "low"> {
    return this.#level;
  }

  async close(): Promise<void> {}
}
