import assert from "node:assert/strict";
import { test } from "node:test";
import { parquetWriteBuffer } from "hyparquet-writer";
import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { readFeatureParquet } from "./read-feature-parquet.ts";

type Column = Parameters<typeof parquetWriteBuffer>[0]["columnData"][number];

const features: readonly Column[] = wholePictureFeatureNames.map((name, k) => ({
  name,
  data: [k, k + 0.5, null],
  type: "DOUBLE",
  nullable: true,
}));
const labels: Column = { name: "label", data: ["none", "fire", "0"], type: "STRING" };
const groups: Column = { name: "group", data: ["a", "b", "a"], type: "STRING" };

function read(columns: readonly Column[]): ReturnType<typeof readFeatureParquet> {
  const bytes = new Uint8Array(parquetWriteBuffer({ columnData: [...columns] }));
  return readFeatureParquet({ path: "t.parquet", bytes });
}

test("reads features, labels and groups by name; null is absent", async () => {
  const [a, b] = await read([groups, labels, ...features]);
  assert.deepEqual([a!.name, b!.name], ["a", "b"]);
  assert.deepEqual(
    a!.rows.map(({ label }) => label),
    [0, 0],
  );
  assert.equal(b!.rows[0]!.label, 1);
  assert.deepEqual(
    [...b!.rows[0]!.source.vector!],
    wholePictureFeatureNames.map((_, k) => k + 0.5),
  );
  assert.ok(a!.rows[1]!.source.vector!.every(Number.isNaN));
});

test("says in one sentence what cannot be read", async () => {
  const text: Column = { name: "t_mean", data: ["20", "warm", "x"], type: "STRING" };
  await assert.rejects(read([labels, ...features.slice(1)]), /lacks the columns t_mean\.$/);
  await assert.rejects(
    read([labels, text, ...features.slice(1)]),
    /row 1: t_mean is "20", which is no number\.$/,
  );
  const holed: Column = { name: "label", data: ["none", null, "0"], type: "STRING", nullable: true };
  await assert.rejects(read([holed, ...features]), /row 2: "null" is no label/);
  const nan: Column = { name: "label", data: [0, Number.NaN, 1], type: "DOUBLE" };
  await assert.rejects(read([nan, ...features]), /row 2: "NaN" is no label/);
  await assert.rejects(readFeatureParquet({ path: "t.parquet", bytes: Buffer.from("PAR1 and no more") }), {
    code: "training-data",
  });
});
