import assert from "node:assert/strict";
import test from "node:test";
import { type Kinship, matchRegions } from "./region-matching.ts";

function kin(region: number, track: number, overlap: number, near = overlap): Kinship {
  return { region, track, overlap, near, trackId: track };
}

test("each region continues the track it shares most pixels with", () => {
  const matched = matchRegions([kin(0, 0, 5), kin(0, 1, 9), kin(1, 0, 4)]);
  assert.deepEqual([...matched].sort(), [
    [0, 1],
    [1, 0],
  ]);
});

test("a track that splits goes on as its larger part; the other is new", () => {
  assert.deepEqual([...matchRegions([kin(0, 0, 4), kin(1, 0, 9)])], [[1, 0]]);
});

test("of tracks that merge the one that gives most pixels goes on, the older one when they give the same", () => {
  assert.deepEqual([...matchRegions([kin(0, 0, 4), kin(0, 1, 9)])], [[0, 1]]);
  assert.deepEqual([...matchRegions([kin(0, 1, 9), kin(0, 0, 9)])], [[0, 0]]);
});

test("nearness joins only what overlap left over", () => {
  const matched = matchRegions([kin(0, 0, 0, 50), kin(1, 0, 1, 1), kin(0, 1, 0, 2)]);
  assert.deepEqual([...matched].sort(), [
    [0, 1],
    [1, 0],
  ]);
});

test("a region that shares nothing with any track continues none", () => {
  assert.equal(matchRegions([kin(0, 0, 0, 0)]).size, 0);
});
