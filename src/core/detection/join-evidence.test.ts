import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Evidence } from "../alarm/evidence.ts";
import type { Reason, ReasonCode } from "../alarm/reason.ts";
import { joinEvidence } from "./join-evidence.ts";

const reasons = fc.array(
  fc
    .constantFrom<ReasonCode>("severe-heat", "rate-of-rise", "model-flaming", "model-air")
    .map((code): Reason => ({ code, text: code, value: 1, limit: 0.5, unit: "1", location: null })),
  { maxLength: 4 },
);

const evidence: fc.Arbitrary<Evidence> = fc.record({
  atMicros: fc.nat(),
  thermalPresent: fc.boolean(),
  airPresent: fc.boolean(),
  alarm: reasons,
  prealarm: reasons,
  supervisory: reasons,
  gasHazard: reasons,
  severeHeat: fc.boolean(),
  nearness: fc.double({ min: 0, max: 1, noNaN: true }),
});

test("a model adds its reasons behind those of the rules and takes nothing away", () => {
  fc.assert(
    fc.property(evidence, reasons, reasons, (rules, alarm, prealarm) => {
      const joined = joinEvidence(rules, { alarm, prealarm });
      assert.deepEqual(joined.alarm, [...rules.alarm, ...alarm]);
      assert.deepEqual(joined.prealarm, [...rules.prealarm, ...prealarm]);
      assert.ok(joined.nearness >= rules.nearness);
      const { alarm: _, prealarm: __, nearness: ___, ...others } = joined;
      for (const [name, value] of Object.entries(others))
        assert.deepEqual(value, rules[name as keyof Evidence]);
    }),
  );
});
