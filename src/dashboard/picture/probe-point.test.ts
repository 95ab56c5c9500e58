import assert from "node:assert/strict";
import { test } from "node:test";
import { movedProbe } from "./probe-point.ts";

const frame = { width: 160, height: 120 };
const move = { step: 1, frame, hottest: { x: 7, y: 9 } };

const table = [
  { name: "the first key puts it in the middle", from: null, key: "ArrowUp", step: 1, to: { x: 80, y: 60 } },
  { name: "left", from: { x: 5, y: 5 }, key: "ArrowLeft", step: 1, to: { x: 4, y: 5 } },
  { name: "ten down", from: { x: 5, y: 5 }, key: "ArrowDown", step: 10, to: { x: 5, y: 15 } },
  {
    name: "never over the border",
    from: { x: 155, y: 5 },
    key: "ArrowRight",
    step: 10,
    to: { x: 159, y: 5 },
  },
  { name: "Home to the hottest", from: { x: 5, y: 5 }, key: "Home", step: 1, to: { x: 7, y: 9 } },
  { name: "other keys move nothing", from: { x: 5, y: 5 }, key: "a", step: 1, to: null },
] as const;

for (const { name, from, key, step, to } of table)
  test(`arrow keys move the probe: ${name}`, () => {
    assert.deepEqual(movedProbe(from, { ...move, key, step }), to);
  });
