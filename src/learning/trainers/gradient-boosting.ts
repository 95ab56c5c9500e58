import { badInput } from "#core/failure.ts";
import { Random } from "#core/random.ts";
import type { TreeEnsemble } from "#model-package/tree-ensemble.ts";
import { binTable } from "./binned-table.ts";
import type { BoostingEngine } from "./boosting-engine.ts";
import { BoostingGrower, type GrownLeaf, slotsNeeded } from "./boosting-grower.ts";
import { type BoostingHyperparameters, boostingDefaults } from "./boosting-options.ts";
import { checkTable } from "./check-table.ts";
import { GrowingTree } from "./growing-tree.ts";
import { directionsOf } from "./monotone.ts";
import { derivativeScale } from "./packed-derivatives.ts";
import { ReferenceBoostingEngine } from "./reference-boosting-engine.ts";
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
  readonly engine: BoostingEngine;
  readonly grower: BoostingGrower;
  readonly growing: GrowingTree;
  readonly random: Random;
  readonly base: number;
  /** Weights of the round; the same array each time. */
  readonly drawn: Float32Array;
}

/** Gradient boosting on histograms with second derivatives, L2, absent values and monotone constraints. */
export const gradientBoosting: Trainer<BoostingHyperparameters, TreeEnsemble> = {
  name: "boosting",
  defaults: boostingDefaults,
  async fit(table, options) {
    checkTable(table);
    checkHyperparameters(options.hyperparameters, table);
    const state = beginFit(table, options);
    const { base } = state;
    const watch = options.validation === null ? null : new ValidationWatch(options.validation, base);
    const { rounds, patienceRounds } = options.hyperparameters;
    for (let round = 0; round < rounds; round += 1) {
      growRound(state, options.hyperparameters);
      watch?.add(state.growing);
      if (watch !== null && patienceRounds !== null && watch.roundsSinceBest >= patienceRounds) break;
      if (round % roundsAtOnce !== 0) continue;
      options.signal?.throwIfAborted();
      await options.onProgress?.((round + 1) / rounds);
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
  directionsOf(given.monotone, table.featureNames);
}

function beginFit(table: TrainingTable, options: BoostingFit): FitState {
  const { hyperparameters, kernels } = options;
  const binned = binTable(table);
  const weights = table.weights ?? new Float32Array(table.rows).fill(1);
  const { base, weightSum } = startOf(table, weights);
  const scale = derivativeScale(weightSum);
  const rules = {
    l2: hyperparameters.l2 * scale,
    leafHessianMin: hyperparameters.leafHessianMin * scale,
    monotone: directionsOf(hyperparameters.monotone, table.featureNames),
    valueBins: Int32Array.from(binned.edges, (edges) => edges.length + 1),
  };
  const { depthMax } = hyperparameters;
  const setup = { table: binned, labels: table.labels, rules, base, scale, slots: slotsNeeded(depthMax) };
  const engine = kernels?.createBoostingEngine(setup) ?? new ReferenceBoostingEngine(setup);
  return {
    table,
    engine,
    grower: new BoostingGrower(binned, engine, { rules, depthMax }),
    growing: new GrowingTree(),
    random: new Random(options.seed),
    base,
    drawn: weights.slice(),
  };
}

/** Log-odds of the share of positives, and the weight of all rows. */
function startOf(
  table: TrainingTable,
  weights: Float32Array,
): { readonly base: number; readonly weightSum: number } {
  let positives = 0;
  let weightSum = 0;
  for (let row = 0; row < table.rows; row += 1) {
    positives += weights[row]! * table.labels[row]!;
    weightSum += weights[row]!;
  }
  return { base: Math.log(positives / (weightSum - positives)), weightSum };
}

function growRound(state: FitState, hyperparameters: BoostingHyperparameters): void {
  const { engine, growing, drawn, random, table } = state;
  if (hyperparameters.rowShare < 1)
    for (let row = 0; row < drawn.length; row += 1)
      drawn[row] = random.uniform() < hyperparameters.rowShare ? (table.weights?.[row] ?? 1) : 0;
  const sums = engine.beginRound(drawn);
  const allowed = drawFeatures(state, hyperparameters.featureShare);
  for (const leaf of state.grower.grow(growing, sums, allowed)) setLeaf(state, leaf, hyperparameters);
}

function drawFeatures({ table, random }: FitState, share: number): Uint8Array {
  const count = table.columns.length;
  if (share === 1) return new Uint8Array(count).fill(1);
  const wanted = Math.max(1, Math.round(share * count));
  const order = Array.from({ length: count }, (_, feature) => feature);
  const allowed = new Uint8Array(count);
  for (let k = 0; k < wanted; k += 1) {
    const drawn = k + random.integer(count - k);
    [order[k], order[drawn]] = [order[drawn]!, order[k]!];
    allowed[order[k]!] = 1;
  }
  return allowed;
}

/** A leaf's value from the exact derivatives of its rows, within its limits, and what it adds to their odds. */
function setLeaf(state: FitState, leaf: GrownLeaf, hyperparameters: BoostingHyperparameters): void {
  const { engine, growing } = state;
  const { first, second } = engine.sums(leaf);
  const free = -first / (second + hyperparameters.l2);
  // Limits are in log-odds as they are: scaling takes itself out of G / (H + λ).
  const kept = Math.min(leaf.high, Math.max(leaf.low, Number.isNaN(free) ? 0 : free));
  const value = Math.fround(hyperparameters.learningRate * kept);
  growing.setLeafValue(leaf.at, value);
  engine.addToOdds(leaf, value);
}
