import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { badInput, machineFault } from "#core/failure.ts";
import type { DenseNetwork } from "#model-package/dense-network.ts";
import type { TreeEnsemble } from "#model-package/tree-ensemble.ts";
import { type BoostingHyperparameters, boostingDefaults } from "../trainers/boosting-options.ts";
import { checkTable } from "../trainers/check-table.ts";
import { type ForestHyperparameters, forestDefaults } from "../trainers/forest-options.ts";
import type { Monotone } from "../trainers/monotone.ts";
import { type NetworkHyperparameters, networkDefaults } from "../trainers/network-options.ts";
import type { FitOptions, Trainer } from "../trainers/trainer.ts";
import type { TrainingTable } from "../trainers/training-table.ts";
import { type FrameworkMember, frameworks } from "./framework.ts";
import { requireFramework } from "./framework-absence.ts";
import { readFrameworkAnswers, requireSameAnswers } from "./framework-answers.ts";
import {
  boostingTexts,
  commonTexts,
  forestTexts,
  type HyperparameterTexts,
  networkTexts,
} from "./framework-hyperparameters.ts";
import { readPytorchNetwork } from "./read-pytorch-network.ts";
import { readSklearnForest } from "./read-sklearn-forest.ts";
import { readXgboostModel } from "./read-xgboost-model.ts";
import { runTrainingScript, type TrainingRun } from "./run-training-script.ts";
import { makeTrainingJobFolder } from "./training-job-folder.ts";

/** The reference frameworks in place of our own trainers, member by member. */
export interface FrameworkTrainers {
  readonly forest: Trainer<ForestHyperparameters, TreeEnsemble>;
  readonly boosting: Trainer<BoostingHyperparameters, TreeEnsemble>;
  readonly network: Trainer<NetworkHyperparameters, DenseNetwork>;
}

/** One way of learning by a framework: how its hyperparameters are written and its model is read. */
interface Way<Hyperparameters, Model> {
  readonly member: FrameworkMember;
  readonly defaults: Hyperparameters;
  readonly texts: (given: Hyperparameters) => HyperparameterTexts;
  readonly read: (text: string, featureNames: readonly string[]) => Model;
}

/**
 * Trainers that run the training scripts with this Python, each fit in a made-up /opt/ml tree of its own that is gone
 * afterwards. They take the hyperparameters of our own trainers and give the same kinds of model; `kernels` is not used.
 * A fit throws `machineFault` when Python or the framework is absent, when the framework fails, or when its model does
 * not say, as we read it, what the framework says itself (within 1e-6); `badInput` when it refuses a hyperparameter.
 */
export function frameworkTrainers({ python }: { readonly python: string }): FrameworkTrainers {
  return {
    forest: trainerOf(
      { member: "forest", defaults: forestDefaults, texts: forestTexts, read: readSklearnForest },
      python,
    ),
    boosting: trainerOf(
      { member: "boosting", defaults: boostingDefaults, texts: boostingTexts, read: readXgboostModel },
      python,
    ),
    network: trainerOf(
      { member: "network", defaults: networkDefaults, texts: networkTexts, read: readPytorchNetwork },
      python,
    ),
  };
}

function trainerOf<
  Hyperparameters extends { readonly monotone: Monotone },
  Model extends TreeEnsemble | DenseNetwork,
>(way: Way<Hyperparameters, Model>, python: string): Trainer<Hyperparameters, Model> {
  return {
    name: way.member,
    defaults: way.defaults,
    async fit(table, options) {
      checkTable(table);
      await requireFramework(way.member, python);
      options.signal?.throwIfAborted();
      const prefix = await mkdtemp(join(tmpdir(), "emberwatch-training-"));
      try {
        return await fitIn(prefix, { way, python, table, options });
      } finally {
        await rm(prefix, { recursive: true, force: true });
      }
    },
  };
}

async function fitIn<
  Hyperparameters extends { readonly monotone: Monotone },
  Model extends TreeEnsemble | DenseNetwork,
>(
  prefix: string,
  of: {
    readonly way: Way<Hyperparameters, Model>;
    readonly python: string;
    readonly table: TrainingTable;
    readonly options: FitOptions<Hyperparameters>;
  },
): Promise<Model> {
  const { way, table, options } = of;
  const { hyperparameters, seed, onProgress, signal } = options;
  const folder = await makeTrainingJobFolder(prefix, {
    member: way.member,
    hyperparameters: {
      ...way.texts(hyperparameters),
      ...commonTexts({ seed, monotone: hyperparameters.monotone }, table.featureNames),
    },
    train: table,
    validation: options.validation,
    // Trees of a forest do not depend on each other; elsewhere the sums, and so the model, would depend on the threads.
    cpus: way.member === "forest" ? options.workers : 1,
    checkpoints: "none",
  });
  const run = await runTrainingScript(folder, {
    python: of.python,
    signal,
    onMetric: async (name, value) => {
      if (name === "progress") await onProgress?.(value);
    },
  });
  signal?.throwIfAborted();
  requireCompleted(run, way.member);
  const text = await readFile(join(folder.modelFolder, frameworks[way.member].modelFile), "utf8");
  const model = way.read(text, table.featureNames);
  requireSameAnswers(
    model,
    readFrameworkAnswers(await readFile(join(folder.outputDataFolder, "golden.json"), "utf8")),
  );
  return model;
}

function requireCompleted({ outcome, failure }: TrainingRun, member: FrameworkMember): void {
  const { title } = frameworks[member];
  switch (outcome) {
    case "completed":
      return;
    case "refused":
      throw badInput("hyperparameters", `${title} refused: ${failure}`);
    case "failed":
      throw machineFault("framework-failed", `${title} failed: ${failure}`);
    case "stopped":
      throw machineFault("framework-stopped", `${title} was stopped from outside before it was done.`);
  }
}
