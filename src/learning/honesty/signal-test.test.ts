import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import type { ScoredRows } from "../evaluation/scored-rows.ts";
import { testForSignal } from "./signal-test.ts";

/** Episodes of `length` rows with one label each; the score knows `knowledge` of it, and is alike within an episode. */
function madeRows(options: { seed: number; length: number; knowledge: number }): ScoredRows {
  const random = new Random(options.seed);
  const scores: number[] = [];
  const labels: number[] = [];
  const groups: number[] = [];
  for (let episode = 0; episode < 80; episode += 1) {
    const label = random.integer(2);
    const own = random.normal();
    for (let row = 0; row < options.length; row += 1) {
      scores.push(options.knowledge * label + own + 0.1 * random.normal());
      labels.push(label);
      groups.push(episode);
    }
  }
  return {
    scores: Float64Array.from(scores),
    labels: Uint8Array.from(labels),
    groups: Int32Array.from(groups),
  };
}

test("a score that knows the label has signal", () => {
  const found = testForSignal(madeRows({ seed: 1, length: 10, knowledge: 1.5 }), {
    shuffles: 300,
    random: new Random(2),
  });
  assert.ok(found.hasSignal && found.rocAuc > 0.8, JSON.stringify(found));
});

test("chance is called chance, however many rows an episode has", () => {
  let wrong = 0;
  for (let seed = 1; seed <= 30; seed += 1)
    wrong += testForSignal(madeRows({ seed, length: 15, knowledge: 0 }), {
      shuffles: 120,
      random: new Random(seed),
    }).hasSignal
      ? 1
      : 0;
  // One in a hundred is expected; by rows instead of episodes it would be about every third.
  assert.ok(wrong <= 2, `${wrong} of 30`);
});

test("chance is called chance where episodes are of different lengths and of one label each", () => {
  let wrong = 0;
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = new Random(seed);
    const episodes = Array.from({ length: 14 }, (_, episode) => ({
      episode,
      label: episode % 2,
      score: random.normal(),
      rows: 1 + random.integer(12),
    }));
    const rows = episodes.flatMap((one) => Array.from({ length: one.rows }, () => one));
    const scored: ScoredRows = {
      scores: Float64Array.from(rows, ({ score }) => score),
      labels: Uint8Array.from(rows, ({ label }) => label),
      groups: Int32Array.from(rows, ({ episode }) => episode),
    };
    if (testForSignal(scored, { shuffles: 150, random }).hasSignal) wrong += 1;
  }
  // Two are expected at most; labels dealt out end to end gave three times as many.
  assert.ok(wrong <= 4, `${wrong} of 200`);
});
