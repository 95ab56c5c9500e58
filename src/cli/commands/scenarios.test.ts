import assert from "node:assert/strict";
import { test } from "node:test";
import { runCommand } from "#support/command-run.ts";

test("a hot process says where and when its heat belongs, and another scenario that none does", async () => {
  const stove = await runCommand("scenarios", "show", "gas-stove", "--seed", "3");
  assert.equal(stove.exitCode, 0, stove.notes);
  assert.match(stove.results, /hot places {3}with seed 3 \(.+, begun at \d\d:\d\d\)/);
  assert.match(
    stove.results,
    / {2}.+: x \S+ to \S+, y \S+ to \S+, z \S+ to \S+ m; from \d\d:\d\d to \d\d:\d\d; up to \d+ °C and \d+ px/,
  );
  const other = await runCommand("scenarios", "show", "gas-stove", "--seed", "4");
  assert.notEqual(other.results, stove.results);
  const json = await runCommand("scenarios", "show", "gas-stove", "--json");
  const { hotPlacesOfSeed } = JSON.parse(json.results) as {
    hotPlacesOfSeed: { seed: number; places: { hoursOfDay: number[] }[] };
  };
  assert.equal(hotPlacesOfSeed.seed, 1);
  assert.equal(hotPlacesOfSeed.places[0]?.hoursOfDay.length, 2);
  const quiet = await runCommand("scenarios", "show", "quiet-room");
  assert.match(quiet.results, /hot places {3}none/);
});
