import assert from "node:assert/strict";
import { test } from "node:test";
import { ModelScorer } from "#inference/model-scorer.ts";
import { unpackModel } from "#model-package/unpack-model.ts";
import { secondOf } from "#support/feature-seconds.ts";
import { tinyPackage } from "#support/tiny-package.ts";
import { ContributionTally, explainerOf } from "./contribution-tally.ts";

const air = { co2Ppm: 800, co2DeltaPpm: 100, co2SlopePpmPerSecond: 2 };

function hotSecond(second: number, peaks: readonly number[]) {
  return secondOf({ second, regions: peaks.map((r_peak, k) => ({ r_peak, trackId: k + 1 })), air });
}

test("one in ten positive seconds is explained, six at most, each for the region that looks most like it", async () => {
  const read = await unpackModel(await tinyPackage("r_peak"), "tiny");
  const [scorer, tally] = [new ModelScorer(read), new ContributionTally(explainerOf(read))];
  for (let second = 1; second <= 100; second += 1) {
    const seen = hotSecond(second, [30, 62]);
    tally.take(seen, scorer.score(seen), "flaming");
    tally.take(seen, scorer.score(seen), "none");
    // The tiny model has no such head, and none for the air.
    tally.take(seen, scorer.score(seen), "slow-heat");
    tally.take(seen, scorer.score(seen), "hidden");
    const cold = hotSecond(second, []);
    tally.take(cold, scorer.score(cold), "flaming");
  }
  // From −10 at the ordinary region's 20 °C (60 stands for 0, cut at ±10) to 2 at 62 °C.
  assert.deepEqual(tally.sums, { "flaming fused": { seconds: 6, sums: { r_peak: 72 } } });
});

test("a package that cannot say why is judged all the same", async () => {
  const read = await unpackModel(await tinyPackage("r_peak"), "tiny");
  const [head, ...others] = read.manifest.heads;
  const turned = [{ ...head!, members: [{ ...head!.members[0]!, kind: "trees" as const }] }, ...others];
  const explainer = explainerOf({ ...read, manifest: { ...read.manifest, heads: turned } });
  assert.equal(explainer, null);
  const tally = new ContributionTally(explainer);
  const seen = hotSecond(1, [62]);
  tally.take(seen, new ModelScorer(read).score(seen), "flaming");
  assert.deepEqual(tally.sums, {});
});
