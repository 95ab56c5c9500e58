import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runCommand } from "#support/command-run.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { tinyPackage } from "#support/tiny-package.ts";

const recordings = fileURLToPath(new URL("../../../recordings/", import.meta.url));
const fire = join(recordings, "workshop-fire.mcap");

test("each second in which the model raised a reason is explained, and the contributions sum to its log-odds", async (context) => {
  const model = join(await temporaryFolder(context), "tiny.tar.gz");
  await writeFile(model, await tinyPackage("r_peak"));
  const run = await runCommand("explain", fire, "--model", model, "--json");
  assert.equal(run.exitCode, 0, run.notes);
  const lines = run.results
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const { withReason, seconds } = lines.pop();
  assert.ok(withReason > 3 && withReason < seconds, `${withReason} of ${seconds}`);
  assert.equal(new Set(lines.map(({ at }) => at)).size, withReason);
  for (const line of lines) {
    assert.equal(line.code, "model-flaming");
    const [only, ...others] = line.contributions;
    assert.deepEqual(others, []);
    assert.equal(only.feature, "r_peak");
    assert.equal(only.unit, "°C");
    // The tiny model's log-odds are r_peak − 60, cut at ±10; its ordinary region has 20 °C.
    assert.equal(line.usualLogOdds, -10);
    assert.ok(Math.abs(line.usualLogOdds + only.contribution - line.logOdds) < 1e-6);
    const expected = Math.min(10, Math.max(-10, only.value - 60));
    assert.ok(Math.abs(line.logOdds - expected) < 1e-4);
    assert.match(line.text, /for flames, mostly because the region's hottest pixel is .* °C \(r_peak, \+/);
  }
});

test("for people each reason stands with its time, a sentence and its contributions", async (context) => {
  const model = join(await temporaryFolder(context), "tiny.tar.gz");
  await writeFile(model, await tinyPackage("r_peak"));
  const run = await runCommand("explain", fire, "--model", model);
  const [first = "", second = "", third = ""] = run.results.split("\n");
  assert.match(first, /^ +\d+\.\d s {2}The region at column \d+, row \d+ looks like flames to the model/);
  assert.match(second, /The model says \d+ % for flames/);
  assert.match(third, /^ +\+\d+\.\d\d {2}r_peak {2}\d+/);
  assert.match(run.results, /\d+ seconds, \d+ of them with a reason of the model\n$/);
});

test("says in one sentence what is wrong with what it is asked", async (context) => {
  const folder = await temporaryFolder(context);
  const noModel = join(folder, "text.tar.gz");
  await writeFile(noModel, "no package");
  const model = join(folder, "tiny.tar.gz");
  await writeFile(model, await tinyPackage("t_max"));
  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [[fire], /--model FILE/],
    [[fire, "--model", noModel], /no gzipped tar/],
    [["--model", model], /Name a recording/],
    [[fire, "--model", model, "--top", "0"], /--top needs a whole number from 1 to 64/],
  ];
  for (const [args, sentence] of refused) {
    const run = await runCommand("explain", ...args);
    assert.equal(run.exitCode, 2, run.notes);
    assert.match(run.notes, sentence);
  }
});
