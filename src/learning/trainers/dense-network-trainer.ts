import { badInput } from "#core/failure.ts";
import { Random } from "#core/random.ts";
import type { DenseLayer, DenseNetwork } from "#model-package/dense-network.ts";
import { checkTable } from "./check-table.ts";
import { fitPreparation, preparedWidth, prepareRows } from "./fit-preparation.ts";
import { logistic } from "./logistic.ts";
import { directionsOf } from "./monotone.ts";
import { type NetworkHyperparameters, networkDefaults } from "./network-options.ts";
import { NetworkState, networkFloats } from "./network-state.ts";
import { referenceNetworkEngine } from "./reference-network-engine.ts";
import type { FitOptions, Trainer } from "./trainer.ts";
import type { TrainingTable } from "./training-table.ts";

const unitsMax = 1_024;
const layersMax = 8;
const epochsMost = 10_000;
const batchRowsMost = 65_536;

/** Rows as the network sees them. */
interface PreparedRows {
  readonly rows: number;
  readonly width: number;
  readonly values: Float32Array;
  readonly labels: Uint8Array;
  /** Weights whose mean is 1. */
  readonly weights: Float32Array;
}

/**
 * Dense network with ReLUs, trained on log-loss by Adam with decoupled weight decay. With validation rows it keeps the
 * weights of the epoch with the least validation loss.
 */
export const denseNetworkTrainer: Trainer<NetworkHyperparameters, DenseNetwork> = {
  name: "network",
  defaults: networkDefaults,
  async fit(table, options) {
    checkTable(table);
    checkHyperparameters(options.hyperparameters);
    const { hyperparameters, validation } = options;
    const preparation = fitPreparation(table, hyperparameters.clip);
    const width = preparedWidth(preparation);
    const inputSigns = new Int8Array(width);
    inputSigns.set(directionsOf(hyperparameters.monotone, table.featureNames));
    const random = new Random(options.seed);
    const shape = {
      inputs: width,
      hiddenUnits: hyperparameters.hiddenUnits,
      batchRows: hyperparameters.batchRows,
    };
    const engine = options.kernels?.createNetworkEngine(networkFloats(shape)) ?? referenceNetworkEngine;
    const state = new NetworkState(engine, shape, { random, inputSigns });
    const prepared = (of: TrainingTable): PreparedRows => ({
      rows: of.rows,
      width,
      values: prepareRows(of, preparation),
      labels: of.labels,
      weights: evenWeights(of),
    });
    const layers = await train(state, options, {
      random,
      rows: prepared(table),
      validation: validation === null ? null : prepared(validation),
    });
    return { kind: "network", preparation, layers };
  },
};

function checkHyperparameters(given: NetworkHyperparameters): void {
  const refuse = (sentence: string): never => {
    throw badInput("hyperparameters", sentence);
  };
  const whole = (value: number, most: number): boolean =>
    Number.isInteger(value) && value >= 1 && value <= most;
  if (given.hiddenUnits.length > layersMax || !given.hiddenUnits.every((units) => whole(units, unitsMax)))
    refuse(`The network's hiddenUnits are at most ${layersMax} whole numbers from 1 to ${unitsMax}.`);
  if (!whole(given.epochsMax, epochsMost))
    refuse(`The network's epochsMax is a whole number from 1 to ${epochsMost}.`);
  if (given.patienceEpochs !== null && !whole(given.patienceEpochs, epochsMost))
    refuse(`The network's patienceEpochs is a whole number from 1 to ${epochsMost}, or null.`);
  if (!whole(given.batchRows, batchRowsMost))
    refuse(`The network's batchRows is a whole number from 1 to ${batchRowsMost}.`);
  if (!(given.learningRate > 0 && given.learningRate <= 1))
    refuse("The network's learningRate is above 0, at most 1.");
  if (!(given.weightDecay >= 0 && given.weightDecay < 1))
    refuse("The network's weightDecay is from 0 to below 1.");
  if (!(given.clip > 0 && given.clip <= 1e6)) refuse("The network's clip is above 0, at most 1e6.");
}

function evenWeights(table: TrainingTable): Float32Array {
  const { weights, rows } = table;
  if (weights === null) return new Float32Array(rows).fill(1);
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / rows;
  return weights.map((weight) => weight / mean);
}

async function train(
  state: NetworkState,
  options: FitOptions<NetworkHyperparameters>,
  on: { readonly random: Random; readonly rows: PreparedRows; readonly validation: PreparedRows | null },
): Promise<readonly DenseLayer[]> {
  const { epochsMax, patienceEpochs } = options.hyperparameters;
  const order = Int32Array.from({ length: on.rows.rows }, (_, row) => row);
  let best: readonly DenseLayer[] | null = null;
  let bestLoss = Infinity;
  let bestEpoch = 0;
  for (let epoch = 0; epoch < epochsMax; epoch += 1) {
    shuffle(order, on.random);
    trainEpoch(state, on.rows, { order, hyperparameters: options.hyperparameters });
    if (on.validation !== null) {
      const loss = lossOf(state, on.validation, options.hyperparameters.batchRows);
      if (loss < bestLoss) {
        bestLoss = loss;
        bestEpoch = epoch;
        best = state.layers();
      }
      if (patienceEpochs !== null && epoch - bestEpoch >= patienceEpochs) break;
    }
    options.signal?.throwIfAborted();
    await options.onProgress?.((epoch + 1) / epochsMax);
  }
  return best ?? state.layers();
}

/** Fisher and Yates' shuffle. */
function shuffle(order: Int32Array, random: Random): void {
  for (let k = order.length - 1; k > 0; k -= 1) {
    const other = random.integer(k + 1);
    const row = order[k]!;
    order[k] = order[other]!;
    order[other] = row;
  }
}

function trainEpoch(
  state: NetworkState,
  from: PreparedRows,
  of: { readonly order: Int32Array; readonly hyperparameters: NetworkHyperparameters },
): void {
  const { order, hyperparameters } = of;
  const { batchRows, learningRate, weightDecay } = hyperparameters;
  for (let start = 0; start < order.length; start += batchRows) {
    const batch = order.subarray(start, start + batchRows);
    putRows(state.input, from, batch);
    const odds = state.forward(batch.length);
    const change = state.oddsChange;
    for (let k = 0; k < batch.length; k += 1) {
      const row = batch[k]!;
      change[k] = (from.weights[row]! * (logistic(odds[k]!) - from.labels[row]!)) / batch.length;
    }
    state.backward(batch.length);
    state.step(learningRate, weightDecay);
  }
}

function putRows(input: Float32Array, { values, width }: PreparedRows, rows: Int32Array): void {
  for (let k = 0; k < rows.length; k += 1) {
    const to = k * width;
    const at = rows[k]! * width;
    for (let i = 0; i < width; i += 1) input[to + i] = values[at + i]!;
  }
}

/** Mean log-loss, by weight. */
function lossOf(state: NetworkState, of: PreparedRows, batchRows: number): number {
  let sum = 0;
  for (let start = 0; start < of.rows; start += batchRows) {
    const end = Math.min(of.rows, start + batchRows);
    state.input.set(of.values.subarray(start * of.width, end * of.width));
    const odds = state.forward(end - start);
    for (let row = start; row < end; row += 1) {
      const margin = of.labels[row] === 1 ? odds[row - start]! : -odds[row - start]!;
      sum += of.weights[row]! * (Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin))));
    }
  }
  return sum / of.rows;
}
