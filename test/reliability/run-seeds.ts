import type { Worker } from "node:worker_threads";
import type { SeedRange } from "./parse-seeds.ts";
import { describeError, type RunLength, type SeedOutcome, type ThreadReport } from "./seed-outcome.ts";
import type { SimulationOrder } from "./sim-worker.ts";
import { ThreadTime } from "./thread-time.ts";

/** A run takes a second, and a day a minute: one that works or waits for so long will never end. */
const endlessAfterMs: Readonly<Record<RunLength, number>> = { minutes: 300_000, day: 3_600_000 };

/** A thread's own time stands still where it is stuck in the machine: by the wall a run may take so many times as long. */
const wallFactor = 20;
/** The time of a thread is looked at so often, in parts of what it may take. */
const looksPerRun = 20;

/** What is to be run. */
export interface SeedWork {
  readonly range: SeedRange;
  readonly length: RunLength;
  /** Threads. */
  readonly workers: number;
  readonly makeWorker: () => Worker;
  /** A seed that has worked and waited for so long counts as failed; usually some minutes, for a day an hour. */
  readonly endlessAfterMs?: number;
}

/**
 * Runs seeds in threads and tells of each once; each seed alone decides what comes of it. An error in a run, a thread that
 * dies and a run that does not end are outcomes like others, and the next seed gets a fresh thread.
 */
export async function runSeeds(work: SeedWork, onOutcome: (outcome: SeedOutcome) => void): Promise<void> {
  const { first, last } = work.range;
  let next = first;
  const threads = Math.min(work.workers, last - first + 1);
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const thread = new SeedThread(work);
      for (let seed = next; seed <= last; seed = next) {
        next += 1;
        onOutcome({ seed, ...(await thread.run(seed)) });
      }
      await thread.end();
    }),
  );
}

/** A thread that takes one seed after the other, and is made anew whenever it broke. */
class SeedThread {
  readonly #work: SeedWork;
  #worker: Worker | null = null;
  #settle: (report: ThreadReport) => void = () => {};

  constructor(work: SeedWork) {
    this.#work = work;
  }

  async run(seed: number): Promise<ThreadReport> {
    const { length, makeWorker } = this.#work;
    const worker = this.#worker ?? this.#follow(makeWorker());
    this.#worker = worker;
    let timer: NodeJS.Timeout | undefined;
    const report = await new Promise<ThreadReport>((resolve) => {
      this.#settle = resolve;
      timer = this.#watch(worker, resolve);
      worker.postMessage({ seed, length } satisfies SimulationOrder);
    });
    clearInterval(timer);
    // What a broken run has left behind is not to meet the next one.
    if (report.kind === "broke") await this.end();
    return report;
  }

  #watch(worker: Worker, resolve: (report: ThreadReport) => void): NodeJS.Timeout {
    const limitMs = this.#work.endlessAfterMs ?? endlessAfterMs[this.#work.length];
    const broke = (): void =>
      resolve({ kind: "broke", error: `The run did not end within ${limitMs / 1_000} s of its own time.` });
    const time = new ThreadTime(worker);
    const startedMs = performance.now();
    return setInterval(() => {
      if (performance.now() - startedMs > wallFactor * limitMs) broke();
      time.spentMs().then(
        (spentMs) => {
          if (spentMs > limitMs) broke();
        },
        // A thread that does not run yet is looked at again, and one that has ended says so itself.
        () => {},
      );
    }, limitMs / looksPerRun);
  }

  async end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    this.#settle = () => {};
    await worker?.terminate();
  }

  #follow(worker: Worker): Worker {
    const settle = (report: ThreadReport): void => {
      if (this.#worker === worker) this.#settle(report);
    };
    worker.on("message", settle);
    worker.on("error", (error) => settle({ kind: "broke", error: describeError(error) }));
    worker.on("exit", (code) =>
      settle({ kind: "broke", error: `The thread ended by itself with code ${code}.` }),
    );
    return worker;
  }
}
