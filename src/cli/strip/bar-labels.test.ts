import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { barLabels } from "./bar-labels.ts";
import { textWidth } from "./strip-canvas.ts";
import { ThermalScale } from "./thermal-scale.ts";

const length = 1304;
const textZoom = 2;

/** The scale of a picture that is 20 °C nearly everywhere, with one colder and one hotter pixel. */
function scaleBetween(lowCelsius: number, highCelsius: number): ThermalScale {
  const picture = Uint16Array.from([20, 20, 20, lowCelsius, highCelsius], (celsius) =>
    Math.round(100 * celsius + 27_315),
  );
  return new ThermalScale([picture]);
}

test("no temperature under a colour bar overprints another, whatever the range", () => {
  const scales = fc.tuple(
    fc.double({ min: -40, max: 19, noNaN: true }),
    fc.double({ min: 21, max: 380, noNaN: true }),
  );
  fc.assert(
    fc.property(scales, ([low, high]) => {
      const labels = barLabels(scaleBetween(low, high), { length, textZoom });
      for (let i = 1; i < labels.length; i += 1) {
        const before = labels[i - 1]!;
        assert.ok(before.left + textWidth(before.text, textZoom) < labels[i]!.left, JSON.stringify(labels));
      }
      const last = labels.at(-1)!;
      assert.ok(labels[0]!.left >= 0 && last.left + textWidth(last.text, textZoom) <= length);
    }),
    { numRuns: 40 },
  );
});

test("a bar with room for them has round temperatures between its ends", () => {
  const labels = barLabels(scaleBetween(14.2, 181.4), { length, textZoom });
  assert.equal(labels[0]!.text, "14.2");
  assert.equal(labels.at(-1)!.text, "181.4 °C");
  assert.ok(labels.length >= 7, labels.map(({ text }) => text).join(" "));
});
