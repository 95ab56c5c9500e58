import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure } from "#core/failure.ts";
import { drawFaultPlan } from "./fault.ts";
import { parseSeeds } from "./parse-seeds.ts";
import { Simulation } from "./simulation.ts";

test("a seed gives the same run each time, to the last byte, and nothing in it that must not be", async () => {
  const once = await new Simulation(8, drawFaultPlan).run();
  const again = await new Simulation(8, drawFaultPlan).run();
  assert.deepEqual(again, once);
  assert.deepEqual(once.violations, []);
  assert.ok(once.alarmsDelivered > 0);
  assert.notEqual((await new Simulation(7, drawFaultPlan).run()).digest, once.digest);
});

test("seeds are a number or a range", () => {
  assert.deepEqual(parseSeeds("7"), { first: 7, last: 7 });
  assert.deepEqual(parseSeeds("1..200"), { first: 1, last: 200 });
  for (const wrong of ["x", "9..3", "-1", "1..2.5"])
    assert.throws(
      () => parseSeeds(wrong),
      (error) => error instanceof Failure && error.code === "seeds",
    );
});
