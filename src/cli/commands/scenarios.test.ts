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

test("a hot process says where and when its heat belongs, and another scenario that none does", async () => {
  const stove = await runCommand("scenarios", "show", "gas-stove", "--seed", "3");
  assert.equal(stove.exitCode, 0, stove.notes);
  assert.match(stove.results, /hot places {3}with seed 3 \(.+, begun at \d\d:\d\d\)/);
  assert.match(
    stove.results,
    / {2}.+: x \S+ to \S+, y \S+ to \S+, z \S+ to \S+ m; from \d\d:\d\d to \d\d:\d\d; up to \d+ °C and \d+ px/,
  );
  const other = await runCommand("scenarios", "show", "gas-stove", "--seed", "4");
  assert.notEqual(other.results, stove.results);
  const json = await runCommand("scenarios", "show", "gas-stove", "--json");
  const { hotPlacesOfSeed } = JSON.parse(json.results) as {
    hotPlacesOfSeed: { seed: number; places: { hoursOfDay: number[] }[] };
  };
  assert.equal(hotPlacesOfSeed.seed, 1);
  assert.equal(hotPlacesOfSeed.places[0]?.hoursOfDay.length, 2);
  const quiet = await runCommand("scenarios", "show", "quiet-room");
  assert.match(quiet.results, /hot places {3}none/);
});
