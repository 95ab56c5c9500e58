import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assert } from "#core/failure.ts";
import type { TrainingTable } from "../trainers/training-table.ts";
import { writeChannelCsv } from "./channel-csv.ts";
import { type FrameworkMember, frameworks } from "./framework.ts";

/** What a training job is asked to do. */
export interface TrainingJob {
  readonly member: FrameworkMember;
  /** By the framework's own names, as text: SageMaker hands on nothing else. */
  readonly hyperparameters: Readonly<Record<string, string>>;
  readonly train: TrainingTable;
  readonly validation: TrainingTable | null;
  readonly cpus: number;
  /** "synced" makes the checkpoint folder, as a job with a checkpoint configuration has it. */
  readonly checkpoints: "synced" | "none";
}

/** A made-up /opt/ml tree, ready for its script to be started. */
export interface TrainingJobFolder {
  /** The script in the tree, and its command line arguments. */
  readonly script: string;
  readonly arguments: readonly string[];
  /** The SM_… variables that point into the tree. */
  readonly environment: Readonly<Record<string, string>>;
  readonly modelFolder: string;
  readonly outputDataFolder: string;
  readonly failureFile: string;
}

/** Limits of SageMaker's CreateTrainingJob. */
const hyperparametersMax = 100;
const hyperparameterCharactersMax = 2_500;

const helper = "script_mode.py";
/** The scripts lie beside this file, or beside the bundled command. */
const scriptPaths: Readonly<Record<string, string>> = {
  "forest_sklearn.py": fileURLToPath(new URL("./forest_sklearn.py", import.meta.url)),
  "boosting_xgboost.py": fileURLToPath(new URL("./boosting_xgboost.py", import.meta.url)),
  "network_pytorch.py": fileURLToPath(new URL("./network_pytorch.py", import.meta.url)),
  [helper]: fileURLToPath(new URL("./script_mode.py", import.meta.url)),
};

/**
 * Makes the folder tree that a SageMaker training container finds under /opt/ml, with `prefix` in that place: code,
 * configuration, channels, and empty folders for model and output. All but a checkpoint folder that is there already is
 * made anew, as on the fresh machine that a spot job goes on on.
 */
export async function makeTrainingJobFolder(prefix: string, job: TrainingJob): Promise<TrainingJobFolder> {
  const at = (...parts: string[]): string => join(prefix, ...parts);
  for (const fresh of ["code", "input", "model", "output"])
    await rm(at(fresh), { recursive: true, force: true });
  for (const folder of ["code", "input/config", "model", "output/data"])
    await mkdir(at(folder), { recursive: true });
  if (job.checkpoints === "synced") await mkdir(at("checkpoints"), { recursive: true });
  const { script } = frameworks[job.member];
  for (const file of [script, helper]) await copyFile(scriptPaths[file]!, at("code", file));
  const channels = await writeChannels(at("input/data"), job);
  const given = { ...job.hyperparameters, csv_weights: job.train.weights === null ? "0" : "1" };
  await writeConfiguration(at("input/config"), { job, script, given, checkpoints: at("checkpoints") });
  return {
    script: at("code", script),
    arguments: Object.entries(given)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, value]) => [`--${name}`, value]),
    environment: {
      SM_INPUT_DIR: at("input"),
      SM_INPUT_CONFIG_DIR: at("input/config"),
      SM_CHANNELS: JSON.stringify(channels),
      ...Object.fromEntries(
        channels.map((name) => [`SM_CHANNEL_${name.toUpperCase()}`, at("input/data", name)]),
      ),
      SM_HPS: JSON.stringify(given),
      ...Object.fromEntries(
        Object.entries(given).map(([name, value]) => [`SM_HP_${name.toUpperCase()}`, value]),
      ),
      SM_MODEL_DIR: at("model"),
      SM_OUTPUT_DIR: at("output"),
      SM_OUTPUT_DATA_DIR: at("output/data"),
      SM_MODULE_DIR: at("code"),
      SM_USER_ENTRY_POINT: script,
      SM_HOSTS: JSON.stringify([host]),
      SM_CURRENT_HOST: host,
      SM_NUM_CPUS: String(job.cpus),
      SM_NUM_GPUS: "0",
    },
    modelFolder: at("model"),
    outputDataFolder: at("output/data"),
    failureFile: at("output/failure"),
  };
}

/** SageMaker's name of the first machine of a job. */
const host = "algo-1";

async function writeChannels(folder: string, job: TrainingJob): Promise<readonly string[]> {
  const weights = job.train.weights === null ? "none" : "column";
  const channels =
    job.validation === null ? { train: job.train } : { train: job.train, validation: job.validation };
  for (const [name, table] of Object.entries(channels)) {
    await mkdir(join(folder, name), { recursive: true });
    await writeChannelCsv(join(folder, name, `${name}.csv`), table, { weights });
  }
  return Object.keys(channels);
}

/** The files that SageMaker itself writes for a container; script mode's own settings are JSON within JSON. */
async function writeConfiguration(
  folder: string,
  of: {
    readonly job: TrainingJob;
    readonly script: string;
    readonly given: Readonly<Record<string, string>>;
    readonly checkpoints: string;
  },
): Promise<void> {
  const { job, given } = of;
  const hyperparameters = { ...given, sagemaker_program: JSON.stringify(of.script) };
  const entries = Object.entries(hyperparameters);
  assert(entries.length <= hyperparametersMax, "a job has no more hyperparameters than SageMaker takes");
  assert(
    entries.every(([, value]) => value.length <= hyperparameterCharactersMax),
    "every hyperparameter fits SageMaker's length",
  );
  const channel = {
    TrainingInputMode: "File",
    S3DistributionType: "FullyReplicated",
    RecordWrapperType: "None",
  };
  const files: Record<string, object> = {
    "hyperparameters.json": hyperparameters,
    "resourceconfig.json": { current_host: host, hosts: [host], network_interface_name: "eth0" },
    "inputdataconfig.json": {
      train: { ...channel, ContentType: "text/csv" },
      ...(job.validation === null ? {} : { validation: { ...channel, ContentType: "text/csv" } }),
    },
  };
  if (job.checkpoints === "synced") files["checkpointconfig.json"] = { LocalPath: of.checkpoints };
  for (const [name, content] of Object.entries(files))
    await writeFile(join(folder, name), JSON.stringify(content));
}
