import { z } from "zod";
import type { DenseLayer, DenseNetwork } from "#model-package/dense-network.ts";
import { readModelJson, requireInModel } from "./read-model-json.ts";

const numbers = z.array(z.number());
const networkShape = z.strictObject({
  format: z.literal("emberwatch-pytorch-network/1"),
  features: z.number().int(),
  preparation: z.strictObject({
    median: numbers,
    mean: numbers,
    deviation: z.array(z.number().gt(0)),
    clip: z.number().gt(0),
    indicators: z.array(z.number().int().min(0)),
  }),
  layers: z
    .array(
      z.strictObject({
        inputs: z.number().int().min(1),
        outputs: z.number().int().min(1),
        weights: numbers,
        bias: numbers,
      }),
    )
    .min(1)
    .max(9),
});

/** The network in a network.json of network_pytorch.py. Throws `machineFault` with one sentence when it is none. */
export function readPytorchNetwork(text: string, featureNames: readonly string[]): DenseNetwork {
  const name = "network.json";
  const { features, preparation, layers } = readModelJson(text, networkShape, name);
  requireInModel(
    features === featureNames.length,
    `${name} has ${features} features, not ${featureNames.length}.`,
  );
  const { median, mean, deviation, clip, indicators } = preparation;
  requireInModel(
    [median, mean, deviation].every(({ length }) => length === features) &&
      indicators.every((i) => i < features),
    `${name}: the preparation is not one of ${features} features.`,
  );
  let width = features + indicators.length;
  const dense = layers.map((layer, at): DenseLayer => {
    const { inputs, outputs, weights, bias } = layer;
    const isLast = at === layers.length - 1;
    requireInModel(
      inputs === width &&
        weights.length === inputs * outputs &&
        bias.length === outputs &&
        (!isLast || outputs === 1),
      `${name}: layer ${at + 1} does not fit the one before.`,
    );
    width = outputs;
    return {
      inputs,
      outputs,
      weights: Float32Array.from(weights),
      bias: Float32Array.from(bias),
      activation: isLast ? "identity" : "relu",
    };
  });
  return {
    kind: "network",
    preparation: {
      featureNames,
      median: Float32Array.from(median),
      mean: Float32Array.from(mean),
      deviation: Float32Array.from(deviation),
      clip,
      indicatorColumns: Int32Array.from(indicators),
    },
    layers: dense,
  };
}
