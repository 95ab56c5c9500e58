import type { Output } from "./output.ts";

/** Shows how far a long piece of work has come, on a terminal only, at most a few times a second of work. */
export class ProgressLine {
  readonly #output: Output;
  readonly #what: string;
  #shown = "";

  constructor(output: Output, what: string) {
    this.#output = output;
    this.#what = what;
  }

  /** Replaces what stands on the line. */
  show(progress: string): void {
    if (progress === this.#shown) return;
    this.#shown = progress;
    this.#output.progress(`${this.#what} ${progress}`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#shown !== "") this.#output.progress("");
    this.#shown = "";
  }
}
