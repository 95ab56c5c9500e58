import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { Failure } from "#core/failure.ts";
import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { labelNames } from "./dataset-columns.ts";
import { importDataset } from "./import-dataset.ts";
import { readDeviceMessages } from "./import-device-messages.ts";
import { readFeatureCsv } from "./import-feature-csv.ts";
import { readSamplesJson } from "./import-samples-json.ts";
import type { ImportedGroup } from "./imported-group.ts";
import { ImpossibleRows, rowOfWholePicture } from "./impossible-rows.ts";
import { IncidentLabels, readIncidents } from "./incident-labels.ts";
import { openDataset } from "./open-dataset.ts";

/** A possible second: mean 20 °C, hottest `t_max`. */
function featuresOf(tMax: number): Record<string, number> {
  const zeros = Object.fromEntries(wholePictureFeatureNames.map((name) => [name, 0]));
  return { ...zeros, t_mean: 20, t_p95: 21, t_max: tMax, tproxy_val: tMax - 1, gas_val: 600 };
}

function csvOf(rows: readonly (readonly [tMax: number, group: string, label: string])[]): string {
  const head = ["label", ...wholePictureFeatureNames.toReversed(), "group"].join(",");
  const lines = rows.map(([tMax, group, label]) => {
    const features = featuresOf(tMax);
    return [label, ...wholePictureFeatureNames.toReversed().map((name) => features[name]), group].join(",");
  });
  return [head, ...lines].join("\n");
}

function groupsOf(text: string): readonly ImportedGroup[] {
  return readFeatureCsv({ path: "rooms.csv", text });
}

const shares = { train: 0.6, validation: 0.2, test: 0.2 };

function wishFor(folder: string, groups: readonly ImportedGroup[]) {
  return {
    folder,
    groups,
    shares,
    fold: 0,
    csv: null,
    impossible: "refuse" as const,
    licence: "CC0",
    softwareVersion: "0.0.0",
  };
}

test("imports a table with columns in any order and keeps its groups whole", async (context) => {
  const folder = join(await temporaryFolder(context), "set");
  const rows = Array.from({ length: 60 }, (_, i) => {
    const group = i % 12;
    return [30 + i, `g${group}`, group < 6 && i > 30 ? "fire" : "0"] as const;
  });
  const card = await importDataset(wishFor(folder, groupsOf(csvOf(rows))));
  assert.equal(card.rows, 60);
  assert.equal(card.episodes, 12);
  assert.deepEqual(card.featureSchemas, ["lepton15-scd3/1"]);
  const table = await (await openDataset(folder)).read({
    splits: ["train", "validation", "test"],
    numbers: ["t_max", "region0_r_area"],
    words: ["family"],
  });
  const family = table.words.get("family")!;
  const splitOfGroup = new Map<string, number>();
  for (let row = 0; row < table.rows; row += 1) {
    const name = family.names[family.codes[row]!]!;
    assert.equal(splitOfGroup.get(name) ?? table.splits[row], table.splits[row]);
    splitOfGroup.set(name, table.splits[row]!);
    const index = table.numbers.get("t_max")![row]! - 30;
    assert.equal(name, rows[index]?.[1]);
    assert.equal(labelNames[table.labels[row]!], rows[index]?.[2] === "fire" ? "flaming" : "none");
    assert.ok(Number.isNaN(table.numbers.get("region0_r_area")![row]));
  }
  for (const split of ["train", "validation", "test"] as const)
    assert.ok((card.rowsBySplit[split]?.["flaming"] ?? 0) > 0, split);
});

test("keeps equal rows together where a table names no groups", () => {
  const text = csvOf([...Array(40)].map((_, i) => [30 + (i % 20), "", "0"] as const)).replaceAll(
    /,[^,\n]*$/gm,
    "",
  );
  const groups = groupsOf(text);
  const groupOf = new Map<number, string>();
  for (const { name, rows } of groups)
    for (const { source } of rows) {
      const tMax = source.vector![2]!;
      assert.equal(groupOf.get(tMax) ?? name, name);
      groupOf.set(tMax, name);
    }
  assert.equal(groupOf.size, 20);
});

