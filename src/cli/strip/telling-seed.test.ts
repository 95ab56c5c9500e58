import assert from "node:assert/strict";
import { test } from "node:test";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import { smallFireScenario } from "#support/small-fire-scenario.ts";
import { picturesThatShow, tellingSeed } from "./telling-seed.ts";

/** The scenario with a fire for half of the seeds. */
const seldom: Scenario = {
  ...smallFireScenario,
  shows: "none",
  shortestSeconds: 6,
  longestSeconds: 6,
  stage(lot) {
    const staging = smallFireScenario.stage(lot);
    return lot.random("burns").uniform() < 0.5 ? staging : { ...staging, fire: null };
  },
};

test("a strip is drawn with the first seed whose pictures show what happens, whatever goes on in the background", () => {
  const seeds = [1, 2, 3, 4, 5, 6];
  const shown = seeds.map((seed) => picturesThatShow(seldom, seed));
  const telling = seeds.filter((_, i) => shown[i]! >= 2);
  const silent = seeds.filter((_, i) => shown[i] === 0);
  assert.ok(telling.length > 0 && silent.length > 0, shown.join(" "));
  assert.equal(telling.length + silent.length, seeds.length, shown.join(" "));
  assert.equal(tellingSeed(seldom, [silent[0]!, telling[0]!, telling.at(-1)!]), telling[0]);
  assert.equal(tellingSeed(seldom, [silent[0]!]), silent[0]);
});
