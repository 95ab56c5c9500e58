import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { ModelScorer } from "#inference/model-scorer.ts";
import { unpackModel } from "#model-package/unpack-model.ts";
import { type RegionFields, secondOf } from "#support/feature-seconds.ts";
import { syntheticRows } from "#support/synthetic-rows.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { tinyScenarios } from "#support/tiny-scenarios.ts";
import { labelNames, numberColumnNames, regionColumn } from "../dataset/dataset-columns.ts";
import type { EpisodeRecipe, EpisodeRows } from "../dataset/episode-rows.ts";
import { generateDataset } from "../dataset/generate-dataset.ts";
import type { DatasetTable } from "../dataset/open-dataset.ts";
import { holdFamiliesOut } from "../honesty/family-hold-out.ts";
import { holdOutPage } from "../honesty/hold-out-page.ts";
import { judgeHonestly } from "../honesty/honesty-gate.ts";
import { openTrainingData } from "./open-training-data.ts";
import { packHeads } from "./pack-heads.ts";
import { type TrainingWish, trainHeads } from "./train-heads.ts";
import { splitOf } from "./training-data.ts";
import { nativeEngine } from "./training-engine.ts";

const wish: TrainingWish = {
  seed: 1,
  sceneLevels: "left-out",
  engine: nativeEngine,
  workers: 1,
  kernels: null,
  signal: null,
  onProgress: () => {},
};

/** A warm region in every second, and a hot one that flickers beside it while something burns. */
function rowsWithRegions(recipe: EpisodeRecipe): EpisodeRows {
  const made = syntheticRows(recipe);
  const set = (row: number, name: string, value: number): void => {
    made.numbersByRow[row * numberColumnNames.length + numberColumnNames.indexOf(name)] = value;
  };
  for (let row = 0; row < made.rows; row += 1) {
    const burns = labelNames[made.labels[row]!] === "flaming";
    const regions = [
      {
        r_area: 40,
        r_peak: 30 + (row % 5),
        r_flicker: 0.01,
        track: 1,
        hot_place: 0,
        fire_px: burns ? 50 : Number.NaN,
      },
      { r_area: 20, r_peak: 90 + (row % 7), r_flicker: 0.2, track: 2, hot_place: 0, fire_px: 0 },
    ];
    for (const [k, region] of regions.slice(0, burns ? 2 : 1).entries())
      for (const [name, value] of Object.entries(region)) set(row, regionColumn(k, name), value);
  }
  return made;
}

async function madeDataset(folder: string): Promise<string> {
  const path = join(folder, "set");
  await generateDataset(
    {
      folder: path,
      scenarios: tinyScenarios,
      samples: 600,
      seed: 3,
      fold: 0,
      shares: { train: 0.4, validation: 0.3, test: 0.3 },
      csv: null,
      softwareVersion: "0.0.0",
    },
    {
      render: async (recipe) => rowsWithRegions(recipe),
      windowMax: 4,
      isStopped: () => false,
      onProgress: () => {},
    },
  );
  return path;
}

test("a data set gives heads for each set of sensors that judge regions; heads without rows are named", async (context) => {
  const path = await madeDataset(await temporaryFolder(context));
  const data = await openTrainingData(path, { schema: null, impossible: "warn" });
  assert.equal(data.schema, "region");
  const trained = await trainHeads(data, wish);
  assert.deepEqual(
    trained.heads.map(({ head }) => `${head.name} ${head.modality}`),
    ["flaming fused", "flaming thermal-only", "flaming air-only"],
  );
  assert.match(
    trained.leftOut.map(({ head, why }) => `${head}: ${why}`).join(),
    /slow-heat fused: .* 0 rows of fire/,
  );
  // Of a burning second the warm region beside the fire is neither yes nor no.
  const { test: rows } = trained.heads[0]!;
  const asked = rows.table.labels.map((label, row) => (label === 1 ? rows.regions[row]! : 1));
  assert.ok(asked.every((region) => region === 1));
  const gate = await judgeHonestly(trained, { data, wish });
  assert.equal(gate.verdict, "ok", gate.reason ?? "");
  assert.deepEqual(gate.leaks.episodesInTwoSplits, []);
  const rules = gate.heads[0]!.baselines.rules;
  assert.ok(rules !== null && rules.value > 0.5);
  const about = { name: "made", data, gate, wish, softwareVersion: "0", signingKey: null };
  const { bytes } = await packHeads(trained.heads, about);
  const scorer = new ModelScorer(await unpackModel(bytes, "made"));
  const highest = (hottest: number, region: RegionFields): number => {
    const known: Readonly<Record<string, number>> = { t_max: hottest, tproxy_val: 20.5, flow_mag_mean: 0.1 };
    const vector = Float64Array.from(wholePictureFeatureNames, (name) => known[name] ?? 0);
    const [score] = scorer.score({ ...secondOf({ second: 1, regions: [region] }), vector }).regions;
    return score!.flaming;
  };
  const limit = scorer.thresholds("thermal-only").flaming;
  assert.ok(highest(71, { r_area: 20, r_peak: 93, r_flicker: 0.2 }) >= limit);
  assert.ok(highest(25, { r_area: 40, r_peak: 32, r_flicker: 0.01 }) < limit);
});

test("the same data trains with the schema of whole pictures", async (context) => {
  const path = await madeDataset(await temporaryFolder(context));
  const data = await openTrainingData(path, { schema: "whole-picture", impossible: "warn" });
  const trained = await trainHeads(data, wish);
  const gate = await judgeHonestly(trained, { data, wish });
  assert.equal(gate.verdict, "ok", gate.reason ?? "");
  assert.ok(
    trained.heads[0]!.head.members.every(({ model }) => JSON.stringify(model).includes("r_") === false),
  );
  assert.ok(trained.heads[0]!.test.regions.every((region) => region === -1));
});

test("every family that is no part of the test split is answered for by a model that has not seen it", async (context) => {
  const path = await madeDataset(await temporaryFolder(context));
  const data = await openTrainingData(path, { schema: null, impossible: "warn" });
  const inputs = { head: "flaming", schema: "region", sceneLevels: "left-out" } as const;
  const found = await holdFamiliesOut(data, inputs, wish);
  assert.ok(found !== null && found.lots >= 2);
  assert.ok(found.rocAucByRow > 0.9, `${found.rocAucByRow}`);
  const inTest = new Set(familiesOf(splitOf(data.table, "test")));
  assert.ok(found.families.every(({ family }) => family === "quiet" || !inTest.has(family)));
  assert.ok(
    found.families.some(({ kind, answeredYes, episodes }) => kind === "fire" && answeredYes === episodes),
  );
  const report = {
    format: "emberwatch-hold-out/1",
    data: { path, sha256: data.sha256 },
    seed: 1,
    variants: [found],
  } as const;
  for (const { family } of found.families) assert.ok(holdOutPage(report).includes(family));
  assert.equal(await holdFamiliesOut(data, { ...inputs, head: "slow-heat" }, wish), null);
});

/** The families of the fires and nuisances of a table. */
function familiesOf(table: DatasetTable): readonly string[] {
  const { codes, names } = table.words.get("family")!;
  return Array.from(codes, (code) => names[code]!);
}
