import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { machineFault } from "#core/failure.ts";
import { metricInLine } from "./metric-definitions.ts";
import type { TrainingJobFolder } from "./training-job-folder.ts";

/** How a training script ended, as SageMaker would see it. */
export interface TrainingRun {
  /**
   * "refused" when no attempt could use the input, "failed" when something else went wrong, "stopped" when SIGTERM came
   * and the script kept what it had.
   */
  readonly outcome: "completed" | "refused" | "failed" | "stopped";
  /** What the failure file says, at most as much as SageMaker shows; null without one. */
  readonly failure: string | null;
  /** The last value of each metric. */
  readonly metrics: ReadonlyMap<string, number>;
}

/** SageMaker shows this much of a failure file. */
const failureCharactersMax = 1_024;
/** A line of output without an end is dropped at this length. */
const lineCharactersMax = 65_536;
/** What is kept of the end of the error output. */
const errorCharactersMax = 2_000;

const exitRefused = 2;
const exitStopped = 128 + 15;

/**
 * Runs a training script in its made-up tree. An abort of `signal` sends SIGTERM, as SageMaker does when it stops a job
 * or takes a spot machine back, and the script then ends when it has kept what it has. What `onMetric` throws ends the
 * run likewise. Throws `machineFault` when Python cannot be started.
 */
export async function runTrainingScript(
  folder: TrainingJobFolder,
  options: {
    readonly python: string;
    readonly signal: AbortSignal | null;
    readonly onMetric: ((name: string, value: number) => void | Promise<void>) | null;
  },
): Promise<TrainingRun> {
  const child = start(folder, options.python);
  const ended = endOf(child, options.python);
  const stop = (): void => void child.kill("SIGTERM");
  options.signal?.addEventListener("abort", stop, { once: true });
  if (options.signal?.aborted === true) stop();
  const metrics = new Map<string, number>();
  const errorTail = keepTail(child);
  try {
    await eachLine(child, async (line) => {
      const metric = metricInLine(line);
      if (metric === null) return;
      metrics.set(metric.name, metric.value);
      await options.onMetric?.(metric.name, metric.value);
    });
  } catch (cause) {
    stop();
    // What the script still prints is not asked for any more, but has to be taken for it to end.
    child.stdout?.resume();
    await ended;
    throw cause;
  } finally {
    options.signal?.removeEventListener("abort", stop);
  }
  const code = await ended;
  const failure = await readFailure(folder.failureFile);
  if (code === 0) return { outcome: "completed", failure, metrics };
  if (code === exitStopped) return { outcome: "stopped", failure, metrics };
  const said = failure ?? `it ended with ${code}: ${errorTail().trim().split("\n").at(-1) ?? ""}`;
  return { outcome: code === exitRefused ? "refused" : "failed", failure: said, metrics };
}

function start(folder: TrainingJobFolder, python: string): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("SM_"));
  const threads = folder.environment["SM_NUM_CPUS"] ?? "1";
  return spawn(python, [folder.script, ...folder.arguments], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...Object.fromEntries(inherited),
      ...folder.environment,
      OMP_NUM_THREADS: threads,
      OPENBLAS_NUM_THREADS: threads,
      PYTHONUNBUFFERED: "1",
      PYTHONDONTWRITEBYTECODE: "1",
    },
  });
}

/** The exit code; a script that SIGTERM ends before it listens counts as stopped, with nothing kept. */
function endOf(child: ChildProcess, python: string): Promise<number> {
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", (cause) =>
      reject(machineFault("python-absent", `${python} cannot be started: install python3.`, { cause })),
    );
    child.once("close", (code, signal) => resolve(code ?? (signal === "SIGTERM" ? exitStopped : 1)));
  });
  // It is awaited later, when the output has been read.
  ended.catch(() => {});
  return ended;
}

async function eachLine(child: ChildProcess, take: (line: string) => Promise<void>): Promise<void> {
  if (child.stdout === null) return;
  child.stdout.setEncoding("utf8");
  let rest = "";
  for await (const piece of child.stdout) {
    const lines = (rest + String(piece)).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > lineCharactersMax) rest = "";
    for (const line of lines) await take(line);
  }
}

function keepTail(child: ChildProcess): () => string {
  let tail = "";
  child.stderr?.setEncoding("utf8");
  child.stderr?.on("data", (piece: string) => {
    tail = (tail + piece).slice(-errorCharactersMax);
  });
  return () => tail;
}

async function readFailure(path: string): Promise<string | null> {
  try {
    return (await readFile(path, "utf8")).slice(0, failureCharactersMax);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw cause;
  }
}
