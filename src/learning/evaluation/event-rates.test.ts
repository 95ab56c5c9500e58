import assert from "node:assert/strict";
import { test } from "node:test";
import { scenarioLibrary } from "#simulation/scenario/scenario-library.ts";
import { poissonUpperBound } from "./episode-bootstrap.ts";
import { eventRates, weightedRate } from "./event-rates.ts";

test("every nuisance family of the library has its rate, once, and says what it rests on", () => {
  const families = new Set(
    scenarioLibrary.filter(({ kind }) => kind === "nuisance").map(({ family }) => family),
  );
  assert.deepEqual(new Set(eventRates.map(({ family }) => family)), families);
  assert.equal(eventRates.length, families.size);
  for (const { basis } of eventRates) assert.ok(basis.length > 10);
});

test("one family alone has the Poisson bound of its count, for each event of a year", () => {
  const rate = eventRates.find(({ family }) => family === "steam")!.eventsPerCameraYear;
  for (const wrong of [0, 1, 3, 10]) {
    const { perCameraYear, upper } = weightedRate([{ family: "steam", events: 100, wrong }]);
    assert.equal(perCameraYear, (rate * wrong) / 100);
    assert.ok(Math.abs(upper / (rate * poissonUpperBound(wrong, 100)) - 1) < 1e-3, `${wrong} wrong`);
  }
});

test("few episodes of a common event keep the bound high, and families that were not judged are named", () => {
  const one = weightedRate([{ family: "people", events: 5, wrong: 0 }]);
  const many = weightedRate([{ family: "people", events: 500, wrong: 0 }]);
  assert.ok(one.upper > 90 * many.upper);
  assert.ok(one.unjudgedFamilies.includes("welding"));
  assert.ok(Number.isNaN(weightedRate([]).upper));
  // As many as it says are needed are enough, and one fewer is not.
  const steam = (events: number) => weightedRate([{ family: "steam", events, wrong: 0 }]);
  const needed = steam(1).eventsForOneAYear;
  assert.ok(steam(needed).upper <= 1 && steam(needed - 1).upper > 1);
});
