import assert from "node:assert/strict";
import fc from "fast-check";

/**
 * Checks a promise on hostile rows of six features: the output never falls when the first feature rises, and never
 * rises when the second one does, whatever the others are, absent ones among them.
 */
export function assertRisesWithFirstFallsWithSecond(output: (row: Float32Array) => number): void {
  const finite = fc.oneof(
    fc.float({ min: -4, max: 4, noNaN: true }),
    fc.constantFrom(-3.4028234663852886e38, 3.4028234663852886e38),
  );
  const any = fc.oneof(finite, fc.constant(Number.NaN));
  fc.assert(
    fc.property(fc.array(any, { minLength: 6, maxLength: 6 }), finite, finite, (values, one, other) => {
      const at = (feature: number, set: number): number =>
        output(Float32Array.from(values).fill(set, feature, feature + 1));
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      assert.ok(at(0, high) >= at(0, low) - 1e-6, `falls from ${at(0, low)} to ${at(0, high)}`);
      assert.ok(at(1, high) <= at(1, low) + 1e-6, `rises from ${at(1, low)} to ${at(1, high)}`);
    }),
    { seed: 5, numRuns: 1_000 },
  );
}