test("counts impossible rows, refuses them and leaves nothing behind, or takes them when told to", async (context) => {
  const folder = join(await temporaryFolder(context), "set");
  const groups = groupsOf(
    csvOf([
      [15, "a", "0"],
      [40, "b", "1"],
      [41, "c", "0"],
    ]),
  );
  await assert.rejects(importDataset(wishFor(folder, groups)), (error) => {
    assert.ok(error instanceof Failure && error.side === "input");
    assert.match(
      error.message,
      /1 of 3 rows are impossible: t_mean is above t_max \(1\); t_p95 is above t_max \(1\)\. The first: rooms\.csv, line 2: t_mean/,
    );
    return true;
  });
  await assert.rejects(readdir(folder), /ENOENT/);
  const card = await importDataset({ ...wishFor(folder, groups), impossible: "allow" });
  assert.equal(card.impossibleRows, 1);
});

test("says which line of a table is wrong", () => {
  const good = csvOf([[40, "a", "0"]]);
  assert.throws(() => groupsOf(good.replace(/^0/m, "maybe")), /line 2: "maybe" is no label/);
  assert.throws(() => groupsOf(good.replace("600", "much")), /line 2: gas_val is "much"/);
  assert.throws(() => groupsOf(good.replace("t_std", "t_dev")), /lacks the column t_std: name it/);
  assert.throws(() => groupsOf(good.split("\n")[0]!), /no rows/);
  assert.throws(() => groupsOf(good.replace("600", "0x258")), /line 2: gas_val is "0x258"/);
  assert.throws(() => groupsOf(good.replace("t_std", "t_mean")), /lacks the column t_std/);
  assert.throws(
    () => groupsOf(good.replace("label,", "label,t_max,").replace("\n0,", "\n0,40,")),
    /has the column t_max 2 times: keep the one that is meant/,
  );
  const nameless = csvOf([
    [40, "a", "0"],
    [41, " ", "0"],
  ]);
  assert.throws(() => groupsOf(nameless), /line 3: the group is empty: name it, or leave the whole column/);
});

test("a group that somebody names as nameless ones are called is a named one", () => {
  const named = groupsOf(csvOf([[40, "rows-7", "0"]]));
  assert.deepEqual(
    named.map(({ name, grouping }) => [name, grouping]),
    [["rows-7", "named"]],
  );
  const [byContent] = groupsOf(csvOf([[40, "", "0"]]).replaceAll(/,[^,\n]*$/gm, ""));
  assert.equal(byContent!.grouping, "by content");
});

test("no table, however broken, does more than be refused", () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom("", "NaN", "-inf", "1e999", "0", "fire", '"'));
  fc.assert(
    fc.property(fc.array(fc.array(cell, { maxLength: 24 }), { maxLength: 6 }), (lines) => {
      const text = [csvOf([]), ...lines.map((cells) => cells.join(","))].join("\n");
      try {
        for (const { rows } of groupsOf(text))
          for (const { source } of rows) assert.equal(source.vector?.length, 18);
      } catch (error) {
        assert.ok(error instanceof Failure);
      }
    }),
    { numRuns: 200, seed: 4 },
  );
});

