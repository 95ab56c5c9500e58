import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { chooseThreshold, type TrackProbabilities, trackScore } from "./choose-threshold.ts";

const rule = { seconds: 3, ofSeconds: 5 };
const wish = { vote: rule, falseEpisodesMax: 0.02 };
const track = (episode: number, isFire: boolean, level: number): TrackProbabilities => ({
  episode,
  isFire,
  probabilities: Array.from({ length: 6 }, () => level),
});

test("a track's score is the highest threshold that three of five seconds reach", () => {
  assert.equal(trackScore([0.9, 0.1, 0.8, 0.1, 0.7], rule), 0.7);
  assert.equal(trackScore([0.9, 0.9], rule), 0);
  const levels = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });
  fc.assert(
    fc.property(levels, fc.double({ min: 0.01, max: 1, noNaN: true }), (probabilities, threshold) => {
      const yes = probabilities.some(
        (_, end) =>
          probabilities.slice(Math.max(0, end - 4), end + 1).filter((one) => one >= threshold).length >= 3,
      );
      assert.equal(trackScore(probabilities, rule) >= threshold, yes);
    }),
  );
});

test("the threshold lies between the loudest nuisance and the weakest fire above it", () => {
  const tracks = [track(1, false, 0.2), track(2, false, 0.1), track(3, true, 0.8), track(4, true, 0.9)];
  const threshold = chooseThreshold(tracks, wish);
  assert.ok(Math.abs(threshold - 0.5) < 1e-9, String(threshold));
});

test("of a hundred episodes without fire two may speak, and no third", () => {
  const loud = [0.9, 0.8, 0.7, 0.6];
  const quiet = Array.from({ length: 100 }, (_, k) => track(k, false, loud[k] ?? 0.1));
  const threshold = chooseThreshold([...quiet, track(200, true, 0.75)], wish);
  assert.ok(threshold > 0.7 && threshold < 0.75, String(threshold));
});

test("where nothing without fire was seen, the threshold is even", () => {
  assert.equal(chooseThreshold([track(1, true, 0.9)], wish), 0.5);
});
