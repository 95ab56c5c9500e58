import { calibrate } from "#inference/calibrate.ts";
import { type Calibration, calibrationKnotsMax } from "#model-package/calibration.ts";
import { logLoss } from "../evaluation/probability-metrics.ts";
import { logistic, logOdds } from "./log-odds.ts";

/** Log-odds before calibration, what was true, and how much each row counts. */
export interface CalibrationRows {
  readonly odds: Float64Array;
  readonly labels: Uint8Array;
  readonly groups: Int32Array;
}

const newtonSteps = 50;
const stepSmall = 1e-9;
/** A Newton step is halved down to this share of it. */
const leastShare = 1e-9;

/**
 * Fits Platt's two numbers and a piecewise line and keeps the one with the lower log-loss on episodes it was not fitted
 * on (even and odd episodes in turn); the kept kind is then fitted on all rows.
 */
export function fitCalibration(rows: CalibrationRows): Calibration {
  const kinds = [fitPlatt, fitPiecewise] as const;
  const losses = kinds.map((fit) => heldOutLoss(rows, fit));
  return losses[1]! < losses[0]! ? fitPiecewise(rows) : fitPlatt(rows);
}

function heldOutLoss(rows: CalibrationRows, fit: (rows: CalibrationRows) => Calibration): number {
  let loss = 0;
  for (const half of [0, 1]) {
    const fitted = fit(chosenRows(rows, (group) => Math.abs(group % 2) !== half));
    const judged = chosenRows(rows, (group) => Math.abs(group % 2) === half);
    const scores = judged.odds.map((odds) => calibrate(fitted, odds));
    if (scores.length > 0)
      loss += scores.length * logLoss({ scores, labels: judged.labels, groups: judged.groups });
  }
  return loss;
}

function chosenRows(rows: CalibrationRows, wanted: (group: number) => boolean): CalibrationRows {
  const keep: number[] = [];
  rows.groups.forEach((group, row) => {
    if (wanted(group)) keep.push(row);
  });
  return {
    odds: Float64Array.from(keep, (row) => rows.odds[row]!),
    labels: Uint8Array.from(keep, (row) => rows.labels[row]!),
    groups: Int32Array.from(keep, (row) => rows.groups[row]!),
  };
}

/** Platt's line, and what truth is taken for in fitting it. */
interface PlattFit extends CalibrationRows {
  readonly targets: Float64Array;
}

/**
 * Logistic regression of the truth on the log-odds, with Platt's softened targets (Platt 1999), by Newton's method with
 * steps halved until the loss falls (Lin, Lin and Weng 2007): full steps run away where members are sure and wrong.
 */
export function fitPlatt(rows: CalibrationRows): Calibration {
  const { labels } = rows;
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (labels.length - positives + 2);
  const fit = { ...rows, targets: Float64Array.from(labels, (label) => (label === 1 ? high : low)) };
  let at = { slope: 0, offset: logOdds(positives / labels.length) };
  let loss = plattLoss(fit, at);
  for (let step = 0; step < newtonSteps; step += 1) {
    const full = newtonStep(fit, at);
    let share = 1;
    let next = at;
    let nextLoss = loss;
    for (; share > leastShare; share /= 2) {
      next = { slope: at.slope - share * full.slope, offset: at.offset - share * full.offset };
      nextLoss = plattLoss(fit, next);
      if (nextLoss <= loss) break;
    }
    if (!(nextLoss <= loss)) break;
    at = next;
    loss = nextLoss;
    if (share * (Math.abs(full.slope) + Math.abs(full.offset)) < stepSmall) break;
  }
  // A falling line would turn the ensemble's order round: the gate refuses such an ensemble; here it becomes flat.
  return { kind: "platt", slope: Math.max(0, at.slope), offset: at.offset };
}

interface Line {
  readonly slope: number;
  readonly offset: number;
}

function newtonStep({ odds, targets }: PlattFit, { slope, offset }: Line): Line {
  let [g0, g1, h00, h01, h11] = [0, 0, 1e-9, 0, 1e-9];
  for (let row = 0; row < odds.length; row += 1) {
    const x = odds[row]!;
    const p = logistic(slope * x + offset);
    const miss = p - targets[row]!;
    const weight = p * (1 - p);
    g0 += miss * x;
    g1 += miss;
    h00 += weight * x * x;
    h01 += weight * x;
    h11 += weight;
  }
  const determinant = h00 * h11 - h01 * h01;
  return {
    slope: (h11 * g0 - h01 * g1) / determinant,
    offset: (h00 * g1 - h01 * g0) / determinant,
  };
}

