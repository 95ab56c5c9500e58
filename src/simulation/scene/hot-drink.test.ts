import assert from "node:assert/strict";
import { test } from "node:test";
import { Kettle } from "./hot-drink.ts";

test("a kettle takes 150 s to the boil, cools slowly, and starts from where it is", () => {
  const kettle = new Kettle();
  assert.equal(kettle.heatAt(5), 0);
  kettle.switchOn(10);
  assert.equal(kettle.heatAt(85), 0.5);
  assert.equal(kettle.heatAt(160), 1);
  const cooled = kettle.heatAt(1660);
  assert.ok(Math.abs(cooled - Math.exp(-1)) < 1e-9);
  kettle.switchOn(1660);
  assert.ok(Math.abs(kettle.heatAt(1660) - cooled) < 1e-9);
  assert.ok(kettle.heatAt(1750) > 0.95);
});
