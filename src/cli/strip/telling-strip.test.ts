import assert from "node:assert/strict";
import { test } from "node:test";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import { smallFireScenario } from "#support/small-fire-scenario.ts";
import { shownIn, tellingStrip } from "./telling-strip.ts";

const short: Scenario = { ...smallFireScenario, shortestSeconds: 6, longestSeconds: 6 };
/** The scenario with a fire for half of the seeds. */
const seldom: Scenario = {
  ...short,
  shows: "none",
  stage(lot) {
    const staging = short.stage(lot);
    return lot.random("burns").uniform() < 0.5 ? staging : { ...staging, fire: null };
  },
};

test("a strip is drawn with the first seed whose pictures show what happens", () => {
  const shows = [1, 2, 3, 5].map((seed) => {
    const { pictures, episode } = tellingStrip(seldom, [seed]);
    return { seed, shown: shownIn(seldom, pictures), burns: episode.staging.fire !== null };
  });
  for (const { shown, burns } of shows) if (burns) assert.ok(shown >= 2, JSON.stringify(shows));
  const telling = shows.find(({ burns }) => burns);
  const silent = shows.find(({ shown }) => shown === 0);
  assert.ok(telling !== undefined && silent !== undefined, "of the seeds some show it and some do not");
  assert.equal(tellingStrip(seldom, [silent.seed, telling.seed]).seed, telling.seed);
  assert.equal(tellingStrip(seldom, [silent.seed]).seed, silent.seed);
});
