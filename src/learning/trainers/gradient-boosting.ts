import { badInput } from "#core/failure.ts";
import { Random } from "#core/random.ts";
import type { TreeEnsemble } from "#model-package/tree-ensemble.ts";
import { type BinnedTable, binTable } from "./binned-table.ts";
import { BoostingGrower, type GrownLeaf } from "./boosting-grower.ts";
import { type BoostingHyperparameters, boostingDefaults } from "./boosting-options.ts";
import { checkTable } from "./check-table.ts";
import { GrowingTree } from "./growing-tree.ts";
import { derivativeScale, packDerivatives } from "./packed-derivatives.ts";
import type { FitOptions, Trainer } from "./trainer.ts";
import type { TrainingTable } from "./training-table.ts";
import { ValidationWatch } from "./validation-watch.ts";

const roundsMax = 5_000;
const depthsMax = 12;
/** Rounds between two looks at an interrupt and two steps of the progress line. */
const roundsAtOnce = 4;

type BoostingFit = FitOptions<BoostingHyperparameters>;

/** What a fit keeps from round to round. */
interface FitState {
  readonly table: TrainingTable;
  readonly binned: BinnedTable;
  readonly grower: BoostingGrower;
  readonly growing: GrowingTree;
  readonly random: Random;
  readonly scale: number;
  /** Log-odds of each row so far. */
  readonly odds: Float64Array;
  readonly packed: Float64Array;
  /** Derivatives of each row as they are, before rounding. */
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Gradient boosting on histograms with second derivatives, L2, absent values and monotone constraints. */
export const gradientBoosting: Trainer<BoostingHyperparameters, TreeEnsemble> = {
  name: "boosting",
  defaults: boostingDefaults,
  async fit(table, options) {
    checkTable(table);
    checkHyperparameters(options.hyperparameters, table);
    const state = beginFit(table, options);
    const base = state.odds[0]!;
    const watch = options.validation === null ? null : new ValidationWatch(options.validation, base);
    const { rounds, patienceRounds } = options.hyperparameters;
    for (let round = 0; round < rounds; round += 1) {
      growRound(state, options.hyperparameters);
      watch?.add(state.growing);
      if (watch !== null && patienceRounds !== null && watch.roundsSinceBest >= patienceRounds) break;
      if (round % roundsAtOnce !== 0) continue;
      options.signal?.throwIfAborted();
      options.onProgress?.((round + 1) / rounds);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return {
      kind: "trees",
      featureNames: table.featureNames,
      output: "sum-log-odds",
      base,
      ...state.growing.finish(watch?.bestRounds ?? null),
    };
  },
};

function checkHyperparameters(given: BoostingHyperparameters, table: TrainingTable): void {
  const refuse = (sentence: string): never => {
    throw badInput("hyperparameters", sentence);
  };
  const whole = (value: number, most: number): boolean =>
    Number.isInteger(value) && value >= 1 && value <= most;
  if (!whole(given.rounds, roundsMax)) refuse(`Boosting's rounds are a whole number from 1 to ${roundsMax}.`);
  if (!whole(given.depthMax, depthsMax))
    refuse(`Boosting's depthMax is a whole number from 1 to ${depthsMax}.`);
  if (!(given.learningRate > 0 && given.learningRate <= 1))
    refuse("Boosting's learningRate is above 0, at most 1.");
  if (!(given.l2 >= 0)) refuse("Boosting's l2 is not negative.");
  if (!(given.leafHessianMin >= 0)) refuse("Boosting's leafHessianMin is not negative.");
  for (const share of ["rowShare", "featureShare"] as const)
    if (!(given[share] > 0 && given[share] <= 1)) refuse(`Boosting's ${share} is above 0, at most 1.`);
  const unknown = Object.keys(given.monotone).find((name) => !table.featureNames.includes(name));
  if (unknown !== undefined)
    refuse(`Boosting's monotone names "${unknown}", which is no feature of the table.`);
}

function beginFit(table: TrainingTable, options: BoostingFit): FitState {
  const { hyperparameters } = options;
  const binned = binTable(table);
  const largest =
    table.weights === null ? 1 : table.weights.reduce((most, weight) => Math.max(most, weight), 0);
  const scale = derivativeScale(table.rows, largest);
  const rules = {
    l2: hyperparameters.l2 * scale,
    leafHessianMin: hyperparameters.leafHessianMin * scale,
    monotone: Int8Array.from(table.featureNames, (name) => hyperparameters.monotone[name] ?? 0),
    valueBins: Int32Array.from(binned.edges, (edges) => edges.length + 1),
  };
  return {
    table,
    binned,
    grower: new BoostingGrower(binned, { rules, depthMax: hyperparameters.depthMax }),
    growing: new GrowingTree(),
    random: new Random(options.seed),
    scale,
    odds: new Float64Array(table.rows).fill(startOdds(table)),
    packed: new Float64Array(table.rows),
    first: new Float32Array(table.rows),
    second: new Float32Array(table.rows),
  };
}

/** Log-odds of the share of positives. */
function startOdds(table: TrainingTable): number {
  let positives = 0;
  let total = 0;
  for (let row = 0; row < table.rows; row += 1) {
    const weight = table.weights?.[row] ?? 1;
    positives += weight * table.labels[row]!;
    total += weight;
  }
  return Math.log(positives / (total - positives));
}

function growRound(state: FitState, hyperparameters: BoostingHyperparameters): void {
  const sums = takeDerivatives(state, hyperparameters.rowShare);
  const allowed = drawFeatures(state, hyperparameters.featureShare);
  const leaves = state.grower.grow(state.growing, { packed: state.packed, ...sums }, allowed);
  for (const leaf of leaves) setLeaf(state, leaf, hyperparameters);
}

/** Derivatives of the log-loss at the present odds: p − y and p·(1 − p), times the row's weight; 0 in rows not drawn. */
function takeDerivatives(
  state: FitState,
  rowShare: number,
): { readonly first: number; readonly second: number } {
  const { table, odds, packed, first, second, scale, random } = state;
  const { labels, weights } = table;
  let firstSum = 0;
  let secondSum = 0;
  for (let row = 0; row < table.rows; row += 1) {
    const drawn = rowShare === 1 || random.uniform() < rowShare;
    const weight = drawn ? (weights === null ? 1 : weights[row]!) : 0;
    const p = 1 / (1 + Math.exp(-odds[row]!));
    const one = weight * (p - labels[row]!);
    const two = weight * p * (1 - p);
    first[row] = one;
    second[row] = two;
    const roundedOne = Math.round(one * scale);
    const roundedTwo = Math.round(two * scale);
    firstSum += roundedOne;
    secondSum += roundedTwo;
    packed[row] = packDerivatives(roundedOne, roundedTwo);
  }
  return { first: firstSum, second: secondSum };
}

function drawFeatures(state: FitState, share: number): Uint8Array {
  const count = state.binned.features;
  if (share === 1) return new Uint8Array(count).fill(1);
  const wanted = Math.max(1, Math.round(share * count));
  const order = Array.from({ length: count }, (_, feature) => feature);
  const allowed = new Uint8Array(count);
  for (let k = 0; k < wanted; k += 1) {
    const drawn = k + state.random.integer(count - k);
    [order[k], order[drawn]] = [order[drawn]!, order[k]!];
    allowed[order[k]!] = 1;
  }
  return allowed;
}

/** A leaf's value from the exact derivatives of its rows, within its limits, and what it adds to their odds. */
function setLeaf(state: FitState, leaf: GrownLeaf, hyperparameters: BoostingHyperparameters): void {
  const { grower, growing, first, second, odds } = state;
  const { index } = grower;
  let firstSum = 0;
  let secondSum = 0;
  for (let k = leaf.from; k < leaf.to; k += 1) {
    firstSum += first[index[k]!]!;
    secondSum += second[index[k]!]!;
  }
  const free = -firstSum / (secondSum + hyperparameters.l2);
  // Limits are in log-odds as they are: scaling takes itself out of G / (H + λ).
  const kept = Math.min(leaf.high, Math.max(leaf.low, free));
  const value = Math.fround(hyperparameters.learningRate * (Number.isNaN(kept) ? 0 : kept));
  growing.setLeafValue(leaf.at, value);
  for (let k = leaf.from; k < leaf.to; k += 1) odds[index[k]!] = odds[index[k]!]! + value;
}
