import { networkOdds } from "#inference/dense-walker.ts";
import { treeProbability } from "#inference/tree-walker.ts";
import { loadTrainingKernels } from "#kernels/load-training-kernels.ts";
import { RankedRows } from "#learning/evaluation/ranked-rows.ts";
import { debianPython, type FrameworkMember, frameworks } from "#learning/frameworks/framework.ts";
import { frameworkAbsence } from "#learning/frameworks/framework-absence.ts";
import { type FrameworkTrainers, frameworkTrainers } from "#learning/frameworks/framework-trainers.ts";
import { logistic } from "#learning/trainers/logistic.ts";
import type { Monotone } from "#learning/trainers/monotone.ts";
import type { TrainingTable } from "#learning/trainers/training-table.ts";
import { nativeEngine } from "#learning/training/training-engine.ts";
import type { MemberModel } from "#model-package/member.ts";
import { trainingData } from "./training-data.ts";

/** Members of our own and of a framework differ by at most this much of ROC AUC on the same rows. */
const differenceMax = 0.003;
/** Rounds, trees, epochs and rows of a comparison; the verdict is on the full one, where chance weighs less. */
const plans = {
  full: { rows: 50_000, trees: 60, rounds: 200, epochs: 20 },
  short: { rows: 8_000, trees: 40, rounds: 60, epochs: 6 },
} as const;
/** Networks of one kind differ by a few thousandths from seed to seed: their mean is compared. */
const seedsOf: Readonly<Record<FrameworkMember, readonly number[]>> = {
  forest: [1],
  boosting: [1],
  network: [1, 2, 3],
};
/** Every such cell of every such column is absent. */
const absentRowStep = 7;
const absentColumnStep = 4;
/** What the labels of `trainingData` keep: more of x4 never means less, more of x7 never more. */
const promises: Monotone = { x4: 1, x7: -1 };
/** Debian's scikit-learn 1.2 keeps no promises by itself (1.4 does); its trees are cut off where they break one, which is another learner. */
const keepsPromises: Readonly<Record<FrameworkMember, boolean>> = {
  forest: false,
  boosting: true,
  network: true,
};

type Plan = (typeof plans)[keyof typeof plans];

interface Tables {
  readonly train: TrainingTable;
  readonly validation: TrainingTable;
  readonly test: TrainingTable;
}

function withAbsentValues(table: TrainingTable): TrainingTable {
  const columns = table.columns.map((column, feature) =>
    feature % absentColumnStep === 0
      ? column.map((value, row) => ((row + feature) % absentRowStep === 0 ? Number.NaN : value))
      : column,
  );
  return { ...table, columns };
}

function rowsOfTable(table: TrainingTable, from: number, to: number): TrainingTable {
  return {
    ...table,
    rows: to - from,
    columns: table.columns.map((column) => column.slice(from, to)),
    labels: table.labels.slice(from, to),
    groups: table.groups.slice(from, to),
  };
}

function tablesOf({ rows }: Plan): Tables {
  const drawn = trainingData({ trainRows: 2 * rows, testRows: 50_000 });
  const learnt = withAbsentValues(drawn.train);
  return {
    train: rowsOfTable(learnt, 0, rows),
    validation: rowsOfTable(learnt, rows, 2 * rows),
    test: withAbsentValues(drawn.test),
  };
}

function fit(
  trainers: FrameworkTrainers,
  member: FrameworkMember,
  of: { readonly tables: Tables; readonly plan: Plan; readonly monotone: Monotone; readonly seed: number },
): Promise<MemberModel> {
  const { tables, plan, monotone, seed } = of;
  const options = {
    seed,
    validation: tables.validation,
    workers: 1,
    kernels: loadTrainingKernels(),
    onProgress: null,
    signal: null,
  };
  switch (member) {
    case "forest":
      return trainers.forest.fit(tables.train, {
        ...options,
        hyperparameters: { ...trainers.forest.defaults, trees: plan.trees, leafRowsMin: 3, monotone },
      });
    case "boosting":
      return trainers.boosting.fit(tables.train, {
        ...options,
        hyperparameters: { ...trainers.boosting.defaults, rounds: plan.rounds, rowShare: 0.8, monotone },
      });
    case "network":
      return trainers.network.fit(tables.train, {
        ...options,
        hyperparameters: { ...trainers.network.defaults, epochsMax: plan.epochs, monotone },
      });
  }
}

function aucOf(model: MemberModel, test: TrainingTable): number {
  const row = new Float32Array(test.columns.length);
  const scores = Float64Array.from({ length: test.rows }, (_, k) => {
    test.columns.forEach((column, i) => {
      row[i] = column[k]!;
    });
    if (model.kind === "trees") return treeProbability(model, row);
    return model.kind === "network" ? logistic(networkOdds(model, row)) : Number.NaN;
  });
  return new RankedRows({ scores, labels: test.labels, groups: test.groups }).rocAuc();
}

async function meanAuc(
  trainers: FrameworkTrainers,
  member: FrameworkMember,
  of: { readonly tables: Tables; readonly plan: Plan; readonly monotone: Monotone },
): Promise<number> {
  let sum = 0;
  for (const seed of seedsOf[member])
    sum += aucOf(await fit(trainers, member, { ...of, seed }), of.tables.test);
  return sum / seedsOf[member].length;
}

/**
 * Prints the hold-out ROC AUC of our members beside those of scikit-learn, XGBoost and PyTorch, learnt from the same
 * rows with the same hyperparameters, with and without promises. A full run sets exit
 * code 1 when a pair differs by more than 0.003, forests
 * with promises left out.
 */
export async function compareFrameworks({ size }: { readonly size: "full" | "short" }): Promise<void> {
  const plan = plans[size];
  const tables = tablesOf(plan);
  const theirs = frameworkTrainers({ python: debianPython });
  console.log(
    `${plan.rows} rows to learn from, as many to stop by, ${tables.test.rows} to judge by; some cells absent.`,
  );
  console.log(
    `  ${"".padEnd(34)}${["ours", "framework", "difference"].map((name) => name.padStart(12)).join("")}`,
  );
  for (const member of ["forest", "boosting", "network"] as const) {
    const absence = await frameworkAbsence(member, debianPython);
    if (absence !== null) {
      console.log(`  ${member} skipped: ${absence}`);
      continue;
    }
    for (const [what, monotone] of [
      ["", {}],
      [", x4 rising, x7 falling", promises],
    ] as const) {
      const own = await meanAuc(nativeEngine, member, { tables, plan, monotone });
      const other = await meanAuc(theirs, member, { tables, plan, monotone });
      const difference = own - other;
      const figures = [own.toFixed(5), other.toFixed(5), difference.toFixed(5)].map((text) =>
        text.padStart(12),
      );
      const isJudged = what === "" || keepsPromises[member];
      const verdict = Math.abs(difference) <= differenceMax ? "" : `  more than ${differenceMax}`;
      console.log(
        `  ${`${frameworks[member].title}${what}`.padEnd(34)}${figures.join("")}${verdict}${isJudged ? "" : "  (not judged)"}`,
      );
      if (size === "full" && isJudged && verdict !== "") process.exitCode = 1;
    }
  }
}
