import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { generateDataset } from "#learning/dataset/generate-dataset.ts";
import type { Manifest } from "#model-package/manifest.ts";
import { unpackModel } from "#model-package/unpack-model.ts";
import { quietOutput } from "#support/quiet-output.ts";
import { syntheticRows } from "#support/synthetic-rows.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { tinyPackage } from "#support/tiny-package.ts";
import { tinyScenarios } from "#support/tiny-scenarios.ts";
import { type ChosenEpisodes, chooseEpisodes } from "./choose-episodes.ts";

const { manifest } = await unpackModel(await tinyPackage("r_peak"), "tiny");

function learntFrom(data: Partial<Manifest["data"]>, name = "tiny"): Manifest {
  return { ...manifest, name, data: { ...manifest.data, ...data } };
}

function choose(
  values: Readonly<Record<string, string>>,
  manifests: readonly Manifest[],
): Promise<ChosenEpisodes> {
  return chooseEpisodes({ values, switches: new Set(), positionals: [], output: quietOutput() }, manifests);
}

const small = { suite: "full", fires: "2", nuisances: "2" };

test("a suite is a hold-out only when every package kept its families from training", async () => {
  const same = learntFrom({ lineage: { fold: 0, seed: 1 } });
  const clean = await choose({ ...small, named: "0" }, [same, same]);
  assert.deepEqual([clean.isHoldOut, clean.warnings], [true, []]);
  assert.doesNotMatch(clean.what, /TF5/);
  const other = learntFrom({ lineage: { fold: 1, seed: 1 } }, "other");
  const foldless = learntFrom({ lineage: { origin: "table" } }, "foldless");
  for (const [beside, sentence] of [
    [other, /^other was trained on another division/],
    [foldless, /^The package foldless does not say/],
  ] as const) {
    const { isHoldOut, warnings } = await choose({ ...small, named: "0" }, [same, beside]);
    assert.equal(isHoldOut, false);
    assert.match(warnings.join(), sentence);
  }
  const ofSeed = learntFrom({ lineage: { fold: 0, seed: 2026 } }, "ofseed");
  await assert.rejects(choose({ ...small, named: "0" }, [same, ofSeed]), /The model ofseed was trained/);
});

test("named test fires are as many as asked for", async () => {
  const chosen = await choose({ ...small, named: "1" }, [manifest]);
  assert.equal(chosen.recipes.filter(({ scenario }) => /^tf[235]-/.test(scenario)).length, 4);
  assert.match(chosen.what, /beside them 1 each of TF5/);
});

test("a split that a package has learnt from is no hold-out, of this data set or another of its division", async (context) => {
  const data = join(await temporaryFolder(context), "set");
  const shares = { train: 0.4, validation: 0.3, test: 0.3 };
  const card = await generateDataset(
    {
      folder: data,
      scenarios: tinyScenarios,
      samples: 200,
      seed: 3,
      fold: 0,
      shares,
      csv: null,
      softwareVersion: "0",
    },
    {
      render: async (recipe) => syntheticRows(recipe),
      windowMax: 4,
      isStopped: () => false,
      onProgress: () => {},
    },
  );
  assert.ok(card !== null);
  const own = learntFrom({ hash: card.contentSha256 });
  const sibling = learntFrom({ lineage: { fold: 0, seed: 9, splitShares: JSON.stringify(shares) } });
  const elsewhere = learntFrom({ lineage: { fold: 2, splitShares: JSON.stringify(shares) } });
  const isHoldOut = async (split: string, one: Manifest) => (await choose({ data, split }, [one])).isHoldOut;
  assert.deepEqual(
    [await isHoldOut("test", own), await isHoldOut("train", own), await isHoldOut("validation", own)],
    [true, false, false],
  );
  assert.deepEqual([await isHoldOut("test", sibling), await isHoldOut("train", sibling)], [true, false]);
  assert.equal(await isHoldOut("test", elsewhere), false);
});
