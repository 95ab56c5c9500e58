import assert from "node:assert/strict";
import { test } from "node:test";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { Random } from "#core/random.ts";
import { loadLens } from "#kernels/web-assembly-lens.ts";
import { lensWeights } from "#simulation/scene/lens-blur.ts";
import { LensView } from "#simulation/scene/lens-view.ts";

const makeLens = loadLens();

/** Draws some rectangles, many at the borders. */
function drawInto(picture: Float32Array, random: Random, count: number): Float32Array {
  for (let k = 0; k < count; k += 1) {
    const left = random.integer(leptonWidth + 10) - 10;
    const top = random.integer(leptonHeight + 10) - 10;
    const [width, height] = [random.integer(12), random.integer(12)] as const;
    for (let y = Math.max(0, top); y < Math.min(leptonHeight, top + height); y += 1)
      for (let x = Math.max(0, left); x < Math.min(leptonWidth, left + width); x += 1)
        picture[y * leptonWidth + x] = 10 ** random.between(1, 4);
  }
  return picture;
}

test("the kernel's lens shows what the definition's does, to the last bit, whatever is drawn and kept", () => {
  const random = new Random(9);
  for (const blurPixels of [0.45, 0.6, 0.84]) {
    const weights = lensWeights(blurPixels);
    const lenses = [new LensView(weights), makeLens(weights)] as const;
    for (let scene = 0; scene < 3; scene += 1) {
      const still = Float32Array.from({ length: leptonWidth * leptonHeight }, () => random.between(40, 60));
      for (const lens of lenses) lens.keepStill(still);
      for (const count of [0, 1, 0, 4, 30, 2, 0]) {
        const sharp = drawInto(still.slice(), random, count);
        const [expected, found] = lenses.map((lens) => lens.look(sharp).slice());
        assert.deepEqual(found, expected);
      }
    }
  }
});
