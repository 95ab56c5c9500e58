import assert from "node:assert/strict";
import { test } from "node:test";
import { regionFeatureNames, wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import type { Explanation } from "./explanation.ts";
import { explanationSentence } from "./explanation-sentence.ts";
import { featureWords, sayFeature } from "./feature-words.ts";

const flames: Explanation = {
  head: "flaming",
  modality: "fused",
  probability: 0.972,
  threshold: 0.6,
  logOdds: 3,
  usualLogOdds: -1,
  contributions: [
    { feature: "r_flicker", value: 0.213, contribution: 2.14 },
    { feature: "r_area_vel", value: 0.3, contribution: 1.2 },
    { feature: "r_overlap", value: 0.31, contribution: -0.62 },
    { feature: "r_peak", value: 161.4, contribution: 0.5 },
    { feature: "gas_vel", value: Number.NaN, contribution: 0.4 },
    { feature: "r_move", value: 1, contribution: -0.3 },
  ],
};

test("a sentence names the three features that speak most for it, and the one that speaks most against it", () => {
  assert.equal(
    explanationSentence(flames),
    "The model says 97 % for flames, mostly because the region's heat flickers by 21.3 % (r_flicker, +2.1), " +
      "the region grows by 0.3 pixel/s (r_area_vel, +1.2) and the region's hottest pixel is 161 °C (r_peak, +0.5). " +
      "Against it speaks most that 31 % of the region has stayed in place for a second (r_overlap, −0.6).",
  );
});

test("an absent value is said to be unknown, and what would round to nothing is not named", () => {
  const contributions = [
    { feature: "gas_vel", value: Number.NaN, contribution: 0.4 },
    { feature: "gas_val", value: 812, contribution: 0.04 },
    { feature: "t_max", value: 30, contribution: -0.04 },
  ];
  assert.equal(
    explanationSentence({ ...flames, head: "slow-heat", probability: 0.4, contributions }),
    "The model says 40 % for smouldering or overheating, mostly because how CO2 rises is not known (gas_vel, +0.4).",
  );
});

test("where nothing speaks for it, that is said", () => {
  const contributions = [{ feature: "gas_vel", value: -2, contribution: -0.7 }];
  assert.equal(
    explanationSentence({ ...flames, modality: "air-only", probability: 0.02, contributions }),
    "The model says 2 % for a hidden fire, and no feature speaks for it more than usual. " +
      "Against it speaks most that CO2 falls by 2 ppm/s (gas_vel, −0.7).",
  );
});

test("every feature of both schemas has words of its own, and its value and unit are in them", () => {
  const names = [...wholePictureFeatureNames, ...regionFeatureNames];
  assert.deepEqual(Object.keys(featureWords).sort(), [...names].sort());
  const said = names.map((name) => sayFeature(name, 12));
  assert.equal(new Set(said).size, names.length);
  names.forEach((name, k) => {
    assert.match(said[k]!, /12/, name);
    const { unit } = featureWords[name];
    assert.ok(unit === "1" || said[k]!.includes(unit), `${name}: ${unit}`);
    assert.match(sayFeature(name, Number.NaN), /is not known$/);
  });
});
