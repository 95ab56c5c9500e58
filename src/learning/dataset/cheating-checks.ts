import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { Random } from "#core/random.ts";
import { featureColumnNames, labelNames } from "./dataset-columns.ts";
import { type ProbeTable, probeScores } from "./logistic-probe.ts";
import type { DatasetTable } from "./open-dataset.ts";
import { rankAuc } from "./rank-auc.ts";

/** Columns that the checks read beside the features. */
export const cheatingNumbers = ["second", "ignite_at_s"] as const;
/** Words that the checks read. */
export const cheatingWords = ["fire", "kind"] as const;

/** What a model that sees only something useless scores. */
export interface CheatingScore {
  readonly question: string;
  readonly sees: string;
  readonly rows: number;
  readonly groups: number;
  /** Area under the curve, .5 where nothing is told; NaN where there are too few rows. */
  readonly auc: number;
  /** 99 % by resampling whole groups: honest data fails once in a hundred questions. */
  readonly low: number;
  readonly high: number;
  /**
   * `passed` when the area is within 0.03 of .5, or the interval holds .5 and is narrow enough to say so; `too-few` when it
   * is not, or there are too few groups; `told` for what is only reported.
   */
  readonly verdict: "passed" | "failed" | "told" | "too-few";
}

/** What the checks found. */
export interface CheatingReport {
  readonly scores: readonly CheatingScore[];
  /** Seconds before ignition that a fire and its twin both have, and how many of them are equal in every feature. */
  readonly twinSeconds: number;
  readonly equalTwinSeconds: number;
  /** The single feature that tells most of fires from twins before ignition; null without twins. */
  readonly mostTelling: { readonly feature: string; readonly auc: number } | null;
}

/** Rows that a probe learns from at most; more are thinned out evenly. */
const probeRowsMax = 12_000;
/** Rows of one question at most; more are thinned out evenly. */
const questionRowsMax = 20_000;
const resamples = 200;
/** An area this near to .5 tells nothing that matters. */
const unimportant = 0.03;
/** Fewer groups of a class than this are no sample. */
const groupsMin = 12;
/** An interval that reaches farther than this from the area holds .5 whatever the data is like: it says nothing. */
const widestHalfInterval = 0.15;

interface Question {
  readonly text: string;
  readonly rows: readonly number[];
  readonly isPositive: Uint8Array;
  /** What is resampled as a whole. */
  readonly groups: Int32Array;
  readonly gated: boolean;
}

/**
 * Looks for what would let a model cheat. Before ignition a fire must not be told from its unlit twin by anything; and
 * neither the time since the start nor which values are absent may tell whether an episode will burn. What those two tell
 * of the label itself is reported, because a trained model has to beat it: fires come after ignition. Reported, too, is
 * what all features tell before ignition of lit fires, and of scenarios with a fire, among all episodes: scenarios differ
 * in rooms and in what stands and runs there, which a model may learn, and the twins keep it from taking that for fire.
 */
export function checkCheating(table: DatasetTable): CheatingReport {
  const pairs = pairsQuestion(table);
  const all = willBurnQuestion(table);
  const now = burnsNowQuestion(table);
  const told = { ...all, gated: false };
  const scores = [
    ask(table, { question: pairs, sees: "all features" }),
    ...[pairs, all, now].flatMap((question) => [
      ask(table, { question, sees: "time only" }),
      ask(table, { question, sees: "absence only" }),
    ]),
    ask(table, { question: told, sees: "all features" }),
    ask(table, { question: fireScenarioQuestion(table), sees: "all features" }),
  ];
  return { scores, ...compareTwins(table), mostTelling: mostTelling(table, pairs) };
}

function wordIs(table: DatasetTable, name: string, word: string): (row: number) => boolean {
  const column = table.words.get(name)!;
  const code = column.names.indexOf(word);
  return (row) => column.codes[row] === code;
}

function isBefore(table: DatasetTable): (row: number) => boolean {
  const second = table.numbers.get("second")!;
  const ignite = table.numbers.get("ignite_at_s")!;
  return (row) => second[row]! < ignite[row]!;
}

/** Rows before ignition of fires that have a twin, and of the twins. */
function pairsQuestion(table: DatasetTable): Question {
  const isUnlit = wordIs(table, "fire", "unlit");
  const isLit = wordIs(table, "fire", "lit");
  const before = isBefore(table);
  const twins = new Set<number>();
  for (let row = 0; row < table.rows; row += 1) if (isUnlit(row)) twins.add(table.pairs[row]!);
  const rows = rowsWhere(table, (row) => twins.has(table.pairs[row]!) && before(row));
  return {
    text: "before ignition: a fire or its unlit twin?",
    ...answers(rows, isLit),
    groups: table.pairs,
    gated: true,
  };
}

