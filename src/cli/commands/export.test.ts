import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { runCommand } from "#support/command-run.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";

test("an existing file is kept, the refusal names --overwrite, and that replaces it", async (t) => {
  const folder = await temporaryFolder(t);
  const [air, out] = [join(folder, "air.csv"), join(folder, "out.csv")];
  await writeFile(air, "time,co2_ppm\n2026-01-01T00:00:00Z,420\n2026-01-01T00:00:05Z,430\n");
  await writeFile(out, "mine");
  const words = ["export", "--air", air, "--format", "recording", "--out", out];
  const refused = await runCommand(...words);
  assert.equal(refused.exitCode, 2);
  assert.match(refused.notes, /out\.csv exists already: .* or replace it with --overwrite\.$/m);
  assert.equal(await readFile(out, "utf8"), "mine");
  const replaced = await runCommand(...words, "--overwrite");
  assert.equal(replaced.exitCode, 0, replaced.notes);
  assert.notEqual(await readFile(out, "utf8"), "mine");
});

test("what an interrupted export left is kept too, and the refusal says what can be done with it", async (t) => {
  const folder = await temporaryFolder(t);
  const [air, out] = [join(folder, "air.csv"), join(folder, "out.mcap")];
  await writeFile(air, "time,co2_ppm\n2026-01-01T00:00:00Z,420\n2026-01-01T00:00:05Z,430\n");
  await writeFile(`${out}.partial`, "mine");
  const refused = await runCommand("export", "--air", air, "--format", "recording", "--out", out);
  assert.equal(refused.exitCode, 2);
  assert.match(refused.notes, /out\.mcap\.partial was left when .* can still be read.* with --overwrite\.$/m);
});
