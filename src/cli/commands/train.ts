import type { KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { badInput } from "#core/failure.ts";
import { loadTrainingKernels } from "#kernels/load-training-kernels.ts";
import { workersMax } from "#learning/dataset/episode-pool.ts";
import { judgeHonestly } from "#learning/honesty/honesty-gate.ts";
import type { SceneLevels, SchemaChoice } from "#learning/training/feature-groups.ts";
import { impossibleText, openTrainingData } from "#learning/training/open-training-data.ts";
import { packHeads } from "#learning/training/pack-heads.ts";
import { headText, type TrainingWish, trainHeads } from "#learning/training/train-heads.ts";
import { engineNames, type TrainingEngine, trainingEngine } from "#learning/training/training-engine.ts";
import { readSigningKey } from "#model-package/package-signature.ts";
import { PartialFile } from "#recording/partial-file.ts";
import type { Command, Invocation } from "../command.ts";
import type { Output } from "../output.ts";
import { choiceOption, numberOption } from "../parse-arguments.ts";
import { softwareVersion } from "../software-version.ts";
import { stopSignal } from "../stop-signal.ts";
import { runHoldOutFamilies } from "../train/run-hold-out-families.ts";
import { TrainingProgress } from "../train/training-progress.ts";
import { type TrainingResult, trainingSummary, trainingText } from "../train/training-summary.ts";

const seedsMax = 2 ** 31 - 1;
const schemas = ["region", "whole-picture"] as const satisfies readonly SchemaChoice[];

/** Learns a model package from labelled seconds, unless there is nothing to learn. */
export const trainCommand: Command = {
  name: "train",
  summary: "Learns a model package from a data set or a table; refuses to learn from noise.",
  usage: "--data DIR|CSV|PARQUET --out FILE.tar.gz [options]",
  options: {
    data: {
      value: "PATH",
      help: "a data set's folder, or a CSV or Parquet file with the 18 features and label",
    },
    out: { value: "FILE", help: "the package to write; nothing is overwritten" },
    "hold-out-families": {
      value: "DIR",
      help: "instead of a package: leaves families out in turn, compares inputs, writes hold-out.html and .json",
    },
    seed: { value: "N", help: "one seed and data set give one package, byte for byte (default 1)" },
    schema: {
      value: "SCHEMA",
      help: "region or whole-picture (default: region where the data has regions)",
    },
    "scene-levels": {
      value: null,
      help: "keeps absolute scene levels (t_mean, gas_val, …), which tie a model to the rooms it has seen",
    },
    strict: { value: null, help: "refuses rows that cannot have been measured, instead of warning of them" },
    workers: { value: "N", help: "threads (default: one for each core); changes nothing in the result" },
    engine: {
      value: "ENGINE",
      help: "native: our own trainers (default); frameworks: scikit-learn, XGBoost and PyTorch",
    },
    key: { value: "FILE.pem", help: "signs the package with this Ed25519 private key" },
    json: { value: null, help: "the last line is a summary as JSON" },
  },
  examples: [
    "emberwatch train --data fires --out fires.tar.gz --seed 1",
    "emberwatch train --data table.csv --out table.tar.gz --json",
    "emberwatch train --data fires --hold-out-families inputs",
  ],
  notes:
    "Exit code 0: a package was written; 1: no signal, or interrupted, and there is none; 2: the data cannot be\n" +
    "learnt from. How it is judged: docs/guides/training.md.",
  run: runTrain,
};

/** What the user asked for. */
interface TrainOptions {
  readonly path: string;
  readonly out: string;
  readonly seed: number;
  readonly workers: number;
  readonly schema: SchemaChoice | null;
  readonly impossible: "warn" | "refuse";
  readonly engineName: TrainingEngine["name"];
  readonly sceneLevels: SceneLevels;
  /** File of the private key to sign with. */
  readonly keyPath: string | null;
}

async function runTrain(invocation: Invocation): Promise<number> {
  const { output, values } = invocation;
  if (values["hold-out-families"] !== undefined) return runHoldOutFamilies(invocation);
  const options = trainOptions(invocation);
  const file = await PartialFile.create(options.out, "refuse");
  const progress = new TrainingProgress(invocation);
  const stop = stopSignal();
  const abort = new AbortController();
  void stop.requested.then(() => abort.abort(new Error("interrupted")));
  try {
    const result = await trainAndPack(options, { progress, signal: abort.signal, output });
    progress.clear();
    if (result.written === null) await file.discard();
    else {
      await file.write(result.written.bytes);
      await file.commit();
    }
    if (invocation.switches.has("json")) await output.json(trainingSummary(result));
    else for (const line of trainingText(result)) await output.line(line);
    return result.written === null ? 1 : 0;
  } catch (error) {
    progress.clear();
    await file.discard().catch(() => {});
    if (!abort.signal.aborted) throw error;
    output.note("Interrupted; no package was written.");
    return 1;
  } finally {
    stop.release();
  }
}

function trainOptions(invocation: Invocation): TrainOptions {
  const { values, switches } = invocation;
  const [extra] = invocation.positionals;
  if (extra !== undefined)
    throw badInput("usage", `"${extra}" is not an option of train: name the data with --data.`);
  const path = values["data"];
  const out = values["out"];
  if (path === undefined) throw badInput("usage", "Name what to learn from with --data DIR, CSV or PARQUET.");
  if (out === undefined) throw badInput("usage", "Name the package to write with --out FILE.tar.gz.");
  return {
    path,
    out,
    seed: numberOption(invocation, "seed", { kind: "integer", min: 0, max: seedsMax, default: 1 }),
    workers: numberOption(invocation, "workers", {
      kind: "integer",
      min: 1,
      max: workersMax,
      default: Math.min(workersMax, availableParallelism()),
    }),
    schema: choiceOption(invocation, "schema", schemas),
    impossible: switches.has("strict") ? "refuse" : "warn",
    engineName: choiceOption(invocation, "engine", engineNames) ?? "native",
    sceneLevels: switches.has("scene-levels") ? "kept" : "left-out",
    keyPath: values["key"] ?? null,
  };
}

/** Learns, judges, and packs what the gate has passed. */
async function trainAndPack(
  options: TrainOptions,
  run: { readonly progress: TrainingProgress; readonly signal: AbortSignal; readonly output: Output },
): Promise<TrainingResult> {
  const { path, out } = options;
  const signingKey = await signingKeyOf(options.keyPath);
  const data = await openTrainingData(path, options);
  const impossible = data.impossible.rows > 0 ? [`${path}: ${impossibleText(data.impossible)}.`] : [];
  const warnings = [...data.warnings, ...impossible];
  for (const warning of warnings) run.output.note(`warning: ${warning}`);
  const wish: TrainingWish = {
    ...options,
    engine: trainingEngine(options.engineName),
    kernels: loadTrainingKernels(),
    signal: run.signal,
    onProgress: (step, share) => run.progress.show(step, share),
  };
  const trained = await trainHeads(data, wish);
  const gate = await judgeHonestly(trained, { data, wish });
  if (gate.verdict === "no signal") return { data, trained, gate, warnings, written: null };
  const passed = trained.heads.filter(({ head }) =>
    gate.heads.some((one) => one.head === headText(head) && one.refusal === null),
  );
  const about = { name: packageName(out), data, gate, wish, softwareVersion: softwareVersion(), signingKey };
  const written = { ...(await packHeads(passed, about)), path: out };
  return { data, trained, gate, warnings, written };
}

/** Read before anything is learnt, so that a wrong key costs no time. */
async function signingKeyOf(path: string | null): Promise<KeyObject | null> {
  if (path === null) return null;
  const pem = await readFile(path, "utf8").catch((cause: unknown) => {
    throw badInput("signing-key", `The key ${path} cannot be read.`, { cause });
  });
  return readSigningKey(pem, path);
}

/** A name that a manifest takes, from the file's. */
function packageName(path: string): string {
  const base = path.replace(/^.*[/\\]/, "").replace(/(\.tar)?\.gz$/i, "");
  const name = base
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, 63);
  return name === "" ? "model" : name;
}
