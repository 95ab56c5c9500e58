import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { runCommand } from "#support/command-run.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { tinyPackage } from "#support/tiny-package.ts";

test("says in one sentence what is wrong with what it is asked", async (context) => {
  const folder = await temporaryFolder(context);
  const model = join(folder, "tiny.tar.gz");
  await writeFile(model, await tinyPackage("r_peak"));
  const noModel = join(folder, "text.tar.gz");
  await writeFile(noModel, "no package");
  const out = join(folder, "report");
  const asked = ["--model", model, "--out", out];
  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /--model FILE/],
    [["--model", model], /--out DIR/],
    [["--model", noModel, "--out", out, "--suite", "full"], /no gzipped tar/],
    [asked, /either --data DIR or --suite full/],
    [[...asked, "--suite", "full", "--data", folder], /either --data DIR or --suite full/],
    [[...asked, "--suite", "half"], /--suite is one of full/],
    [[...asked, "--suite", "full", "--split", "test"], /--split belongs to --data/],
    [[...asked, "--data", folder, "--fires", "3"], /--fires belongs to --suite/],
    [[...asked, "--data", folder, "--named", "3"], /--named belongs to --suite/],
    [[...asked, "--data", folder], /holds no finished data set/],
    // The tiny package says that it learnt from data of seed 1.
    [[...asked, "--suite", "full", "--seed", "1"], /another --seed/],
  ];
  for (const [args, sentence] of refused) {
    const run = await runCommand("evaluate", ...args);
    assert.equal(run.exitCode, 2, run.notes);
    assert.match(run.notes, sentence);
  }
});
