import type { Random } from "#core/random.ts";
import type { DenseLayer } from "#model-package/dense-network.ts";
import { type AdamArrays, type AdamStep, allocatedFloats, type NetworkEngine } from "./network-engine.ts";
import { allowedWeight, hiddenSigns, type UnitSigns } from "./unit-signs.ts";

/** Sizes of a network: width of a prepared row, units of each hidden layer, and rows that go through it at once. */
export interface NetworkShape {
  readonly inputs: number;
  readonly hiddenUnits: readonly number[];
  readonly batchRows: number;
}

interface LayerState {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: "relu" | "identity";
  readonly weights: AdamArrays;
  readonly bias: AdamArrays;
  /** Weights turned, for the way back. */
  readonly turned: Float32Array;
  /** What comes out for each row of the batch, and how the loss changes with it. */
  readonly out: Float32Array;
  readonly change: Float32Array;
  readonly inputSigns: UnitSigns;
  readonly outputSigns: UnitSigns;
}

const keepMean = 0.9;
const keepSquare = 0.999;

/** Floats that a network of this shape takes up in an engine's memory. */
export function networkFloats({ inputs, hiddenUnits, batchRows }: NetworkShape): number {
  const sizes = [inputs, ...hiddenUnits, 1];
  let floats = allocatedFloats(batchRows * inputs);
  for (let k = 1; k < sizes.length; k += 1) {
    const weights = allocatedFloats(sizes[k - 1]! * sizes[k]!);
    floats += 5 * weights + 4 * allocatedFloats(sizes[k]!) + 2 * allocatedFloats(batchRows * sizes[k]!);
  }
  return floats;
}

/** The learnt numbers of a network while it is trained, and a batch on its way forth and back. */
export class NetworkState {
  /** Prepared rows of the batch, to be written by the caller. */
  readonly input: Float32Array;
  readonly #engine: NetworkEngine;
  readonly #layers: readonly LayerState[];
  #steps = 0;

