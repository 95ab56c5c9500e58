import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { access, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { Random } from "#core/random.ts";
import { debianPython } from "#learning/frameworks/framework.ts";
import { frameworkAbsence } from "#learning/frameworks/framework-absence.ts";
import { verifyPackage } from "#model-package/package-signature.ts";
import { unpackModel } from "#model-package/unpack-model.ts";
import { runCommand } from "#support/command-run.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";

const header = `${wholePictureFeatureNames.join(",")},label,group`;

/** Rows of which t_max tells the label, with values that a camera could have measured. */
function tableText(rows: number, labelOf: (hottest: number, row: number) => string): string {
  const random = new Random(3);
  const lines = Array.from({ length: rows }, (_, row) => {
    const hottest = random.between(25, 90);
    const values = wholePictureFeatureNames.map((name) =>
      name === "t_max" ? hottest : name.endsWith("pct") ? 1 : random.uniform(),
    );
    return [...values, labelOf(hottest, row), Math.floor(row / 10)].join(",");
  });
  return `${header}\n${lines.join("\n")}\n`;
}

const byHeat = (hottest: number): string => (hottest > 60 ? "1" : "0");

test("says in one sentence why data cannot be learnt from, exits with 2 and leaves no package", async (context) => {
  const folder = await temporaryFolder(context);
  const bad: readonly (readonly [string, RegExp])[] = [
    [tableText(300, byHeat).replace("t_max", "t_most"), /lacks the columns? t_max/],
    [tableText(300, byHeat).replace(/\n[^,]+,/, "\nwarm,"), /line 2: t_mean is "warm", which is no number/],
    [tableText(300, () => "0"), /has 0 rows of fire/],
    [tableText(300, (_, row) => (row === 7 ? "NaN" : "1")), /line 9: "NaN" is no label/],
    [tableText(10, byHeat), /needs at least 10 of each/],
    [tableText(300, byHeat).replace(/\n[^,]+,/, "\ninf,"), /t_mean holds an infinite value/],
    [`${header}\n`, /has a header and no rows/],
  ];
  for (const [text, sentence] of bad) {
    const path = join(folder, "bad.csv");
    const out = join(folder, "bad.tar.gz");
    await writeFile(path, text);
    const run = await runCommand("train", "--data", path, "--out", out);
    assert.equal(run.exitCode, 2, `${sentence}: ${run.notes}`);
    assert.match(run.notes, sentence);
    assert.equal(run.notes.match(/^emberwatch: /gm)?.length, 1);
    await assert.rejects(access(out));
    await assert.rejects(access(`${out}.partial`));
  }
});

test("trains one head from a table, with the summary as its last line", async (context) => {
  const folder = await temporaryFolder(context);
  const path = join(folder, "table.csv");
  await writeFile(path, tableText(900, byHeat));
  const out = join(folder, "Heat 1.tar.gz");
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const key = join(folder, "key.pem");
  await writeFile(key, privateKey.export({ type: "pkcs8", format: "pem" }));
  const given = ["--data", path, "--out", out, "--key", key] as const;
  const run = await runCommand("train", ...given, "--json", "--workers", "1");
  assert.equal(run.exitCode, 0, run.notes);
  const summary = JSON.parse(run.results.trim().split("\n").at(-1)!) as {
    readonly type: string;
    readonly verdict: string;
    readonly package: string;
    readonly packageHash: string;
    readonly holdout: Readonly<Record<"rocAuc" | "rocAucLow" | "rocAucHigh", number>>;
    readonly members: object;
    readonly baselines: object;
  };
  assert.equal(summary.type, "summary");
  assert.equal(summary.verdict, "ok");
  assert.ok(summary.holdout.rocAucLow > 0.95 && summary.holdout.rocAucHigh <= 1);
  assert.deepEqual(Object.keys(summary.members), ["boosting", "forest", "network"]);
  assert.deepEqual(Object.keys(summary.baselines), ["majority", "logisticRegression", "rules"]);
  const read = await unpackModel(await readFile(summary.package), out);
  assert.equal(read.hash, summary.packageHash);
  assert.equal(read.manifest.name, "heat-1");
  verifyPackage(read, { signers: [publicKey], pinnedHashes: [] });
  assert.match(run.notes, /flaming fused: boosting/);
  const again = await runCommand("train", "--data", path, "--out", out);
  assert.equal(again.exitCode, 2);
  assert.match(again.notes, /exists already/);
});

const absences = await Promise.all(
  (["forest", "boosting", "network"] as const).map((member) => frameworkAbsence(member, debianPython)),
);

test("the reference frameworks train the same members into the same kind of package", {
  skip: absences.find((absence) => absence !== null) ?? false,
}, async (context) => {
  const folder = await temporaryFolder(context);
  const path = join(folder, "table.csv");
  await writeFile(path, tableText(600, byHeat));
  const out = join(folder, "heat.tar.gz");
  const run = await runCommand(
    "train",
    "--data",
    path,
    "--out",
    out,
    "--engine",
    "frameworks",
    "--workers",
    "1",
  );
  assert.equal(run.exitCode, 0, run.notes);
  const { manifest } = await unpackModel(await readFile(out), out);
  assert.equal(manifest.hyperparameters["engine"], "frameworks");
  const kinds = manifest.heads[0]!.members.map(({ kind }) => kind);
  assert.ok(kinds.length > 0 && kinds.every((kind) => kind === "trees" || kind === "network"));
  assert.match(run.notes, /flaming fused: forest/);
});

test("noise ends with exit code 1 and no package; strict refuses what cannot have been measured", async (context) => {
  const folder = await temporaryFolder(context);
  const path = join(folder, "coins.csv");
  const random = new Random(8);
  const text = tableText(600, () => (random.uniform() < 0.5 ? "1" : "0"));
  await writeFile(path, text.replace(/\n[^,]+,/, "\n400,"));
  const out = join(folder, "coins.tar.gz");
  const run = await runCommand("train", "--data", path, "--out", out, "--json", "--workers", "1");
  assert.equal(run.exitCode, 1, run.notes);
  const summary = JSON.parse(run.results) as { readonly verdict: string; readonly package: null };
  assert.deepEqual([summary.verdict, summary.package], ["no signal", null]);
  assert.match(run.notes, /warning: .*1 row cannot have been measured/);
  await assert.rejects(access(out));
  const strict = await runCommand("train", "--data", path, "--out", out, "--strict");
  assert.equal(strict.exitCode, 2);
  assert.match(strict.notes, /1 row cannot have been measured/);
});

test("says how the command is used", async (context) => {
  const folder = await temporaryFolder(context);
  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /--data DIR/],
    [["--data", "x"], /--out FILE/],
    [["--data", join(folder, "none"), "--out", join(folder, "m")], /cannot be read/],
    [["--data", folder, "--out", join(folder, "m")], /holds no finished data set/],
    [["--data", folder, "--out", join(folder, "m"), "--engine", "magic"], /--engine is one of native/],
    [
      ["--data", folder, "--out", join(folder, "m"), "--key", join(folder, "none.pem")],
      /none\.pem cannot be read/,
    ],
    [["table.csv"], /name the data with --data/],
    [
      ["--data", folder, "--out", join(folder, "killed.tar.gz")],
      /killed\.tar\.gz\.partial was left when writing it was interrupted: .*move it away first/,
    ],
  ];
  await writeFile(join(folder, "killed.tar.gz.partial"), "");
  for (const [args, sentence] of refused) {
    const run = await runCommand("train", ...args);
    assert.equal(run.exitCode, 2);
    assert.match(run.notes, sentence);
  }
});