/** Rows before the (imagined) ignition of all episodes. */
function willBurnQuestion(table: DatasetTable): Question {
  const rows = rowsWhere(table, isBefore(table));
  const isLit = wordIs(table, "fire", "lit");
  return {
    text: "before ignition: will this episode burn?",
    ...answers(rows, isLit),
    groups: table.pairs,
    gated: true,
  };
}

/** The same rows: those of scenarios with a fire, lit or not, from those of the others. */
function fireScenarioQuestion(table: DatasetTable): Question {
  const rows = rowsWhere(table, isBefore(table));
  return {
    text: "before ignition: a scenario with a fire, lit or not, or another?",
    ...answers(rows, wordIs(table, "kind", "fire")),
    groups: table.pairs,
    gated: false,
  };
}

function burnsNowQuestion(table: DatasetTable): Question {
  const none = labelNames.indexOf("none");
  const rows = rowsWhere(table, () => true);
  return {
    text: "any second: does something burn now?",
    ...answers(rows, (row) => table.labels[row] !== none),
    groups: table.pairs,
    gated: false,
  };
}

function rowsWhere(table: DatasetTable, holds: (row: number) => boolean): readonly number[] {
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row += 1) if (holds(row)) rows.push(row);
  const stride = Math.ceil(rows.length / questionRowsMax);
  return stride <= 1 ? rows : rows.filter((_, i) => i % stride === 0);
}

function answers(rows: readonly number[], isPositive: (row: number) => boolean) {
  return { rows, isPositive: Uint8Array.from(rows, (row) => (isPositive(row) ? 1 : 0)) };
}

function ask(
  table: DatasetTable,
  task: { readonly question: Question; readonly sees: "all features" | "time only" | "absence only" },
): CheatingScore {
  const { question, sees } = task;
  const groups = question.rows.map((row) => question.groups[row]!);
  const count = Math.min(groupsOf(groups, question.isPositive, 1), groupsOf(groups, question.isPositive, 0));
  const base = { question: question.text, sees, rows: question.rows.length, groups: new Set(groups).size };
  if (count < groupsMin)
    return { ...base, auc: Number.NaN, low: Number.NaN, high: Number.NaN, verdict: "too-few" };
  const halves = halvesOf(groups);
  const answered = { groups, halves, isPositive: question.isPositive };
  const scores = crossFitted(viewOf(table, task), answered);
  const auc = areaOf(scores, { ...answered, rows: question.rows.map((_, i) => i) });
  const [low, high] = interval(scores, answered);
  const verdict = question.gated ? verdictOn({ auc, low, high }) : "told";
  return { ...base, auc, low, high, verdict };
}

function verdictOn(score: {
  readonly auc: number;
  readonly low: number;
  readonly high: number;
}): CheatingScore["verdict"] {
  const { auc, low, high } = score;
  if (Math.abs(auc - 0.5) <= unimportant) return "passed";
  if (low > 0.5 || high < 0.5) return "failed";
  return Math.max(high - auc, auc - low) > widestHalfInterval ? "too-few" : "passed";
}

function groupsOf(groups: readonly number[], isPositive: Uint8Array, answer: number): number {
  return new Set(groups.filter((_, i) => isPositive[i] === answer)).size;
}

/** What the probe sees: finite columns; absent values are the column's mean, and a column of absences where asked. */
function viewOf(
  table: DatasetTable,
  task: { readonly question: Question; readonly sees: string },
): ProbeTable {
  const { rows } = task.question;
  if (task.sees === "time only") return timeView(table, rows);
  // That no region is there is something seen, and no gap: only values of the whole picture and the air can be missing.
  const names = task.sees === "absence only" ? wholePictureFeatureNames : featureColumnNames;
  const columns = names.map((name) => {
    const values = Float64Array.from(rows, (row) => table.numbers.get(name)![row]!);
    return task.sees === "absence only"
      ? values.map((value) => (Number.isNaN(value) ? 1 : 0))
      : filled(values);
  });
  return byRow(columns, rows.length);
}

/** Time in powers and logarithm, so that a straight line in them follows any simple course. */
function timeView(table: DatasetTable, rows: readonly number[]): ProbeTable {
  const second = table.numbers.get("second")!;
  const seconds = Float64Array.from(rows, (row) => second[row]!);
  return byRow([seconds, seconds.map((one) => one * one), seconds.map(Math.log1p)], rows.length);
}

function filled(values: Float64Array): Float64Array {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  const mean = count === 0 ? 0 : sum / count;
  return values.map((value) => (Number.isNaN(value) ? mean : value));
}

function byRow(columns: readonly Float64Array[], rows: number): ProbeTable {
  const values = new Float64Array(rows * columns.length);
  columns.forEach((column, k) => {
    for (let row = 0; row < rows; row += 1) values[row * columns.length + k] = column[row]!;
  });
  return { columns: columns.length, values };
}

interface Answers {
  readonly groups: readonly number[];
  /** 0 or 1 for each row; whole groups. */
  readonly halves: Uint8Array;
  readonly isPositive: Uint8Array;
}

