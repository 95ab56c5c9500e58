import assert from "node:assert/strict";
import { test } from "node:test";
import { greyColour, ironColour, isothermColour, type Rgb } from "./palette.ts";

/** Relative luminance as WCAG 2 defines it. */
function luminance([red, green, blue]: Rgb): number {
  const [r, g, b] = [red, green, blue].map((value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

for (const [name, colour] of [
  ["iron", ironColour],
  ["grey", greyColour],
] as const) {
  test(`the ${name} palette grows lighter with every step, so that it reads without colour vision`, () => {
    for (let step = 1; step <= 100; step += 1)
      assert.ok(luminance(colour(step / 100)) > luminance(colour((step - 1) / 100)), `at step ${step}`);
  });
}

test("the isotherm band begins lighter than any grey, so that its border shows without colour vision", () => {
  assert.ok(luminance(isothermColour(0)) > luminance(greyColour(1)));
});

test("fractions outside the scale take its end colours, and so does no number", () => {
  assert.deepEqual(ironColour(-3), ironColour(0));
  assert.deepEqual(ironColour(7), ironColour(1));
  assert.deepEqual(ironColour(Number.NaN), ironColour(0));
});
