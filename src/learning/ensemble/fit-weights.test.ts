import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { fitWeights } from "./fit-weights.ts";
import { logistic } from "./log-odds.ts";

test("the member that knows gets the weight, the one that guesses gets none", () => {
  const random = new Random(4);
  const knows = Float64Array.from({ length: 4_000 }, () => 2 * random.normal());
  const guesses = Float64Array.from({ length: 4_000 }, () => 2 * random.normal());
  const wrong = knows.map((odds) => -odds + 0.5 * random.normal());
  const labels = Uint8Array.from(knows, (odds) => (random.uniform() < logistic(odds) ? 1 : 0));
  const weights = fitWeights([knows, guesses, wrong], labels, null);
  assert.ok(Math.abs(weights[0]! - 1) < 0.15, `${weights}`);
  assert.ok(Math.abs(weights[1]!) < 0.06, `${weights}`);
  assert.ok(weights.every((weight) => weight >= 0));
});

test("rows with weight 0 do not count", () => {
  const odds = Float64Array.from([3, 3, -3, -3, 9, 9]);
  const labels = Uint8Array.from([1, 0, 0, 1, 0, 0]);
  const one = fitWeights([odds], labels, Float32Array.from([3, 1, 3, 1, 0, 0]));
  // Three to one for the right side at odds of 3: ln 3 / 3.
  assert.ok(Math.abs(one[0]! - Math.log(3) / 3) < 1e-3, `${one}`);
});
