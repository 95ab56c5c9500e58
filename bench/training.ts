import { linearOdds, networkOdds } from "#inference/dense-walker.ts";
import { treeProbability } from "#inference/tree-walker.ts";
import { loadTrainingKernels } from "#kernels/load-training-kernels.ts";
import { logLoss } from "#learning/evaluation/probability-metrics.ts";
import { RankedRows } from "#learning/evaluation/ranked-rows.ts";
import { denseNetworkTrainer } from "#learning/trainers/dense-network-trainer.ts";
import { gradientBoosting } from "#learning/trainers/gradient-boosting.ts";
import { logistic } from "#learning/trainers/logistic.ts";
import { logisticRegression } from "#learning/trainers/logistic-regression.ts";
import { randomForest } from "#learning/trainers/random-forest.ts";
import type { TrainingKernels } from "#learning/trainers/training-kernels.ts";
import type { TrainingTable } from "#learning/trainers/training-table.ts";
import type { MemberModel } from "#model-package/member.ts";
import { median } from "./measure-runs.ts";
import { type TrainingData, trainingData } from "./training-data.ts";
import {
  TrainingFiles,
  type TrainingKind,
  type TrainingResult,
  trainingPeerAbsence,
} from "./training-peer.ts";
import { measureWholeTraining } from "./whole-training.ts";

/** Size of a bench. */
interface TrainingPlan {
  readonly runs: number;
  readonly trainRows: number;
  readonly testRows: number;
  readonly trees: number;
  readonly rounds: number;
  readonly epochs: number;
}

const fullPlan: TrainingPlan = {
  runs: 3,
  trainRows: 50_000,
  testRows: 50_000,
  trees: 200,
  rounds: 300,
  epochs: 20,
};
const shortPlan: TrainingPlan = {
  runs: 1,
  trainRows: 20_000,
  testRows: 20_000,
  trees: 20,
  rounds: 100,
  epochs: 5,
};

/** How many times as fast as the peer the whole bench wants a trainer to be, by CPU time. */
const ratioMin: Readonly<Record<TrainingKind, number>> = { forest: 6, boosting: 1, network: 1 };
/** `emberwatch train` of the whole table, with gate and report, takes less CPU time. */
const wholeSecondsMax = 60;

const peerNames: Readonly<Record<TrainingKind, string>> = {
  forest: "scikit-learn",
  boosting: "XGBoost",
  network: "PyTorch",
};

interface Contest {
  readonly kind: TrainingKind;
  readonly what: string;
  readonly hyperparameters: object;
  readonly fit: (table: TrainingTable, kernels: TrainingKernels | null) => Promise<MemberModel>;
  /** What our results are called, and whether the same without kernels is measured beside it. */
  readonly name: string;
  readonly beside: "plain TypeScript" | null;
}

function contests(plan: TrainingPlan): readonly Contest[] {
  const plain = { seed: 1, validation: null, workers: 1, onProgress: null, signal: null };
  const forest = { ...randomForest.defaults, trees: plan.trees };
  const boosting = { ...gradientBoosting.defaults, rounds: plan.rounds };
  const network = { ...denseNetworkTrainer.defaults, epochsMax: plan.epochs };
  return [
    {
      kind: "forest",
      what: `forest of ${plan.trees} trees, depth ${forest.depthMax}`,
      hyperparameters: forest,
      fit: (table, kernels) => randomForest.fit(table, { ...plain, kernels, hyperparameters: forest }),
      name: "Emberwatch, plain TypeScript",
      beside: null,
    },
    {
      kind: "boosting",
      what: `boosting of ${plan.rounds} rounds, depth ${boosting.depthMax}`,
      hyperparameters: boosting,
      fit: (table, kernels) => gradientBoosting.fit(table, { ...plain, kernels, hyperparameters: boosting }),
      name: "Emberwatch, WebAssembly kernels",
      beside: "plain TypeScript",
    },
    {
      kind: "network",
      what: `network ${network.hiddenUnits.join("-")}, ${plan.epochs} epochs`,
      hyperparameters: network,
      fit: (table, kernels) =>
        denseNetworkTrainer.fit(table, { ...plain, kernels, hyperparameters: network }),
      name: "Emberwatch, WebAssembly kernels",
      // Without kernels a network takes ten times as long, which is known and not worth the wait.
      beside: null,
    },
  ];
}

function probabilityOf(model: MemberModel, row: Float32Array): number {
  if (model.kind === "trees") return treeProbability(model, row);
  if (model.kind === "network") return logistic(networkOdds(model, row));
  throw new Error("the baseline is no contestant");
}

async function measureOurs(
  contest: Contest,
  { train, test }: TrainingData,
  options: { readonly runs: number; readonly kernels: TrainingKernels | null },
): Promise<TrainingResult> {
  const wall: number[] = [];
  const cpu: number[] = [];
  let model: MemberModel | null = null;
  for (let run = 0; run < options.runs; run += 1) {
    const wallStart = process.hrtime.bigint();
    const cpuStart = process.cpuUsage();
    model = await contest.fit(train, options.kernels);
    const used = process.cpuUsage(cpuStart);
    wall.push(Number(process.hrtime.bigint() - wallStart) / 1e9);
    cpu.push((used.user + used.system) / 1e6);
  }
  const fitted = model!;
  const times: number[] = [];
  const predictions = new Float64Array(test.rows);
  const row = new Float32Array(test.columns.length);
  for (let k = 0; k < test.rows; k += 1) {
    test.columns.forEach((column, i) => {
      row[i] = column[k]!;
    });
    const start = process.hrtime.bigint();
    predictions[k] = probabilityOf(fitted, row);
    times.push(Number(process.hrtime.bigint() - start) / 1e9);
  }
  return { wallSeconds: median(wall), cpuSeconds: median(cpu), rowSeconds: median(times), predictions };
}

