import type { Invocation } from "../command.ts";
import { ProgressLine } from "../progress-line.ts";

/** A moving line on a terminal; elsewhere one note for each step. */
export class TrainingProgress {
  readonly #line: ProgressLine;
  readonly #invocation: Invocation;
  #step = "";

  constructor(invocation: Invocation) {
    this.#invocation = invocation;
    this.#line = new ProgressLine(invocation.output, "training");
  }

  /** Lets the event loop turn, so that an interrupt is heard between steps. */
  async show(step: string, share: number): Promise<void> {
    if (step !== this.#step) {
      this.#step = step;
      this.#line.clear();
      this.#invocation.output.note(step);
    }
    this.#line.show(`${step} ${Math.round(100 * share)} %`);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }

  clear(): void {
    this.#line.clear();
  }
}
