import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { runCommand } from "#support/command-run.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";

const shortest = "camera-bumped";

test("a strip is not drawn over another one unless asked, and one is one, however often it is named", async (t) => {
  const folder = await temporaryFolder(t);
  const strip = join(folder, `${shortest}.png`);
  await writeFile(strip, "mine");
  const refused = await runCommand("scenarios", "strip", shortest, "--seed", "1", "--out", folder);
  assert.equal(refused.exitCode, 2);
  assert.match(refused.notes, /camera-bumped\.png exists already.*--overwrite/);
  assert.equal(await readFile(strip, "utf8"), "mine");
  const drawn = await runCommand(
    ...["scenarios", "strip", shortest, shortest, "--seed", "1", "--out", folder, "--overwrite"],
  );
  assert.equal(drawn.exitCode, 0, drawn.notes);
  assert.equal(drawn.results.trim(), `${folder}: 1 film strip and contact-sheet.png`);
  assert.notEqual(await readFile(strip, "utf8"), "mine");
  const sheet = await runCommand("scenarios", "strip", "ffc-still", "--seed", "1", "--out", folder);
  assert.match(sheet.notes, /contact-sheet\.png exists already/);
});
