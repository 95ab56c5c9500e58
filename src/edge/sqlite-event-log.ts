import { Worker } from "node:worker_threads";
import type {
  EntryRange,
  EventLog,
  EventLogCounts,
  LoggedEntry,
  NewEntry,
} from "#core/event-log/event-log.ts";
import { type Failure, machineFault } from "#core/failure.ts";
import { workerProgram } from "#core/worker-program.ts";
import type { EventLogFileOptions } from "./event-log-file.ts";
import type { EventLogAnswer, EventLogQuestion, EventLogValue } from "./event-log-messages.ts";
import { arrived } from "./travelling-failure.ts";

/** Questions that may wait for the disk at once; a further one is refused as "event-log-failed". */
export const eventLogQuestionsMax = 4_096;

interface Waiting {
  readonly resolve: (value: EventLogValue) => void;
  readonly reject: (error: Failure) => void;
}

type Ask = EventLogQuestion extends infer Question
  ? Question extends EventLogQuestion
    ? Omit<Question, "request">
    : never
  : never;

/**
 * An `EventLog` in a SQLite file. SQLite blocks whoever calls it, so it runs in a worker thread: the calling thread only
 * posts messages, however slow the disk is. Appends that wait go to disk together. A second process may open the same
 * file to read and remove. A worker that dies is started again by the next call.
 */
export class SqliteEventLog implements EventLog {
  readonly #options: EventLogFileOptions;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #requests = 0;
  #state: "open" | "closed" = "open";
  #damage: string | null = null;

  private constructor(options: EventLogFileOptions) {
    this.#options = options;
  }

  /** Opens or makes the file; throws the Failures of `EventLogFile.open`. */
  static async open(options: EventLogFileOptions): Promise<SqliteEventLog> {
    const log = new SqliteEventLog(options);
    await log.counts();
    return log;
  }

  /** What was lost because the file was damaged, in a sentence; null when it was whole. */
  get damage(): string | null {
    return this.#damage;
  }

  async append(entry: NewEntry): Promise<number> {
    return (await this.#ask({ ask: "append", entry })) as number;
  }

  async read(range: EntryRange): Promise<readonly LoggedEntry[]> {
    return (await this.#ask({ ask: "read", range })) as readonly LoggedEntry[];
  }

  async remove(sequences: readonly number[]): Promise<void> {
    await this.#ask({ ask: "remove", sequences });
  }

  async counts(): Promise<EventLogCounts> {
    return (await this.#ask({ ask: "counts" })) as EventLogCounts;
  }

  async close(): Promise<void> {
    if (this.#state === "closed") return;
    const worker = this.#worker;
    const closed = worker === null ? null : this.#ask({ ask: "close" });
    this.#state = "closed";
    await closed?.catch(() => undefined);
    await worker?.terminate();
  }

  #ask(ask: Ask): Promise<EventLogValue> {
    if (this.#state === "closed") {
      return Promise.reject(machineFault("event-log-closed", "The event log is closed."));
    }
    if (this.#waiting.size >= eventLogQuestionsMax) {
      const message = `${this.#options.path} is too slow: ${eventLogQuestionsMax} requests wait for the disk.`;
      return Promise.reject(machineFault("event-log-failed", message));
    }
    this.#worker ??= this.#startWorker();
    this.#requests += 1;
    const request = this.#requests;
    this.#worker.postMessage({ request, ...ask } satisfies EventLogQuestion);
    return new Promise((resolve, reject) => this.#waiting.set(request, { resolve, reject }));
  }

  #startWorker(): Worker {
    const worker = new Worker(workerProgram(new URL("./event-log-worker.ts", import.meta.url)), {
      workerData: this.#options,
    });
    let cause: Failure | null = null;
    worker.on("message", (answer: EventLogAnswer) => {
      if (answer.kind === "not-opened") cause = arrived(answer.failure);
      else this.#hear(answer);
    });
    worker.on("error", (error) => {
      cause = machineFault(
        "event-log-failed",
        `The thread of ${this.#options.path} failed: ${error.message}.`,
      );
    });
    worker.on("exit", () => {
      if (this.#worker === worker) this.#worker = null;
      const ended = machineFault("event-log-failed", `The thread of ${this.#options.path} ended.`);
      for (const { reject } of this.#waiting.values()) reject(cause ?? ended);
      this.#waiting.clear();
    });
    return worker;
  }

  #hear(answer: Exclude<EventLogAnswer, { kind: "not-opened" }>): void {
    if (answer.kind === "opened") {
      this.#damage ??= answer.damage;
      return;
    }
    const waiting = this.#waiting.get(answer.request);
    this.#waiting.delete(answer.request);
    if (answer.kind === "done") waiting?.resolve(answer.value);
    else waiting?.reject(arrived(answer.failure));
  }
}
