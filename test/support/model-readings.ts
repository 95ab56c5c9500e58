import fc from "fast-check";
import type { ModelReading } from "#core/detection/model-reading.ts";
import type { ModelScores } from "#core/detection/second-scorer.ts";

/** Objects as JSON gives them back. */
export const plainObjects = { noNullPrototype: true } as const;
const probability = fc.oneof(fc.constant(Number.NaN), fc.double({ min: 0.001, max: 1, noNaN: true }));
const scores: fc.Arbitrary<ModelScores> = fc.record(
  {
    sensors: fc.constantFrom("fused", "thermal-only", "air-only"),
    regions: fc.array(
      fc.record(
        {
          trackId: fc.option(fc.nat(), { nil: null }),
          flaming: probability,
          slowHeat: probability,
          location: fc.option(fc.record({ x: fc.nat(159), y: fc.nat(119) }, plainObjects), { nil: null }),
        },
        plainObjects,
      ),
      { maxLength: 4 },
    ),
    airBurning: probability,
  },
  plainObjects,
);
const judged: fc.Arbitrary<ModelReading> = fc.record(
  {
    packageHash: fc.constant("a".repeat(64)),
    outcome: fc.constantFrom("judged", "not-judged"),
    probability,
    scores,
  },
  plainObjects,
);
const failed: ModelReading = {
  packageHash: "a".repeat(64),
  outcome: "failed",
  probability: Number.NaN,
  scores: null,
};
const modelReading: fc.Arbitrary<ModelReading> = fc.oneof(judged, fc.constant(failed));

/** Scores of a second, with a model and without. */
export const scoreFields: fc.Arbitrary<{ readonly nearness: number; readonly model?: ModelReading }> =
  fc.record({ nearness: probability, model: modelReading }, { requiredKeys: ["nearness"], ...plainObjects });
