import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeBackground, encodeBackground, savedBackgroundSchema } from "./saved-device.ts";

const snapshot = {
  width: 2,
  height: 2,
  background: Float32Array.of(21.5, -40, 382.25, Number.NaN),
  commissioned: Float32Array.of(20, 20.0625, 0, 1),
};

test("a background is read back to the thousandth, absent pixels as absent", () => {
  const saved = encodeBackground({ device: "kitchen", savedAtMicros: 5, snapshot });
  const read = savedBackgroundSchema.parse(JSON.parse(JSON.stringify(saved)));
  const { background, commissioned, width, height } = decodeBackground(read);
  assert.deepEqual([width, height], [2, 2]);
  assert.deepEqual([...background], [21.5, -40, 382.25, Number.NaN]);
  assert.ok(Math.abs(commissioned[1]! - 20.0625) <= 0.0005);
});

test("a background with another number of pixels than its size is refused", () => {
  const saved = encodeBackground({ device: "kitchen", savedAtMicros: 5, snapshot });
  assert.equal(savedBackgroundSchema.safeParse({ ...saved, width: 3 }).success, false);
  assert.equal(savedBackgroundSchema.safeParse({ ...saved, background: [1] }).success, false);
});