  /** `inputSigns` are the promises for each number of a prepared row. */
  constructor(
    engine: NetworkEngine,
    shape: NetworkShape,
    of: { readonly random: Random; readonly inputSigns: UnitSigns },
  ) {
    this.#engine = engine;
    this.input = engine.allocate(shape.batchRows * shape.inputs);
    const layers: LayerState[] = [];
    let signs = of.inputSigns;
    let inputs = shape.inputs;
    for (const outputs of [...shape.hiddenUnits, 1]) {
      const isLast = layers.length === shape.hiddenUnits.length;
      const outputSigns = isLast ? Int8Array.of(1) : hiddenSigns(outputs, of.inputSigns);
      layers.push(
        this.#newLayer({
          inputs,
          outputs,
          batchRows: shape.batchRows,
          isLast,
          inputSigns: signs,
          outputSigns,
        }),
      );
      signs = outputSigns;
      inputs = outputs;
    }
    this.#layers = layers;
    for (const layer of layers) drawWeights(layer, of.random);
  }

  #newLayer(of: {
    readonly inputs: number;
    readonly outputs: number;
    readonly batchRows: number;
    readonly isLast: boolean;
    readonly inputSigns: UnitSigns;
    readonly outputSigns: UnitSigns;
  }): LayerState {
    const { inputs, outputs, inputSigns, outputSigns } = of;
    const engine = this.#engine;
    const arrays = (length: number): AdamArrays => ({
      values: engine.allocate(length),
      gradient: engine.allocate(length),
      mean: engine.allocate(length),
      square: engine.allocate(length),
    });
    return {
      inputs,
      outputs,
      activation: of.isLast ? "identity" : "relu",
      weights: arrays(inputs * outputs),
      bias: arrays(outputs),
      turned: engine.allocate(inputs * outputs),
      out: engine.allocate(of.batchRows * outputs),
      change: engine.allocate(of.batchRows * outputs),
      inputSigns,
      outputSigns,
    };
  }

  /** Log-odds of the first `rows` rows of `input`; the array is used again by the next call. */
  forward(rows: number): Float32Array {
    let left = this.input;
    for (const { inputs, outputs, weights, bias, out, activation } of this.#layers) {
      this.#engine.multiply({
        out,
        left,
        leftIs: "straight",
        right: weights.values,
        rows,
        inner: inputs,
        columns: outputs,
        bias: bias.values,
        activation,
      });
      left = out;
    }
    return left;
  }

  /** Where the caller writes how the loss changes with each row's log-odds, before `backward`. */
  get oddsChange(): Float32Array {
    return this.#layers.at(-1)!.change;
  }

  /** Computes all gradients from `oddsChange` of the first `rows` rows, which have gone `forward`. */
  backward(rows: number): void {
    const engine = this.#engine;
    for (let k = this.#layers.length - 1; k >= 0; k -= 1) {
      const { inputs, outputs, weights, bias, turned, change } = this.#layers[k]!;
      const below = this.#layers[k - 1];
      engine.multiply({
        out: weights.gradient,
        left: below?.out ?? this.input,
        leftIs: "turned",
        right: change,
        rows: inputs,
        inner: rows,
        columns: outputs,
        bias: null,
        activation: "identity",
      });
      engine.sumRows({ out: bias.gradient, from: change, rows, columns: outputs });
      if (below === undefined) return;
      engine.turn({ out: turned, from: weights.values, rows: inputs, columns: outputs });
      engine.multiply({
        out: below.change,
        left: change,
        leftIs: "straight",
        right: turned,
        rows,
        inner: outputs,
        columns: inputs,
        bias: null,
        activation: "identity",
      });
      engine.cutOff(below.change, below.out, rows * inputs);
    }
  }

  /** Takes one step down the gradients, and brings weights back to what the promises allow. */
  step(learningRate: number, weightDecay: number): void {
    this.#steps += 1;
    const step: AdamStep = {
      keepMean,
      keepSquare,
      rate: learningRate / (1 - keepMean ** this.#steps),
      rootCorrection: Math.sqrt(1 - keepSquare ** this.#steps),
      decay: learningRate * weightDecay,
    };
    for (const layer of this.#layers) {
      this.#engine.step(layer.weights, step);
      this.#engine.step(layer.bias, { ...step, decay: 0 });
      keepPromises(layer);
    }
  }

  /** Copies of the layers as they are now. */
  layers(): readonly DenseLayer[] {
    return this.#layers.map(({ inputs, outputs, weights, bias, activation }) => ({
      inputs,
      outputs,
      weights: weights.values.slice(),
      bias: bias.values.slice(),
      activation,
    }));
  }

  /** Gradients of the weights and biases of each layer, as `backward` left them. */
  gradients(): readonly { readonly weights: Float32Array; readonly bias: Float32Array }[] {
    return this.#layers.map(({ weights, bias }) => ({ weights: weights.gradient, bias: bias.gradient }));
  }
}

/** Weights and biases are drawn evenly from ± 1 / √inputs, as PyTorch's linear layers are. */
function drawWeights(
  { inputs, outputs, weights, bias, inputSigns, outputSigns }: LayerState,
  random: Random,
): void {
  const most = 1 / Math.sqrt(inputs);
  const { values } = weights;
  for (let k = 0; k < values.length; k += 1) {
    const from = inputSigns[Math.floor(k / outputs)]!;
    const direction = from * outputSigns[k % outputs]!;
    const drawn = random.between(-most, most);
    // A promised weight is drawn on its own side of 0, so that it does not begin dead.
    values[k] = from === 0 ? drawn : direction * Math.abs(drawn);
  }
  for (let k = 0; k < bias.values.length; k += 1) bias.values[k] = random.between(-most, most);
}

function keepPromises({ inputs, outputs, weights, inputSigns, outputSigns }: LayerState): void {
  const { values } = weights;
  for (let input = 0; input < inputs; input += 1) {
    const from = inputSigns[input]!;
    if (from === 0) continue;
    for (let output = 0; output < outputs; output += 1) {
      const at = input * outputs + output;
      values[at] = allowedWeight(values[at]!, from, outputSigns[output]!);
    }
  }
}
