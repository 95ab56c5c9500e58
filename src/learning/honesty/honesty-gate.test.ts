import assert from "node:assert/strict";
import { test } from "node:test";
import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { Random } from "#core/random.ts";
import { ModelScorer } from "#inference/model-scorer.ts";
import { unpackModel } from "#model-package/unpack-model.ts";
import { wholePictureRow } from "../dataset/imported-group.ts";
import { headProbabilities } from "../ensemble/member-odds.ts";
import { packHeads } from "../training/pack-heads.ts";
import { tableOfGroups } from "../training/table-of-groups.ts";
import { type TrainedHeads, type TrainingWish, trainHeads } from "../training/train-heads.ts";
import type { TrainingData } from "../training/training-data.ts";
import { nativeEngine } from "../training/training-engine.ts";
import { type GateReport, judgeHonestly } from "./honesty-gate.ts";

const wish: TrainingWish = {
  seed: 1,
  sceneLevels: "left-out",
  engine: nativeEngine,
  workers: 1,
  kernels: null,
  signal: null,
  onProgress: () => {},
};

/** Groups of rows with random features; `labelOf` gives a row's label. */
function madeData(
  size: { readonly groups: number; readonly rows: number; readonly seed: number },
  labelOf: (row: Float64Array, random: Random, group: number) => 0 | 1,
): TrainingData {
  const random = new Random(size.seed);
  const groups = Array.from({ length: size.groups }, (_, group) => {
    const offset = random.normal();
    return {
      origin: "made.csv",
      name: `group ${group}`,
      grouping: "named" as const,
      blindSeconds: 0,
      countedBy: "row" as const,
      rows: Array.from({ length: size.rows }, (_, number) => {
        const vector = Float64Array.from(wholePictureFeatureNames, () => offset / 2 + random.normal());
        return {
          number,
          second: Number.NaN,
          source: wholePictureRow(vector),
          label: labelOf(vector, random, group),
        };
      }),
    };
  });
  return {
    name: "made.csv",
    schema: "whole-picture",
    kind: "table",
    sha256: "0".repeat(64),
    lineage: {},
    ...tableOfGroups(groups, "made.csv"),
  };
}

async function trained(
  data: TrainingData,
): Promise<{ readonly heads: TrainedHeads; readonly gate: GateReport }> {
  const heads = await trainHeads(data, wish);
  return { heads, gate: await judgeHonestly(heads, { data, wish }) };
}

test("labels by the flip of a coin have no signal, whether a row's or a whole group's", async () => {
  const byRow = await trained(
    madeData({ groups: 40, rows: 25, seed: 1 }, (_, random) => (random.uniform() < 0.5 ? 1 : 0)),
  );
  assert.equal(byRow.gate.verdict, "no signal");
  // What was learnt by heart does not count.
  assert.ok(byRow.gate.heads[0]!.training.rocAuc > 0.5);
  const coins = Array.from({ length: 40 }, (_, group) => (new Random(group + 7).uniform() < 0.5 ? 1 : 0));
  const byGroup = await trained(
    madeData({ groups: 40, rows: 25, seed: 2 }, (_, _random, group) => coins[group] as 0 | 1),
  );
  assert.equal(byGroup.gate.verdict, "no signal");
  assert.match(byGroup.gate.reason ?? "", /hold-out/);
});

test("a noisy rule is learnt up to its ceiling, and no more is claimed than the noise allows", async () => {
  // One label in ten is turned: of the rule's own two answers each is right in 90 %, so no score has a larger area.
  const ceiling = 0.9;
  const at = wholePictureFeatureNames.indexOf("t_max");
  const { heads, gate } = await trained(
    madeData({ groups: 40, rows: 40, seed: 3 }, (row, random) =>
      row[at]! > 0 === random.uniform() < ceiling ? 1 : 0,
    ),
  );
  assert.equal(gate.verdict, "ok", gate.reason ?? "");
  const { rocAuc } = gate.heads[0]!.holdout;
  assert.ok(
    rocAuc.low <= ceiling && ceiling <= rocAuc.high,
    `${rocAuc.low} to ${rocAuc.high} holds the ceiling`,
  );
  const { head, test: rows } = heads.heads[0]!;
  const said = [...headProbabilities([head], rows.table)[0]!].sort((a, b) => a - b);
  const sure = said.slice(Math.floor(0.75 * said.length));
  const mean = sure.reduce((sum, one) => sum + one, 0) / sure.length;
  assert.ok(mean < ceiling + 0.05, `its surest quarter says ${mean}`);
});

test("one seed gives one package, byte for byte, which proves its golden vectors; another seed gives another", async () => {
  const data = madeData({ groups: 20, rows: 20, seed: 4 }, (row) => (row[2]! > 0 ? 1 : 0));
  const pack = async (seed: number) => {
    const heads = await trainHeads(data, { ...wish, seed });
    const gate = await judgeHonestly(heads, { data, wish });
    const about = {
      name: "made",
      data,
      gate,
      wish: { ...wish, seed },
      softwareVersion: "0",
      signingKey: null,
    };
    return packHeads(heads.heads, about);
  };
  const [one, again, other] = [await pack(1), await pack(1), await pack(2)];
  assert.ok(one.bytes.equals(again.bytes));
  assert.notEqual(one.hash, other.hash);
  const scorer = new ModelScorer(await unpackModel(one.bytes, "made.tar.gz"));
  assert.equal(scorer.packageHash, one.hash);
});

test("a hold-out of a few episodes is not taken for proof", async () => {
  const { gate } = await trained(madeData({ groups: 12, rows: 40, seed: 5 }, (row) => (row[2]! > 0 ? 1 : 0)));
  assert.equal(gate.verdict, "no signal");
  assert.match(gate.reason ?? "", /fewer than 8/);
});

test("hold-out rows that training has seen are left out of the figures", async () => {
  const data = madeData({ groups: 50, rows: 20, seed: 6 }, (row) => (row[2]! > 0 ? 1 : 0));
  const { table } = data;
  const from = table.splits.indexOf(0);
  const to = table.splits.indexOf(2);
  for (const column of table.numbers.values()) column[to] = column[from]!;
  const { gate } = await trained(data);
  assert.equal(gate.leaks.duplicatesAcrossSplits, 1);
  // Nobody knows in which rooms the rows of a table were measured: that is no leak.
  assert.deepEqual(gate.leaks.roomsInTwoSplits, []);
  assert.equal(gate.leakedRows, 1);
  assert.equal(gate.heads[0]!.holdout.rows, [...table.splits].filter((split) => split === 2).length - 1);
});
