import assert from "node:assert/strict";
import { test } from "node:test";
import { type ColourScale, paintPixels, scaleColour } from "./colour-scale.ts";
import { greyColour, ironColour, isothermColour, type Rgb } from "./palette.ts";

const isotherm: ColourScale = {
  palette: "isotherm",
  range: { low: 29_000, high: 31_000 },
  threshold: 33_315,
  bandSpan: 14_000,
};

function painted(values: readonly number[], scale: ColourScale): Rgb[] {
  const out = new Uint32Array(values.length);
  paintPixels(Uint16Array.from(values), { scale, out });
  const bytes = new Uint8Array(out.buffer);
  return values.map((_, index) => {
    assert.equal(bytes[4 * index + 3], 255, "opaque");
    return [bytes[4 * index]!, bytes[4 * index + 1]!, bytes[4 * index + 2]!];
  });
}

test("what is below the threshold is grey, what is at it or above is in the colours of the band", () => {
  const [cold, justBelow, at, hot] = painted([28_000, 33_314, 33_315, 65_535], isotherm);
  assert.deepEqual(cold, greyColour(0));
  assert.deepEqual(justBelow, greyColour(1));
  assert.deepEqual(at, isothermColour(0));
  assert.deepEqual(hot, isothermColour(1));
});

test("counts have no band, because they are no temperatures", () => {
  const [hot] = painted([65_535], { ...isotherm, threshold: null });
  assert.deepEqual(hot, greyColour(1));
});

test("iron takes the whole range and knows no threshold", () => {
  const [low, high] = painted([29_000, 31_000], { ...isotherm, palette: "iron" });
  assert.deepEqual(low, ironColour(0));
  assert.deepEqual(high, ironColour(1));
});

test("the legend and the picture agree on the colour of a value", () => {
  for (const value of [29_000, 29_700, 30_500, 33_315, 40_000, 60_000]) {
    const [fromPicture] = painted([value], isotherm);
    const fromLegend = scaleColour(isotherm, value);
    for (const channel of [0, 1, 2] as const)
      assert.ok(
        Math.abs(fromPicture![channel] - fromLegend[channel]) <= 2,
        `value ${value}, channel ${channel}`,
      );
  }
});
