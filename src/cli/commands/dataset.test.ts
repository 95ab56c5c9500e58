import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { openDataset } from "#learning/dataset/open-dataset.ts";
import { runCommand } from "#support/command-run.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { progressText } from "../dataset/progress-text.ts";

const workshopFire = fileURLToPath(new URL("../../../recordings/workshop-fire.mcap", import.meta.url));

test("imports a labelled recording and describes it", async (context) => {
  const folder = await temporaryFolder(context);
  const labels = join(folder, "incidents.csv");
  await writeFile(labels, "recording,from,to,label\nworkshop-fire.mcap,20,60,flaming\n");
  const out = join(folder, "set");
  const made = await runCommand(
    "dataset",
    "import",
    workshopFire,
    "--labels",
    labels,
    "--out",
    out,
    "--json",
  );
  assert.equal(made.exitCode, 0, made.notes);
  const summary = JSON.parse(made.results) as { rows: number };
  assert.equal(summary.rows, 40);
  const dataset = await openDataset(out);
  const table = await dataset.read({
    splits: ["train", "validation", "test"],
    numbers: ["second", "region0_r_peak"],
  });
  const burning = [...table.labels].filter((label) => label === 1).length;
  assert.ok(burning >= 18 && burning <= 21, `${burning} seconds of flame`);
  assert.ok(Math.max(...table.numbers.get("region0_r_peak")!.filter((peak) => peak > 0)) > 60);
  const described = await runCommand("dataset", "describe", out);
  assert.equal(described.exitCode, 0, described.notes);
  assert.match(described.results, /cheating not checked \(imported rows/);
  assert.match(await readFile(join(out, "description.html"), "utf8"), /Imported rows have no pictures/);
});

test("fire labels that meet no second of the recordings are refused, not called none", async (context) => {
  const folder = await temporaryFolder(context);
  const labels = join(folder, "incidents.csv");
  const runs = [
    "workshop-fire.mcap,6000,7000,flaming\n",
    "workshop-fire.mcap,20,60,flaming\ntypo.mcap,1,2,flaming\n",
  ];
  for (const [i, text] of runs.entries()) {
    await writeFile(labels, `recording,from,to,label\n${text}`);
    const out = join(folder, "set");
    const run = await runCommand("dataset", "import", workshopFire, "--labels", labels, "--out", out);
    assert.equal(run.exitCode, 2);
    assert.match(run.notes, new RegExp(`entry ${i + 1} .*: no second with a picture lies there`));
  }
});

test("imports a table, and says in one sentence what is wrong with what cannot be imported", async (context) => {
  const folder = await temporaryFolder(context);
  const table = join(folder, "table.csv");
  const values = wholePictureFeatureNames.map((name) => (name === "t_max" ? 40 : 1));
  await writeFile(table, `${wholePictureFeatureNames.join(",")},label\n${values.join(",")},1\n`);
  const featureless = join(folder, "featureless.csv");
  await writeFile(featureless, "a,b\n1,2\n");
  const elsewhere = join(folder, "elsewhere.csv");
  await writeFile(elsewhere, "recording,from,to,label\nother.mcap,1,2,flaming\n");
  const out = join(folder, "set");
  const made = await runCommand("dataset", "import", table, "--out", out, "--csv", "fire");
  assert.equal(made.exitCode, 0, made.notes);
  assert.match(made.results, /1 row without groups, 0 impossible; SHA-256 [0-9a-f]{64}/);
  assert.match(made.notes, /No row is in validation or test/);
  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [["import", table, "--out", out], /holds a data set already/],
    [["import", workshopFire, "--out", join(folder, "x")], /Nobody says what was to be seen/],
    [
      ["import", workshopFire, "--labels", elsewhere, "--out", join(folder, "x")],
      /elsewhere\.csv names no interval of .*workshop-fire\.mcap/,
    ],
    [["import", table, "--out", join(folder, "x"), "--samples", "3"], /--samples does not belong/],
    [["import", featureless, "--out", join(folder, "x")], /lacks the columns t_mean, t_std, .*label/],
    [["import", "--out", join(folder, "x")], /Name the files/],
    [["describe", folder], /holds no finished data set/],
    [["describe", join(folder, "nothere")], /nothere .*data set/],
    [["generate"], /--out DIR/],
    [["generate", "--out", join(folder, "x"), "--split", "50/50"], /three percentages/],
    [["make"], /generate, import, describe/],
  ];
  for (const [args, message] of refused) {
    const run = await runCommand("dataset", ...args);
    assert.equal(run.exitCode, 2, args.join(" "));
    assert.match(run.notes, message);
  }
});

test("tells rate and time left of this run, not of the one before", () => {
  const at = { rows: 3000, resumedRows: 1000, samples: 10_000, elapsedMs: 4000 };
  assert.equal(progressText(at), "[######..............] 3000 of 10000 rows, 500 rows/s, 14 s left");
  assert.equal(
    progressText({ ...at, samples: 103_000 }),
    "[#...................] 3000 of 103000 rows, 500 rows/s, 3 min 20 s left",
  );
  assert.equal(
    progressText({ ...at, resumedRows: 3000 }),
    "[######..............] 3000 of 10000 rows, no rate before the first whole episode",
  );
});