test("every rule of possible rows is broken by a row made for it, and absent values break none", () => {
  const broken: readonly (readonly [Record<string, number>, string])[] = [
    [{ t_max: Number.POSITIVE_INFINITY }, "a value is infinite"],
    [{ t_mean: 60 }, "t_mean is above t_max"],
    [{ tproxy_val: 60 }, "tproxy_val is above t_max"],
    [{ t_hot_largest_blob_pct: 5, t_hot_area_pct: 4 }, "t_hot_largest_blob_pct is above t_hot_area_pct"],
    [{ t_hot_area_pct: 101 }, "t_hot_area_pct is outside of 0 to 100"],
    [{ t_std: -1 }, "t_std is outside"],
    [{ flow_mag_mean: 9 }, "flow_mag_mean is outside of 0 to 8"],
    [{ gas_val: -1 }, "gas_val is outside"],
    [{ t_max: 500, tproxy_val: 400 }, "t_max is outside"],
  ];
  for (const [change, what] of broken) {
    const impossible = new ImpossibleRows();
    const features: Record<string, number> = { ...featuresOf(50), ...change };
    impossible.judge(rowOfWholePicture(wholePictureFeatureNames.map((name) => features[name]!)), () => "it");
    assert.equal(impossible.rows, 1, what);
    assert.ok(
      impossible.byRule.some((rule) => rule.what.startsWith(what)),
      what,
    );
  }
  const absent = new ImpossibleRows();
  absent.judge(rowOfWholePicture([]), () => "it");
  absent.judge(rowOfWholePicture(wholePictureFeatureNames.map((name) => featuresOf(50)[name]!)), () => "it");
  assert.equal(absent.rows, 0);
});

test("reads the older sample format", () => {
  const json = {
    features: wholePictureFeatureNames,
    samples: [
      { id: 1, features: featuresOf(30), label: 0 },
      { id: 2, features: { ...featuresOf(90), gas_vel: null }, label: 1, group: "kitchen" },
    ],
  };
  const groups = readSamplesJson({ path: "old.json", json });
  const kitchen = groups.find(({ name }) => name === "kitchen");
  assert.equal(kitchen?.rows[0]?.label, labelNames.indexOf("flaming"));
  assert.equal(kitchen?.rows[0]?.source.vector?.[2], 90);
  assert.ok(Number.isNaN(kitchen?.rows[0]?.source.vector?.[17]));
  const bad = { samples: [{ features: featuresOf(30), label: "?" }] };
  assert.throws(() => readSamplesJson({ path: "old.json", json: bad }), /sample 0 has the label/);
  assert.throws(
    () => readSamplesJson({ path: "old.json", json: { samples: [{ features: {}, label: 0 }] } }),
    /sample 0 lacks t_mean, t_std, .*null where a value is absent/,
  );
  const { t_max, ...others } = featuresOf(30);
  assert.throws(
    () => readSamplesJson({ path: "old.json", json: { samples: [{ features: others, label: 0 }] } }),
    /sample 0 lacks t_max:/,
  );
});

test("names the sample of the older format whose shape is wrong, and what it has to be", () => {
  const refusal = (json: unknown, pattern: RegExp) =>
    assert.throws(() => readSamplesJson({ path: "old.json", json }), pattern);
  refusal({ samples: [{ features: featuresOf(30) }] }, /sample 0 has no label that is a word or a number/);
  refusal({ samples: [{ label: 1 }] }, /sample 0 has no features that are numbers by name/);
  refusal({ samples: [3] }, /sample 0 is no object with features and a label/);
  refusal({ samples: {} }, /samples is no list/);
});

