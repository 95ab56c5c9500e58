import assert from "node:assert/strict";
import { test } from "node:test";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import { tinyRooms, tinyScenarios } from "#support/tiny-scenarios.ts";
import { splitNames } from "./dataset-columns.ts";
import { planEpisodes } from "./episode-plan.ts";
import { divideLibrary, parseSplitShares } from "./split-rule.ts";

const shares = { train: 0.6, validation: 0.2, test: 0.2 };

test("no family and no kind of room lies in two splits, and each split has fires, nuisances and quiet", () => {
  for (const fold of [0, 1, 2, 3]) {
    const division = divideLibrary(tinyScenarios, { shares, fold });
    assert.equal(division.roomRule, "templates");
    const families = new Map<string, string>();
    for (const split of splitNames) {
      const kinds = new Set(division.scenarios[split].map(({ scenario }) => scenario.kind));
      assert.deepEqual(kinds, new Set(["fire", "nuisance", "quiet"]), split);
      for (const { scenario, rooms } of division.scenarios[split]) {
        assert.ok(rooms.length > 0 && rooms.every((room) => division.rooms[split].includes(room)));
        if (scenario.kind === "quiet") continue;
        assert.equal(families.get(scenario.family) ?? split, split);
        families.set(scenario.family, split);
      }
    }
    assert.equal(families.size, 6);
    const rooms = splitNames.flatMap((split) => division.rooms[split]);
    assert.equal(new Set(rooms).size, rooms.length);
  }
});

test("another fold tests other families", () => {
  const testFamilies = [0, 1, 2, 3, 4, 5].map((fold) =>
    divideLibrary(tinyScenarios, { shares, fold })
      .scenarios.test.map(({ scenario }) => scenario.name)
      .join(),
  );
  assert.ok(new Set(testFamilies).size > 1);
});

test("shares kinds of rooms only when the library leaves no other way, and says so", () => {
  const oneRoom = tinyScenarios.map((scenario): Scenario => ({ ...scenario, rooms: tinyRooms.slice(0, 1) }));
  const division = divideLibrary(oneRoom, { shares, fold: 0 });
  assert.equal(division.roomRule, "individual-rooms");
  assert.deepEqual(division.rooms.test, ["red-room"]);
});

test("the plan keeps to its shares of seconds and pairs every other fire with its twin", () => {
  const division = divideLibrary(tinyScenarios, { shares, fold: 0 });
  const seconds = new Map<string, number>();
  const plan = planEpisodes(division, { seed: 9, shares });
  let lit = 0;
  let unlit = 0;
  let previous = null;
  for (let i = 0; i < 600; i += 1) {
    const recipe = plan.next().value!;
    for (const key of [recipe.split, recipe.scenario])
      seconds.set(key, (seconds.get(key) ?? 0) + recipe.seconds);
    assert.equal(recipe.episode, i);
    if (recipe.flameRenderer === "billow") assert.equal(recipe.split, "test");
    if (recipe.fire === "unlit") {
      unlit += 1;
      assert.deepEqual({ ...recipe, episode: i - 1, fire: "as-staged" }, previous);
    } else if (recipe.scenario.endsWith("-fire")) lit += 1;
    previous = recipe;
  }
  const total = shares.train + shares.validation + shares.test;
  const all = splitNames.reduce((sum, split) => sum + (seconds.get(split) ?? 0), 0);
  for (const split of splitNames)
    assert.ok(Math.abs((seconds.get(split) ?? 0) / all - shares[split] / total) < 0.03, split);
  assert.ok(Math.abs(unlit / lit - 0.5) < 0.05);
  assert.ok(Math.abs((seconds.get("quiet") ?? 0) / all - 0.1) < 0.03);
});

test("shares that do not add up are refused", () => {
  assert.deepEqual(parseSplitShares("60/20/20"), shares);
  for (const text of ["60/20", "60/20/30", "100/0/0", "a/b/c", ""])
    assert.throws(() => parseSplitShares(text), /three percentages/);
});