/** The cross entropy that the line is fitted to, without overflow: ln(1 + eˣ) − t·x. */
function plattLoss({ odds, targets }: PlattFit, { slope, offset }: Line): number {
  let loss = 0;
  for (let row = 0; row < odds.length; row += 1) {
    const x = slope * odds[row]! + offset;
    loss += Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x))) - targets[row]! * x;
  }
  return loss;
}

/**
 * Isotonic regression (pool adjacent violators, Ayer and others 1955) of the truth on the log-odds, thinned to at most
 * 32 knots in log-odds, each pool softened by half a row of each class. Pools hold equal shares of the two classes
 * weighed alike: with equal numbers of rows, a rare class would fill half of one pool, and all that is likely would be
 * said alike. Beyond the first and the last pool the line goes on with Platt's slope to the ends of the log-odds seen, so
 * that what is surer than most is still told apart.
 */
export function fitPiecewise(rows: CalibrationRows): Calibration {
  const { odds } = rows;
  const order = Uint32Array.from(odds, (_, row) => row).sort((a, b) => odds[a]! - odds[b]!);
  const pools: Pool[] = [];
  for (const part of balancedParts(order, rows.labels)) {
    const pool = { at: 0, rows: part.length, positives: 0 };
    for (const row of part) {
      pool.at += odds[row]! / part.length;
      pool.positives += rows.labels[row]!;
    }
    pools.push(pool);
    mergeFalling(pools);
  }
  const knots = pools.map((pool) => ({ at: pool.at, value: logOdds(softened(pool)) }));
  const platt = fitPlatt(rows);
  const slope = platt.kind === "platt" ? platt.slope : 0;
  return {
    kind: "piecewise",
    knots: withEnds(knots, { low: odds[order[0]!]!, high: odds[order.at(-1)!]!, slope }),
  };
}

/** Rows in rising order cut into parts that weigh alike when both classes do. */
function balancedParts(order: Uint32Array, labels: Uint8Array): readonly Uint32Array[] {
  const parts = Math.min(calibrationKnotsMax - 3, Math.max(2, Math.floor(Math.sqrt(order.length / 10))));
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const weightOf = [0.5 / Math.max(1, order.length - positives), 0.5 / Math.max(1, positives)];
  const cut: Uint32Array[] = [];
  let weight = 0;
  let from = 0;
  order.forEach((row, at) => {
    weight += weightOf[labels[row]!]!;
    if (weight * parts < cut.length + 1 && at + 1 < order.length) return;
    cut.push(order.subarray(from, at + 1));
    from = at + 1;
  });
  return cut;
}

interface Knot {
  readonly at: number;
  readonly value: number;
}

function withEnds(
  knots: readonly Knot[],
  ends: { readonly low: number; readonly high: number; readonly slope: number },
): readonly Knot[] {
  const first = knots[0]!;
  const last = knots.at(-1)!;
  const below = { at: ends.low, value: first.value - ends.slope * (first.at - ends.low) };
  const above = { at: ends.high, value: last.value + ends.slope * (ends.high - last.at) };
  return [...(ends.low < first.at ? [below] : []), ...knots, ...(ends.high > last.at ? [above] : [])];
}

interface Pool {
  at: number;
  rows: number;
  positives: number;
}

/** Share of positives, with half a row of each class added: no pool is certain. */
function softened(pool: { readonly rows: number; readonly positives: number }): number {
  return (pool.positives + 0.5) / (pool.rows + 1);
}

function mergeFalling(pools: Pool[]): void {
  for (;;) {
    const last = pools.at(-1);
    const before = pools.at(-2);
    if (last === undefined || before === undefined) return;
    // Softened shares are compared, because they become the knots: a short pool's softening may turn two round.
    if (softened(before) < softened(last) && before.at < last.at) return;
    const rows = before.rows + last.rows;
    before.at = (before.at * before.rows + last.at * last.rows) / rows;
    before.positives += last.positives;
    before.rows = rows;
    pools.pop();
  }
}
