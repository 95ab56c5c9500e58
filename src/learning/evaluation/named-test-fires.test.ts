import assert from "node:assert/strict";
import { test } from "node:test";
import { episodeOf } from "../dataset/render-rows.ts";
import {
  isNamedTestFire,
  namedTestFireRecipes,
  namedTestFires,
  panMetres,
  panToleranceMetres,
} from "./named-test-fires.ts";

test("pans of TF5 stand at 12 m and 25 m from the lens, whatever the room", () => {
  const recipes = namedTestFireRecipes({ seed: 4, first: 100, each: 1 });
  assert.deepEqual(
    recipes.map(({ episode }) => episode),
    Array.from({ length: 4 }, (_, k) => 100 + k),
  );
  for (const recipe of recipes.filter(({ scenario }) => scenario.startsWith("tf5"))) {
    const { staging, space } = episodeOf(recipe, namedTestFires);
    const { place } = staging.fire!;
    const { x, y, z } = space.camera.position;
    const metres = Math.hypot(place.x - x, place.y - y, place.z - z);
    const wanted = recipe.scenario.includes("25") ? panMetres.far : panMetres.near;
    assert.ok(Math.abs(metres - wanted) <= panToleranceMetres, `${recipe.scenario}: ${metres} m`);
  }
});

test("no scenario of the library is taken for a named test fire", () => {
  assert.ok(namedTestFires.every(({ name }) => isNamedTestFire(name)));
  assert.ok(!isNamedTestFire("heptane"));
});
