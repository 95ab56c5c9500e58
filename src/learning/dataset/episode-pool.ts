import { Worker } from "node:worker_threads";
import { assert, machineFault } from "#core/failure.ts";
import type { EpisodeRecipe, EpisodeRows } from "./episode-rows.ts";

/** Most workers of a pool: more threads than this gain nothing on one machine. */
export const workersMax = 64;

/** What a worker answers: the rows (or whatever its program makes of an episode), or what went wrong. */
export type WorkerAnswer<Result = EpisodeRows> =
  | { readonly kind: "rows"; readonly rows: Result }
  | { readonly kind: "failed"; readonly text: string };

interface Job<Result> {
  readonly recipe: EpisodeRecipe;
  readonly resolve: (rows: Result) => void;
  readonly reject: (error: Error) => void;
}

/** Threads that render episodes, each one at a time; whoever is free takes the oldest that waits. */
export class EpisodePool<Result = EpisodeRows> {
  readonly #workers: Worker[] = [];
  readonly #idle: Worker[] = [];
  readonly #running = new Map<Worker, Job<Result>>();
  /** Bounded by whoever calls `render`: `inOrder` has a named window. */
  readonly #waiting: Job<Result>[] = [];
  #closed = false;

  /** Starts `workers` threads of a program that answers recipes, as `serveEpisodes` does. */
  constructor(options: {
    readonly workers: number;
    readonly program: URL;
    /** Given to each thread at its start; nothing where left out. */
    readonly workerData?: unknown;
  }) {
    assert(options.workers >= 1 && options.workers <= workersMax, `a pool has 1 to ${workersMax} workers`);
    const { workerData } = options;
    for (let i = 0; i < options.workers; i += 1) this.#start(new Worker(options.program, { workerData }));
  }

  /** Renders one episode; rejects with a machine fault when its thread dies. */
  render(recipe: EpisodeRecipe): Promise<Result> {
    assert(!this.#closed, "the pool is open");
    return new Promise((resolve, reject) => {
      this.#waiting.push({ recipe, resolve, reject });
      this.#handOut();
    });
  }

  /** Ends all threads; what they were at is lost and never answered. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting.length = 0;
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #start(worker: Worker): void {
    this.#workers.push(worker);
    this.#idle.push(worker);
    worker.on("message", (answer: WorkerAnswer<Result>) => this.#receive(worker, answer));
    worker.on("error", (error) => this.#lose(worker, error.message));
    worker.on("exit", (code) => {
      if (!this.#closed) this.#lose(worker, `its thread ended with code ${code}`);
    });
  }

  #handOut(): void {
    while (this.#waiting.length > 0 && this.#idle.length > 0) {
      const job = this.#waiting.shift()!;
      const worker = this.#idle.shift()!;
      this.#running.set(worker, job);
      worker.postMessage(job.recipe);
    }
  }

  #receive(worker: Worker, answer: WorkerAnswer<Result>): void {
    const job = this.#running.get(worker);
    this.#running.delete(worker);
    if (job === undefined || this.#closed) return;
    if (answer.kind === "rows") job.resolve(answer.rows);
    else job.reject(failedEpisode(job.recipe, answer.text));
    this.#idle.push(worker);
    this.#handOut();
  }

  #lose(worker: Worker, text: string): void {
    const job = this.#running.get(worker);
    this.#running.delete(worker);
    job?.reject(failedEpisode(job.recipe, text));
    // Nobody is left to take what waits: it must fail too, or the program would wait for ever.
    const index = this.#idle.indexOf(worker);
    if (index >= 0) this.#idle.splice(index, 1);
    for (const waiting of this.#waiting.splice(0)) waiting.reject(failedEpisode(waiting.recipe, text));
  }
}

function failedEpisode(recipe: EpisodeRecipe, text: string): Error {
  return machineFault(
    "episode-failed",
    `Episode ${recipe.episode} (${recipe.scenario} in ${recipe.room}, seed ${recipe.seed}) could not be rendered: ${text}.`,
  );
}

/**
 * Renders recipes with several at a time and gives their rows in the order of the recipes, however long each takes. At
 * most `windowMax` are begun and not yet given; only one at a time while `hasEnough` says that those begun should do.
 */
export async function* inOrder<Result>(
  recipes: Iterator<EpisodeRecipe, void, undefined>,
  options: {
    readonly render: (recipe: EpisodeRecipe) => Promise<Result>;
    readonly windowMax: number;
    readonly hasEnough: () => boolean;
  },
): AsyncGenerator<Result, void, undefined> {
  const begun: Promise<Result>[] = [];
  const fill = () => {
    while (begun.length < options.windowMax && (begun.length === 0 || !options.hasEnough())) {
      const next = recipes.next();
      if (next.done === true) return;
      const rows = options.render(next.value);
      // A later episode may fail before its turn comes; it is heard of then.
      rows.catch(() => {});
      begun.push(rows);
    }
  };
  for (;;) {
    fill();
    const first = begun.shift();
    if (first === undefined) return;
    yield await first;
  }
}
