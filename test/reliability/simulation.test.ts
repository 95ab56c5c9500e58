import assert from "node:assert/strict";
import { test } from "node:test";
import { drawFaultPlan } from "./fault.ts";
import { Simulation } from "./simulation.ts";

test("a seed gives the same run each time, to the last byte, and nothing in it that must not be", async () => {
  const once = await new Simulation(8, drawFaultPlan).run();
  const again = await new Simulation(8, drawFaultPlan).run();
  assert.deepEqual(again, once);
  assert.deepEqual(once.violations, []);
  assert.ok(once.alarmsDelivered > 0);
  assert.notEqual((await new Simulation(7, drawFaultPlan).run()).digest, once.digest);
});
