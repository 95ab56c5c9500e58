import type { ReadableGpioLine } from "#sensors/transport/gpio-line.ts";

/** What a driven line needs. */
export interface DrivenLineOptions {
  /** How people call it: "fire relay". */
  readonly name: string;
  /** Takes the line with this level from the first moment on. Throws `TransportFailure`. */
  readonly open: (initial: "high" | "low") => Promise<ReadableGpioLine>;
  /** Told what is wrong whenever that changes; null when the line is driven again. */
  readonly onProblem: (problem: string | null) => void;
}

/**
 * An output line that is driven to what is wanted as soon as it can be. `drive` calls the line at once and returns; a
 * line that is not there or fails is opened again by `refresh`, with the level that is wanted then.
 */
export class DrivenLine {
  readonly #options: DrivenLineOptions;
  #line: ReadableGpioLine | null = null;
  #opening: Promise<void> | null = null;
  #wanted: "high" | "low" | null = null;
  #problem: string | null = null;
  #isClosed = false;

  constructor(options: DrivenLineOptions) {
    this.#options = options;
  }

  /** The level that is wanted; null before the first. */
  get wanted(): "high" | "low" | null {
    return this.#wanted;
  }

  /** Drives the line. */
  drive(level: "high" | "low"): void {
    this.#wanted = level;
    this.refresh();
  }

  /** Drives the line once more to what is wanted, which shows whether it can be. */
  refresh(): void {
    const wanted = this.#wanted;
    if (wanted === null || this.#isClosed) return;
    const line = this.#line;
    if (line === null) {
      this.#opening ??= this.#open(wanted).finally(() => {
        this.#opening = null;
      });
      return;
    }
    line.set(wanted).then(
      () => this.#report(null),
      (error: unknown) => this.#failed(line, error),
    );
  }

  /** Drives the line once more and reads what it then has. Rejects where it is not there or fails. */
  async readBack(): Promise<"high" | "low"> {
    await this.#opening;
    const [line, wanted] = [this.#line, this.#wanted];
    if (line === null || wanted === null) throw new Error(`The ${this.#options.name} is not there.`);
    await line.set(wanted);
    return line.read();
  }

  /** Lets the line go; safe to call twice. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#opening;
    const line = this.#line;
    this.#line = null;
    await line?.close();
  }

  async #open(initial: "high" | "low"): Promise<void> {
    try {
      const line = await this.#options.open(initial);
      this.#line = line;
      this.#report(null);
      // What is wanted may have changed while the line was opened.
      if (this.#wanted !== initial) this.refresh();
    } catch (error) {
      this.#report(wordsOf(error));
    }
  }

  #failed(line: ReadableGpioLine, error: unknown): void {
    if (this.#line !== line) return;
    this.#line = null;
    this.#report(wordsOf(error));
    line.close().catch(() => {});
  }

  #report(problem: string | null): void {
    const said = problem === null ? null : `The ${this.#options.name} cannot be driven: ${problem}`;
    if (said === this.#problem) return;
    this.#problem = said;
    this.#options.onProblem(said);
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