test("reads the older devices' messages and puts fresh gas readings beside thermal ones", () => {
  const { gas_val, gas_delta, gas_vel, ...thermal } = featuresOf(80);
  const messages = [
    { ...thermal, timestamp: "2026-01-01T00:00:10Z", device_type: "flir_lepton_3_5" },
    { gas_val, gas_delta, gas_vel, timestamp: "2026-01-01T00:00:05Z", device_type: "sensirion_scd41" },
    { ...thermal, timestamp: "2026-01-01T00:00:20Z", device_type: "flir_lepton_3_5" },
    {
      flir: { hall: { ...thermal, timestamp: 1767225640 } },
      scd41: { air: { gas_val: 700, timestamp: 1767225640 } },
    },
  ];
  const groups = readDeviceMessages({ path: "m.json", messages }, ({ second }) => (second >= 10 ? 1 : 0));
  assert.deepEqual(
    groups.map(({ name }) => name),
    ["device", "hall"],
  );
  const gases = groups.flatMap(({ rows }) => rows.map(({ source }) => source.vector![15]));
  assert.deepEqual(gases, [600, Number.NaN, 700], "a reading of 15 s ago is too old");
  assert.deepEqual(
    groups[0]?.rows.map(({ label }) => label),
    [0, 1],
  );
  const read = (message: unknown) => readDeviceMessages({ path: "m.json", messages: [message] }, () => 0);
  assert.throws(() => read({ t_mean: 3 }), /message 1 has no timestamp/);
  assert.throws(() => read({ t_mean: "warm", timestamp: 1 }), /t_mean is no number/);
  assert.throws(() => read("hello"), /neither a thermal nor a gas message/);
});

test("labels seconds by intervals in seconds or dates, from JSON or CSV", () => {
  const json = '[{"recording":"a.mcap","from":10,"to":20,"label":"flaming"}]';
  const labels = new IncidentLabels(readIncidents({ path: "i.json", text: json }));
  const codeAt = labels.of("some/folder/a.mcap");
  assert.ok(codeAt !== null);
  assert.equal(labels.of("b.mcap"), null, "nothing is known of another recording");
  const labelAt = (second: number) => labelNames[codeAt({ second, atMicros: 0 })];
  assert.deepEqual([9, 10, 20, 21].map(labelAt), ["none", "flaming", "flaming", "none"]);
  const csv = "from,to,label\n2026-01-01T00:00:10Z,2026-01-01T00:00:20Z,smouldering\n";
  const dated = readIncidents({ path: "i.csv", text: csv });
  const atMicros = Date.UTC(2026, 0, 1, 0, 0, 15) * 1000;
  assert.equal(labelNames[new IncidentLabels(dated).of("any")!({ second: 0, atMicros })], "slow-heat");
  const read = (text: string) => readIncidents({ path: "i", text });
  assert.throws(() => read('[{"from":5,"to":2,"label":"fire"}]'), /begin before it ends/);
  assert.throws(() => read('[{"from":1,"to":2,"label":"hot"}]'), /"hot" is no label/);
  assert.throws(() => read("from,until\n1,2"), /needs the columns/);
});

test("an interval that labels nothing, or contradicts another, is refused and not overlooked", () => {
  const labelsOf = (text: string) => new IncidentLabels(readIncidents({ path: "i.csv", text }));
  const head = "recording,from,to,label\n";
  const late = labelsOf(`${head}a.mcap,10,20,fire\na.mcap,6000,7000,fire\ntypo.mcap,1,2,fire\n`);
  const labelAt = late.of("a.mcap")!;
  for (let second = 1; second <= 100; second += 1) labelAt({ second, atMicros: 0 });
  assert.throws(
    () => late.refuseUnused(),
    /i\.csv, entry 2 \(6000 s to 7000 s of a\.mcap\); i\.csv, entry 3 \(1 s to 2 s of typo\.mcap\): no second/,
  );
  const twice = labelsOf(`${head}a.mcap,10,20,fire\na.mcap,15,30,none\n`).of("a.mcap")!;
  assert.equal(twice({ second: 14, atMicros: 0 }), labelNames.indexOf("flaming"));
  assert.throws(
    () => twice({ second: 15, atMicros: 0 }),
    /entry 1, and i\.csv, entry 2: they overlap in a\.mcap at second 15 and say flaming and none/,
  );
  const touching = labelsOf(`${head}a.mcap,10,20,fire\na.mcap,20,30,smouldering\n`);
  const labels = [19, 20, 30].map((second) => touching.of("a.mcap")!({ second, atMicros: 0 }));
  assert.deepEqual(
    labels.map((code) => labelNames[code]),
    ["flaming", "slow-heat", "slow-heat"],
  );
  touching.refuseUnused();
});
