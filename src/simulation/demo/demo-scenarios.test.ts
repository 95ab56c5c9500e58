import assert from "node:assert/strict";
import { test } from "node:test";
import { Episode } from "../scenario/episode.ts";
import { scenarioLibrary } from "../scenario/scenario-library.ts";
import { demoScenarios } from "./demo-scenarios.ts";

function episode(name: string, seed: number): Episode {
  const scenario = demoScenarios.find((one) => one.name === name)!;
  return new Episode({ scenario, seed, fire: "as-staged", flameRenderer: "plume" });
}

test("the basket of the workshop is lit after 20 s, and put out after 50 s where the clip says so", () => {
  for (const [name, seconds, flaming] of [
    ["workshop-fire", 60, [false, true, true, true]],
    ["workshop-fire-put-out", 90, [false, true, true, false]],
  ] as const) {
    const played = episode(name, 5);
    assert.equal(played.seconds, seconds);
    assert.equal(played.igniteAtSeconds, 20);
    const labels = [19, 25, 49, 55].map((at) => {
      played.radianceAt(at);
      return played.truthAt(at).label === "flaming";
    });
    assert.deepEqual(labels, flaming, name);
  }
});

test("the demo's rooms have the air of ordinary rooms whatever the seed, and differ in furniture", () => {
  const [one, other] = [episode("quiet-office", 1), episode("quiet-office", 2)];
  assert.deepEqual(one.climate, other.climate);
  assert.ok(one.climate.co2Ppm < 1_000);
  assert.notEqual(one.space.depth, other.space.depth);
  assert.equal(one.truthAt(30).label, "none");
});

test("no model learns the demo: its clips are in no library", () => {
  const names = new Set(scenarioLibrary.map(({ name }) => name));
  assert.ok(demoScenarios.every(({ name }) => !names.has(name)));
});
