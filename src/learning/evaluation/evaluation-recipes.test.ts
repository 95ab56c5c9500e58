import assert from "node:assert/strict";
import { test } from "node:test";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";
import { divideLibrary, parseSplitShares } from "../dataset/split-rule.ts";
import { suiteRecipes } from "./evaluation-recipes.ts";

const shares = parseSplitShares("60/20/20");

test("a suite has enough fires and nuisances, of families and rooms of the test split only, twins with their fires", () => {
  const wish = { seed: 5, fold: 0, shares, fires: 30, nuisances: 80 };
  const recipes = suiteRecipes(scenarioLibrary, wish);
  const kindOf = new Map(scenarioLibrary.map(({ name, kind }) => [name, kind]));
  const lit = recipes.filter(({ scenario, fire }) => kindOf.get(scenario) === "fire" && fire !== "unlit");
  assert.equal(lit.length, 30);
  assert.ok(recipes.filter(({ scenario }) => kindOf.get(scenario) === "nuisance").length >= 80);
  const allowed = divideLibrary(scenarioLibrary, { shares, fold: 0 }).scenarios.test;
  for (const recipe of recipes) {
    const place = allowed.find(({ scenario }) => scenario.name === recipe.scenario);
    assert.ok(place?.rooms.includes(recipe.room), `${recipe.scenario} in ${recipe.room}`);
  }
  const twins = recipes.filter(({ fire }) => fire === "unlit");
  assert.ok(twins.length > 5);
  for (const twin of twins)
    assert.ok(lit.some(({ episode, seed }) => episode === twin.pair && seed === twin.seed));
});

test("another seed draws other episodes of the same families", () => {
  const wish = { fold: 0, shares, fires: 5, nuisances: 5 };
  const seedsOf = (seed: number) => suiteRecipes(scenarioLibrary, { ...wish, seed }).map((one) => one.seed);
  assert.deepEqual(seedsOf(1), seedsOf(1));
  assert.ok(!seedsOf(1).some((seed) => seedsOf(2).includes(seed)));
});
