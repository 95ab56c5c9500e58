import { Worker } from "node:worker_threads";
import { badInput, machineFault } from "#core/failure.ts";
import { workerProgram } from "#core/worker-program.ts";
import type { TreeEnsemble } from "#model-package/tree-ensemble.ts";
import { binTable } from "./binned-table.ts";
import { checkTable } from "./check-table.ts";
import { ForestGrower, type ForestRows } from "./forest-grower.ts";
import { type ForestHyperparameters, forestDefaults } from "./forest-options.ts";
import type { ForestWork, GrownTree } from "./forest-work.ts";
import { joinTrees, type TreeArrays } from "./growing-tree.ts";
import { directionsOf } from "./monotone.ts";
import type { FitOptions, Trainer } from "./trainer.ts";
import type { TrainingTable } from "./training-table.ts";

const treesMax = 5_000;
const depthsMax = 40;
const workersMax = 64;

type ForestFit = FitOptions<ForestHyperparameters>;

/** Random forest by histograms: bootstrap, a few features a node, Gini impurity; its leaves' shares are averaged. */
export const randomForest: Trainer<ForestHyperparameters, TreeEnsemble> = {
  name: "forest",
  defaults: forestDefaults,
  async fit(table, options) {
    checkTable(table);
    checkHyperparameters(options.hyperparameters);
    const binned = binTable(table);
    const { bins, stride, features } = binned;
    for (let row = 0; row < table.rows; row += 1) bins[row * stride + features] = table.labels[row]!;
    const rows: ForestRows = {
      table: binned,
      labels: sharedLabels(table),
      weightSums: table.weights === null ? null : runningSums(table.weights),
      directions: directionsOf(options.hyperparameters.monotone, table.featureNames),
    };
    const grown = options.workers > 1 ? await growInWorkers(rows, options) : await growHere(rows, options);
    return {
      kind: "trees",
      featureNames: table.featureNames,
      output: "mean-probability",
      base: 0,
      ...joinTrees(grown),
    };
  },
};

function checkHyperparameters(given: ForestHyperparameters): void {
  const whole = (name: Exclude<keyof ForestHyperparameters, "monotone">, most: number): void => {
    const value = given[name];
    if (value !== null && !(Number.isInteger(value) && value >= 1 && value <= most))
      throw badInput("hyperparameters", `The forest's ${name} is a whole number from 1 to ${most}.`);
  };
  whole("trees", treesMax);
  whole("depthMax", depthsMax);
  whole("leafRowsMin", 2 ** 31 - 1);
  whole("featuresPerNode", 2 ** 16);
  whole("nodesMax", 2 ** 31 - 1);
}

function sharedLabels(table: TrainingTable): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(table.rows));
  shared.set(table.labels);
  return shared;
}

function runningSums(weights: Float32Array): Float64Array {
  const sums = new Float64Array(new SharedArrayBuffer(8 * weights.length));
  let sum = 0;
  weights.forEach((weight, i) => {
    sum += weight;
    sums[i] = sum;
  });
  return sums;
}

async function growHere(rows: ForestRows, options: ForestFit): Promise<TreeArrays[]> {
  const { hyperparameters, seed, signal, onProgress } = options;
  const grower = new ForestGrower(rows, hyperparameters, seed);
  const grown: TreeArrays[] = [];
  for (let tree = 0; tree < hyperparameters.trees; tree += 1) {
    signal?.throwIfAborted();
    grown.push(grower.grow(tree));
    await onProgress?.((tree + 1) / hyperparameters.trees);
  }
  return grown;
}

/** Hands trees to workers one by one, so that a busy core holds nobody back; the trees are put in order. */
async function growInWorkers(rows: ForestRows, options: ForestFit): Promise<TreeArrays[]> {
  const { hyperparameters, seed } = options;
  const work: ForestWork = { rows, options: hyperparameters, seed };
  const count = Math.min(options.workers, hyperparameters.trees, workersMax);
  const program = workerProgram(new URL("./forest-worker.ts", import.meta.url));
  const workers = Array.from({ length: count }, () => new Worker(program, { workerData: work }));
  try {
    return await collectTrees(workers, options);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function collectTrees(workers: readonly Worker[], options: ForestFit): Promise<TreeArrays[]> {
  const { signal, onProgress } = options;
  const { trees } = options.hyperparameters;
  const grown: TreeArrays[] = new Array(trees);
  let next = 0;
  let done = 0;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal?.reason);
    const giveNext = (worker: Worker): void => {
      if (next >= trees) return;
      worker.postMessage(next);
      next += 1;
    };
    const take = async (worker: Worker, answer: GrownTree): Promise<void> => {
      grown[answer.tree] = answer.grown;
      done += 1;
      giveNext(worker);
      await onProgress?.(done / trees);
      if (done < trees) return;
      signal?.removeEventListener("abort", stop);
      resolve(grown);
    };
    signal?.addEventListener("abort", stop, { once: true });
    if (signal?.aborted === true) stop();
    for (const worker of workers) {
      worker.on("message", (answer: GrownTree) => {
        take(worker, answer).catch(reject);
      });
      worker.on("error", reject);
      worker.on("exit", (code) => {
        if (done < trees) reject(machineFault("forest-worker", `A worker of the forest ended with ${code}.`));
      });
      giveNext(worker);
    }
  });
}
