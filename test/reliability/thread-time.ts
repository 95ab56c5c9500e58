import type { Worker } from "node:worker_threads";

/**
 * How long a thread has worked or waited for something, from now on. While a busy machine lets it wait for a processor its
 * time stands still.
 */
export class ThreadTime {
  readonly #worker: Worker;
  readonly #idleFromMs: number;
  readonly #workedFrom: Promise<NodeJS.CpuUsage | undefined>;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.#idleFromMs = worker.performance.eventLoopUtilization().idle;
    // A thread that has just been made does not run yet: it begins with nothing.
    this.#workedFrom = worker.cpuUsage().catch(() => undefined);
  }

  /** The time so far, in ms. Rejects while the thread does not run. */
  async spentMs(): Promise<number> {
    const { user, system } = await this.#worker.cpuUsage(await this.#workedFrom);
    return (user + system) / 1_000 + this.#worker.performance.eventLoopUtilization().idle - this.#idleFromMs;
  }
}
