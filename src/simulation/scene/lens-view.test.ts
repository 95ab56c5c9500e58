import assert from "node:assert/strict";
import { test } from "node:test";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { Random } from "#core/random.ts";
import { LensBlur, lensWeights } from "./lens-blur.ts";
import { LensView } from "./lens-view.ts";

const random = new Random(4);
const still = new Float32Array(leptonWidth * leptonHeight).map(() => random.between(40, 60));

/** What stands still with a few rectangles drawn into it, some at the borders. */
function drawn(count: number): Float32Array {
  const picture = still.slice();
  for (let k = 0; k < count; k += 1) {
    const left = random.integer(leptonWidth);
    const top = random.integer(leptonHeight);
    for (let y = top; y < Math.min(leptonHeight, top + 9); y += 1)
      for (let x = left; x < Math.min(leptonWidth, left + 7); x += 1)
        picture[y * leptonWidth + x] = random.between(100, 300);
  }
  return picture;
}

test("a picture of which only what moves is blurred is the picture blurred whole, whatever was drawn before", () => {
  for (const blurPixels of [0.5, 0.84]) {
    const weights = lensWeights(blurPixels);
    const view = new LensView(weights);
    const blur = new LensBlur({ width: leptonWidth, height: leptonHeight, weights });
    view.keepStill(still);
    for (const count of [0, 3, 1, 0, 12, 2]) {
      const sharp = drawn(count);
      const seen = view.look(sharp).slice();
      blur.apply(sharp);
      assert.deepEqual(seen, sharp);
    }
  }
});

test("after what stands still has changed, it is what is seen", () => {
  const view = new LensView(lensWeights(0.6));
  view.keepStill(still);
  view.look(drawn(4));
  const other = still.map((value) => value + 5);
  view.keepStill(other);
  const seen = view.look(other).slice();
  new LensBlur({ width: leptonWidth, height: leptonHeight }).apply(other);
  assert.deepEqual(seen, other);
});
