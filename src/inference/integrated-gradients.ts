import type { DenseLayer, DenseNetwork } from "#model-package/dense-network.ts";
import type { InputPreparation } from "#model-package/input-preparation.ts";
import type { LinearModel } from "#model-package/linear-model.ts";
import { prepareRow } from "./dense-walker.ts";
import type { Contributions } from "./tree-shap.ts";

/** Pieces of a path at most; a path meets about as many as there are units. Beyond, the last gradient is gone on with. */
const piecesMax = 4_096;

/** A unit that changes sides is looked at this far behind the place, as a share of the path, where its side is plain. */
const behindKink = 1e-9;

/**
 * Integrated gradients of a network's log-odds (Sundararajan, Taly and Yan, "Axiomatic Attribution for Deep Networks",
 * 2017) along the straight path, in prepared values, from the ordinary row: every feature present and at its training
 * median. Along it a network of rectified units is straight but for the kinks where a unit changes sides, so the
 * integral is taken piece by piece from kink to kink instead of in equal steps: `usual` and the contributions sum to
 * the log-odds within 1e-6. What a feature's being absent does counts for that feature.
 */
export function networkContributions(network: DenseNetwork, row: Float32Array): Contributions {
  const { preparation, layers } = network;
  const path = pathTo(preparation, row);
  const integral = new Float64Array(path.change.length);
  let at = 0;
  for (let piece = 1; at < 1; piece += 1) {
    const state = stateAt(layers, path, Math.min(1, at + behindKink));
    const next = piece === piecesMax ? 1 : Math.min(1, at + behindKink + state.untilKink);
    const gradient = gradientOf(layers, state.active);
    for (let i = 0; i < integral.length; i += 1)
      integral[i] = integral[i]! + (next - at) * gradient[i]! * path.change[i]!;
    at = next;
  }
  return { usual: stateAt(layers, path, 0).output, byFeature: byFeature(preparation, integral) };
}

/** What each feature adds to the log-odds of logistic regression, counted from the same ordinary row: exact. */
export function linearContributions(model: LinearModel, row: Float32Array): Contributions {
  const { from, change } = pathTo(model.preparation, row);
  const usual = from.reduce((sum, value, i) => sum + value * model.weights[i]!, model.bias);
  const added = change.map((value, i) => value * model.weights[i]!);
  return { usual, byFeature: byFeature(model.preparation, added) };
}

interface Path {
  readonly from: Float64Array;
  readonly change: Float64Array;
}

function pathTo(preparation: InputPreparation, row: Float32Array): Path {
  const from = Float64Array.from(prepareRow(preparation, preparation.median));
  const change = Float64Array.from(prepareRow(preparation, row), (value, i) => value - from[i]!);
  return { from, change };
}

/** Sums of the prepared row's columns by feature: an indicator belongs to the feature whose absence it marks. */
function byFeature(preparation: InputPreparation, ofColumns: Float64Array): Float64Array {
  const features = preparation.featureNames.length;
  const sums = ofColumns.slice(0, features);
  preparation.indicatorColumns.forEach((feature, k) => {
    sums[feature] = sums[feature]! + ofColumns[features + k]!;
  });
  return sums;
}

interface PathState {
  readonly output: number;
  /** By layer: 1 for units that let through. */
  readonly active: readonly Uint8Array[];
  /** Share of the path until the next unit changes sides. */
  readonly untilKink: number;
}

/** The network at a place of the path, and where it goes from there: each value with its change along the path. */
function stateAt(layers: readonly DenseLayer[], path: Path, at: number): PathState {
  let values = path.from.map((value, i) => value + at * path.change[i]!);
  let changes = path.change;
  let untilKink = Infinity;
  const active: Uint8Array[] = [];
  for (const layer of layers) {
    values = throughLayer(layer, values, layer.bias);
    changes = throughLayer(layer, changes, null);
    const lets = new Uint8Array(layer.outputs).fill(1);
    if (layer.activation === "relu")
      for (let k = 0; k < layer.outputs; k += 1) {
        const [value, change] = [values[k]!, changes[k]!];
        const until = -value / change;
        if (until > 0) untilKink = Math.min(untilKink, until);
        if (value > 0) continue;
        lets[k] = 0;
        values[k] = 0;
        changes[k] = 0;
      }
    active.push(lets);
  }
  return { output: values[0]!, active, untilKink };
}

function throughLayer(
  layer: DenseLayer,
  from: Float64Array,
  bias: Float32Array | null,
): Float64Array<ArrayBuffer> {
  const { outputs, weights } = layer;
  const to = bias === null ? new Float64Array(outputs) : Float64Array.from(bias);
  for (let input = 0; input < from.length; input += 1) {
    const value = from[input]!;
    if (value === 0) continue;
    const row = input * outputs;
    for (let k = 0; k < outputs; k += 1) to[k] = to[k]! + value * weights[row + k]!;
  }
  return to;
}

/** The output's gradient by the inputs, backwards through the units that let through. */
function gradientOf(layers: readonly DenseLayer[], active: readonly Uint8Array[]): Float64Array {
  let gradient: Float64Array = Float64Array.of(1);
  for (let at = layers.length - 1; at >= 0; at -= 1) {
    const { inputs, outputs, weights } = layers[at]!;
    const lets = active[at]!;
    const before = new Float64Array(inputs);
    for (let input = 0; input < inputs; input += 1) {
      let sum = 0;
      for (let k = 0; k < outputs; k += 1)
        if (lets[k] === 1) sum += gradient[k]! * weights[input * outputs + k]!;
      before[input] = sum;
    }
    gradient = before;
  }
  return gradient;
}