function qualityOf(scores: Float64Array, { labels, groups }: TrainingTable): string {
  const rows = { scores, labels, groups };
  return `${new RankedRows(rows).rocAuc().toFixed(4).padStart(8)}${logLoss(rows).toFixed(4).padStart(10)}`;
}

function printHead(): void {
  const names = ["CPU s", "wall s", "ratio", "AUC", "log-loss", "row µs"];
  const widths = [9, 9, 9, 8, 10, 10];
  console.log(`  ${"".padEnd(44)}${names.map((name, i) => name.padStart(widths[i]!)).join("")}`);
}

function printResult(
  name: string,
  result: TrainingResult,
  of: { readonly test: TrainingTable; readonly ours: TrainingResult | null },
): void {
  const seconds = [result.cpuSeconds, result.wallSeconds]
    .map((value) => value.toFixed(2).padStart(9))
    .join("");
  const ratio = of.ours === null ? "" : `${(result.cpuSeconds / of.ours.cpuSeconds).toFixed(2)}×`;
  const rowMicros = (result.rowSeconds * 1e6).toFixed(1).padStart(10);
  console.log(
    `  ${name.padEnd(44)}${seconds}${ratio.padStart(9)}${qualityOf(result.predictions, of.test)}${rowMicros}`,
  );
}

/** One trainer beside its peer; returns whether we are as fast as we want to be. */
async function runContest(
  contest: Contest,
  on: {
    readonly data: TrainingData;
    readonly files: TrainingFiles;
    readonly plan: TrainingPlan;
    readonly kernels: TrainingKernels;
  },
): Promise<boolean> {
  const { data, files, plan } = on;
  const { kind, hyperparameters } = contest;
  console.log(`\n${contest.what}`);
  printHead();
  const ours = await measureOurs(contest, data, { runs: plan.runs, kernels: on.kernels });
  printResult(contest.name, ours, {
    test: data.test,
    ours: null,
  });
  if (contest.beside !== null) {
    const plain = await measureOurs(contest, data, { runs: 1, kernels: null });
    printResult(`Emberwatch, ${contest.beside} (one run)`, plain, { test: data.test, ours });
  }
  const absent = trainingPeerAbsence(kind);
  if (absent !== null) {
    console.log(`  peer skipped: ${absent}`);
    return true;
  }
  const peer = files.measurePeer(kind, { runs: plan.runs, hyperparameters });
  printResult(peerNames[kind], peer, { test: data.test, ours });
  return peer.cpuSeconds / ours.cpuSeconds >= ratioMin[kind];
}

async function printBaseline({ train, test }: TrainingData): Promise<void> {
  const model = await logisticRegression.fit(train, {
    hyperparameters: logisticRegression.defaults,
    seed: 1,
    validation: null,
    workers: 1,
    kernels: null,
    onProgress: null,
    signal: null,
  });
  const scores = Float64Array.from({ length: test.rows }, (_, k) =>
    logistic(
      linearOdds(
        model,
        Float32Array.from(test.columns, (column) => column[k]!),
      ),
    ),
  );
  console.log(`  ${"logistic regression, the baseline".padEnd(71)}${qualityOf(scores, test)}`);
}

/**
 * Prints what training costs beside scikit-learn, XGBoost and PyTorch, all on one thread and on the same rows. Sets exit
 * code 1 when a full run misses its ratios or a whole training takes too long.
 */
export async function benchTraining({ size }: { readonly size: "full" | "short" }): Promise<void> {
  const plan = size === "short" ? shortPlan : fullPlan;
  const data = trainingData(plan);
  const files = new TrainingFiles(data);
  console.log(
    `${plan.trainRows} rows of ${data.train.columns.length} features to learn from, ${plan.testRows} to judge by; one thread, median of ${plan.runs}. Ratio: CPU time over Emberwatch's.`,
  );
  console.log(
    `  ${"the labels' own probabilities: nobody can do better".padEnd(71)}${qualityOf(data.truth, data.test)}`,
  );
  try {
    await printBaseline(data);
    const kernels = loadTrainingKernels();
    let isFastEnough = true;
    for (const contest of contests(plan)) {
      const isEnough = await runContest(contest, { data, files, plan, kernels });
      isFastEnough &&= isEnough;
    }
    const whole = await measureWholeTraining(data.train);
    console.log(
      `\nemberwatch train of ${plan.trainRows} rows with gate and report, one thread: ${whole.cpuSeconds.toFixed(1)} s of CPU time (less than ${wholeSecondsMax} wanted), ${whole.wallSeconds.toFixed(1)} s in all.`,
    );
    const wanted = Object.entries(ratioMin).map(([kind, ratio]) => `${kind} ${ratio}×`);
    if (size === "full" && !(isFastEnough && whole.cpuSeconds < wholeSecondsMax)) {
      console.log(`Slower than wanted (${wanted.join(", ")}, ${wholeSecondsMax} s).`);
      process.exitCode = 1;
    }
  } finally {
    files.remove();
  }
}
