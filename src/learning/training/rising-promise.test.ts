import assert from "node:assert/strict";
import { test } from "node:test";
import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { Random } from "#core/random.ts";
import { unpackModel } from "#model-package/unpack-model.ts";
import { promisedSweeps, sweepPackage } from "#support/promised-rises.ts";
import { type ImportedGroup, wholePictureRow } from "../dataset/imported-group.ts";
import { packHeads } from "./pack-heads.ts";
import { tableOfGroups } from "./table-of-groups.ts";
import { trainHeads } from "./train-heads.ts";
import type { TrainingData } from "./training-data.ts";
import { nativeEngine } from "./training-engine.ts";

/** Fires that are cold, cool down and take CO2 out of the air; what moves tells of some of them too. */
function contradictingData(): TrainingData {
  const random = new Random(11);
  const rowOf = (burns: boolean): Float64Array =>
    Float64Array.from(wholePictureFeatureNames, (name) => {
      if (name === "t_max") return random.between(20, 60) + (burns ? 0 : 40);
      if (name === "tproxy_vel" || name === "gas_vel") return random.normal() - (burns ? 1.5 : -1.5);
      return name === "flow_mag_mean" && burns ? random.between(0.4, 1.4) : random.uniform();
    });
  const groups = Array.from({ length: 30 }, (_, group): ImportedGroup => {
    const rows = Array.from({ length: 20 }, (__, row) => {
      const label = (group + row) % 2;
      return { number: row, second: Number.NaN, source: wholePictureRow(rowOf(label === 1)), label };
    });
    return { origin: "made", name: `g${group}`, grouping: "named", rows, blindSeconds: 0, countedBy: "row" };
  });
  return {
    ...tableOfGroups(groups, "made"),
    name: "made",
    schema: "whole-picture",
    kind: "table",
    sha256: "0".repeat(64),
    lineage: {},
  };
}

test("hotter, heating faster and CO2 rising faster never mean less risk, even where the labels say so", async () => {
  const data = contradictingData();
  const wish = {
    seed: 1,
    sceneLevels: "left-out",
    engine: nativeEngine,
    workers: 1,
    kernels: null,
    signal: null,
    onProgress: () => {},
  } as const;
  const { heads } = await trainHeads(data, wish);
  const leaks = {
    duplicatesInPair: 0,
    duplicatesElsewhere: 0,
    duplicatesAcrossSplits: 0,
    episodesInTwoSplits: [],
    pairsInTwoSplits: [],
    familiesInTwoSplits: [],
    roomsInTwoSplits: [],
    testRoomsElsewhere: [],
  };
  const empty = { none: {} };
  const balance = { train: empty.none, validation: empty.none, test: empty.none };
  const gate = { verdict: "ok", reason: null, heads: [], leaks, leakedRows: 0, balance } as const;
  const { bytes } = await packHeads(heads, {
    name: "made",
    data,
    gate,
    wish,
    softwareVersion: "0",
    signingKey: null,
  });
  const { falls } = sweepPackage(await unpackModel(bytes, "made"), { rows: 60, random: new Random(3) });
  assert.deepEqual(falls.slice(0, 5), []);
  assert.ok(heads.every(({ head }) => head.members.length > 0));
  assert.deepEqual(Object.keys(promisedSweeps), ["t_max", "tproxy_vel", "gas_vel"]);
});
