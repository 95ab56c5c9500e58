import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A program in a process of its own, whose lines are heard and that is killed without warning. */
export class KilledProcess {
  readonly #child: ChildProcess;

  /** Starts the program at `path` with these arguments. */
  constructor(program: {
    readonly path: URL;
    readonly words: readonly string[];
    readonly onLine: (what: string, rest: string) => void;
  }) {
    const path = fileURLToPath(program.path);
    this.#child = spawn(process.execPath, [path, ...program.words], { stdio: ["pipe", "pipe", "inherit"] });
    createInterface({ input: this.#child.stdout! }).on("line", (line) => {
      const space = line.indexOf(" ");
      program.onLine(line.slice(0, space), line.slice(space + 1));
    });
  }

  /** Ends it between two instructions; resolves when it is gone and all its lines were heard. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = once(this.#child, "close");
    this.#child.kill("SIGKILL");
    await closed;
  }

  /** Says by the end of its input that it is to come to rest. */
  rest(): void {
    this.#child.stdin?.end();
  }

  /** Resolves when it has ended by itself. */
  async ended(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, "close");
  }
}
