import type { Interval } from "#learning/evaluation/episode-bootstrap.ts";
import type { GateReport, HeadVerdict } from "#learning/honesty/honesty-gate.ts";
import type { TrainedHeads } from "#learning/training/train-heads.ts";
import type { TrainingData } from "#learning/training/training-data.ts";
import { textTable } from "../text-table.ts";

/** All that a training run has to say. */
export interface TrainingResult {
  readonly data: TrainingData;
  readonly trained: TrainedHeads;
  readonly gate: GateReport;
  readonly warnings: readonly string[];
  readonly written: { readonly path: string; readonly hash: string; readonly bytes: Uint8Array } | null;
}

/** The last line of `train --json`; the first head's figures stand at the top, those of all heads under `heads`. */
export function trainingSummary(result: TrainingResult): unknown {
  const { data, gate, warnings, written } = result;
  const [first] = gate.heads;
  return {
    type: "summary",
    verdict: gate.verdict,
    reason: gate.reason,
    ...(first === undefined ? {} : headSummary(first)),
    package: written?.path ?? null,
    packageHash: written?.hash ?? null,
    packageBytes: written?.bytes.length ?? null,
    data: { path: data.name, sha256: data.sha256, rows: data.table.rows, schema: data.schema },
    heads: Object.fromEntries(gate.heads.map((head) => [head.head, headSummary(head)])),
    leftOut: leftOutHeads(result),
    leaks: { ...gate.leaks, holdoutRowsLeftOut: gate.leakedRows },
    labels: gate.balance,
    impossibleRows: data.impossible.rows,
    warnings,
  };
}

function headSummary(head: HeadVerdict): Record<string, unknown> {
  const { holdout, signal, baselines } = head;
  return {
    holdout: {
      ...flat("rocAuc", holdout.rocAuc),
      ...flat("prAuc", holdout.averagePrecision),
      ...flat("logLoss", holdout.logLoss),
      ...flat("brier", holdout.brier),
      rows: holdout.rows,
      positives: holdout.positives,
      episodes: holdout.episodes,
      recall: known(head.recall),
      falseAlarmShare: known(head.falseAlarmShare),
      shuffledRocAuc: known(signal.chanceRocAuc),
      pValue: known(signal.pValue),
    },
    members: Object.fromEntries(
      Object.entries(head.members).map(([name, area]) => [name, flat("rocAuc", area)]),
    ),
    baselines: {
      majority: baselines.majority,
      logisticRegression: {
        ...flat("rocAuc", baselines.logisticRegression.rocAuc),
        logLoss: known(baselines.logisticRegression.logLoss.value),
        brier: known(baselines.logisticRegression.brier.value),
      },
      rules: baselines.rules === null ? null : flat("rocAuc", baselines.rules),
    },
    trainingNotAResult: { rocAuc: known(head.training.rocAuc), logLoss: known(head.training.logLoss) },
  };
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function flat(name: string, { value, low, high }: Interval): Record<string, number | null> {
  return { [name]: known(value), [`${name}Low`]: known(low), [`${name}High`]: known(high) };
}

/** Heads that are not in the package: why, and what a device does without them. */
function leftOutHeads({ data, trained, gate }: TrainingResult) {
  const refused = gate.heads.flatMap(({ head, refusal }) =>
    refusal === null ? [] : [{ head, why: refusal }],
  );
  const asked = data.kind === "table" ? notAskedOfTables : [];
  return [...trained.leftOut, ...refused, ...asked].map((one) => ({
    ...one,
    without: withoutHead(one.head),
  }));
}

const notAskedOfTables = [
  { head: "flaming air-only", why: "a plain table trains one head" },
  { head: "flaming thermal-only", why: "a plain table trains one head" },
];

function withoutHead(head: string): string {
  if (head.endsWith("air-only")) return "a device that has only the air is judged by the rules alone";
  const who = head.endsWith("thermal-only") ? "a device without an air sensor" : "a device with both sensors";
  return head.startsWith("slow-heat")
    ? `${who} is told of slow heat by the rules alone`
    : `${who} is told of flames by the rules alone`;
}

/** The same for people. */
export function trainingText(result: TrainingResult): readonly string[] {
  const { data, gate, written } = result;
  const table = textTable([
    [
      "head",
      "hold-out ROC AUC (95 %)",
      "PR AUC",
      "log-loss",
      "Brier",
      "recall",
      "false",
      "(training AUC: no result)",
    ],
    ...gate.heads.map((head) => [
      head.head,
      intervalText(head.holdout.rocAuc),
      head.holdout.averagePrecision.value.toFixed(3),
      head.holdout.logLoss.value.toFixed(3),
      head.holdout.brier.value.toFixed(3),
      percent(head.recall),
      percent(head.falseAlarmShare),
      `(${head.training.rocAuc.toFixed(3)})`,
    ]),
  ]);
  const compared = textTable([
    [
      "ROC AUC on the hold-out",
      "members",
      "majority",
      "logistic regression",
      "rules (from rows)",
      "shuffled labels, 1 of 100",
    ],
    ...gate.heads.map((head) => [
      head.head,
      Object.entries(head.members)
        .map(([name, area]) => `${name} ${area.value.toFixed(3)}`)
        .join(", "),
      head.baselines.majority.rocAuc.toFixed(3),
      head.baselines.logisticRegression.rocAuc.value.toFixed(3),
      head.baselines.rules === null ? "–" : head.baselines.rules.value.toFixed(3),
      head.signal.chanceRocAuc.toFixed(3),
    ]),
  ]);
  const left = leftOutHeads(result).map(({ head, why, without }) => `left out: ${head}: ${why}; ${without}`);
  const leaks = `${gate.leaks.duplicatesAcrossSplits} rows equal to one of another split, ${gate.leakedRows} of them in the hold-out and left out there; ${gate.leaks.episodesInTwoSplits.length} episodes and ${gate.leaks.familiesInTwoSplits.length} families in two splits.`;
  const balance = Object.entries(gate.balance).map(
    ([split, labels]) =>
      `${split}: ${Object.entries(labels)
        .map(([label, rows]) => `${rows} ${label}`)
        .join(", ")}`,
  );
  const end =
    written === null
      ? `No signal in ${data.name}: ${gate.reason}. No package was written.`
      : `${written.path}: ${written.bytes.length} bytes, ${written.hash.slice(0, 12)}, schema ${data.schema}`;
  return [...table, "", ...compared, "", `rows: ${balance.join("; ")}`, leaks, ...left, end];
}

function intervalText({ value, low, high }: Interval): string {
  return `${value.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