/** Deals groups to two halves by lot. */
function halvesOf(groups: readonly number[]): Uint8Array {
  const random = new Random(2);
  const half = new Map<number, number>();
  for (const group of [...new Set(groups)].sort((a, b) => a - b)) half.set(group, random.integer(2));
  return Uint8Array.from(groups, (group) => half.get(group)!);
}

/**
 * Area under the curve of some rows: the mean over the halves, because each is scored by another probe, whose scores
 * cannot be compared with the other's.
 */
function areaOf(scores: Float64Array, of: Answers & { readonly rows: readonly number[] }): number {
  const areas = [0, 1].map((half) => {
    const own = of.rows.filter((i) => of.halves[i] === half);
    return rankAuc(
      own.map((i) => scores[i]!),
      own.map((i) => of.isPositive[i]!),
    );
  });
  const known = areas.filter((area) => !Number.isNaN(area));
  return known.reduce((sum, area) => sum + area, 0) / known.length;
}

/** Scores each half of the groups by a probe that has learnt from the other half. */
function crossFitted(view: ProbeTable, { groups, halves, isPositive }: Answers): Float64Array {
  const scores = new Float64Array(groups.length);
  for (const judgedHalf of [0, 1]) {
    const judged = indexesOf(halves, (half) => half === judgedHalf);
    const all = indexesOf(halves, (half) => half !== judgedHalf);
    const stride = Math.ceil(all.length / probeRowsMax);
    const learnt = all.filter((_, i) => i % stride === 0);
    const found = probeScores({
      learnt: rowsOf(view, learnt),
      isPositive: Uint8Array.from(learnt, (i) => isPositive[i]!),
      judged: rowsOf(view, judged),
    });
    judged.forEach((i, k) => {
      scores[i] = found[k]!;
    });
  }
  return scores;
}

function indexesOf(halves: Uint8Array, holds: (half: number) => boolean): number[] {
  const indexes: number[] = [];
  halves.forEach((half, i) => {
    if (holds(half)) indexes.push(i);
  });
  return indexes;
}

function rowsOf({ columns, values }: ProbeTable, rows: readonly number[]): ProbeTable {
  const chosen = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    chosen.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return { columns, values: chosen };
}

/** 99 % interval by drawing whole groups with replacement; always the same lots. */
function interval(scores: Float64Array, answers: Answers): readonly [number, number] {
  const { groups } = answers;
  const random = new Random(1);
  const members = new Map<number, number[]>();
  groups.forEach((group, i) => {
    const own = members.get(group);
    if (own === undefined) members.set(group, [i]);
    else own.push(i);
  });
  const names = [...members.keys()];
  const areas: number[] = [];
  for (let k = 0; k < resamples; k += 1) {
    const rows = names.flatMap(() => members.get(names[random.integer(names.length)]!)!);
    const auc = areaOf(scores, { ...answers, rows });
    if (!Number.isNaN(auc)) areas.push(auc);
  }
  areas.sort((a, b) => a - b);
  const at = (share: number) => areas[Math.round(share * (areas.length - 1))] ?? Number.NaN;
  return [at(0.005), at(0.995)];
}

function mostTelling(table: DatasetTable, question: Question): CheatingReport["mostTelling"] {
  if (question.rows.length === 0) return null;
  let found: { feature: string; auc: number } | null = null;
  for (const feature of featureColumnNames) {
    const column = table.numbers.get(feature);
    if (column === undefined) continue;
    const auc = rankAuc(
      Float64Array.from(question.rows, (row) => column[row]!),
      question.isPositive,
    );
    if (Number.isNaN(auc)) continue;
    if (found === null || Math.abs(auc - 0.5) > Math.abs(found.auc - 0.5)) found = { feature, auc };
  }
  return found;
}

/** Pairs the seconds of fires and twins up and compares every feature. */
function compareTwins(table: DatasetTable): Pick<CheatingReport, "twinSeconds" | "equalTwinSeconds"> {
  const second = table.numbers.get("second")!;
  const isUnlit = wordIs(table, "fire", "unlit");
  const before = isBefore(table);
  const columns = featureColumnNames.flatMap((name) => table.numbers.get(name) ?? []);
  const twins = new Map<string, number>();
  for (let row = 0; row < table.rows; row += 1)
    if (isUnlit(row) && before(row)) twins.set(`${table.pairs[row]}/${second[row]}`, row);
  let twinSeconds = 0;
  let equalTwinSeconds = 0;
  for (let row = 0; row < table.rows; row += 1) {
    const twin = isUnlit(row) || !before(row) ? undefined : twins.get(`${table.pairs[row]}/${second[row]}`);
    if (twin === undefined) continue;
    twinSeconds += 1;
    if (columns.every((column) => Object.is(column[row], column[twin]))) equalTwinSeconds += 1;
  }
  return { twinSeconds, equalTwinSeconds };
}
