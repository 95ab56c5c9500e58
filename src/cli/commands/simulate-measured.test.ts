import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openRecording } from "#recording/open-recording.ts";
import type { RecordingEntry } from "#recording/recording-entry.ts";
import { runCommand } from "#support/command-run.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";

const header = "Time,Elapsed Time,HRR (kW),Ceiling 25 mm,CO2 1.2 m\n";

/** A fire lit at 30 s whose hood lags by 20 s, once a second. */
function experimentCsv(): string {
  let text = header;
  for (let t = 0; t <= 90; t += 1) {
    const kilowatts = t < 50 ? 0 : 60;
    text += `${t},00:${t},${kilowatts},${t < 30 ? 15 : 75},${t < 40 ? 0 : 0.02 * (t - 40)}\n`;
  }
  return text;
}

async function entriesOf(path: string): Promise<readonly RecordingEntry[]> {
  const entries: RecordingEntry[] = [];
  for await (const entry of (await openRecording(path)).entries()) entries.push(entry);
  return entries;
}

test("a measured fire is recorded with what is measured and what is modelled, and can be replayed", async (t) => {
  const folder = await temporaryFolder(t);
  const csv = join(folder, "burn.csv");
  const out = join(folder, "burn.mcap");
  await writeFile(csv, experimentCsv());
  const columns = [
    "--hrr",
    `${csv}:HRR (kW)`,
    "--ceiling",
    `${csv}:Ceiling`,
    "--co2",
    `${csv}:CO2:vol% rise`,
  ];
  const more = ["--ignition", "30", "--distance", "4", "--seed", "3", "--seconds", "70", "--out", out];
  const run = await runCommand("simulate", "measured", ...columns, ...more);
  assert.equal(run.exitCode, 0, run.notes);
  assert.match(run.results, /measured: heat release, "HRR \(kW\)"/);
  assert.match(run.results, /modelled: the fire's size until \d+ s after ignition/);
  const [first] = await entriesOf(out);
  assert.ok(first?.kind === "origin" && first.origin.kind === "measured");
  const details = first.origin.details as { measured: string[]; modelled: string[]; claimed: string };
  assert.equal(details.measured.length, 2);
  assert.match(details.claimed, /never when the camera would have seen the fire/);
  const replay = await runCommand("replay", out, "--json");
  assert.equal(replay.exitCode, 0, replay.notes);
  const summary = JSON.parse(replay.results.trimEnd().split("\n").at(-1) ?? "") as Record<string, number>;
  assert.ok(summary["firstAlarmAt"] === null || summary["firstAlarmAt"]! >= 60);
});

test("without heat release the recording holds readings alone", async (t) => {
  const folder = await temporaryFolder(t);
  const csv = join(folder, "burn.csv");
  const out = join(folder, "burn.mcap");
  await writeFile(csv, experimentCsv());
  const run = await runCommand(
    ...["simulate", "measured", "--co2", `${csv}:CO2 1.2 m:vol%`, "rise", "--ignition", "30", "--out", out],
  );
  assert.equal(run.exitCode, 0, run.notes);
  const kinds = new Set((await entriesOf(out)).map(({ kind }) => kind));
  assert.deepEqual([...kinds].sort(), ["air", "origin", "tick"]);
});

test("what is missing or does not fit is refused in one sentence", async (t) => {
  const csv = join(await temporaryFolder(t), "burn.csv");
  await writeFile(csv, experimentCsv());
  const out = ["--out", `${csv}.mcap`];
  const refusals: readonly (readonly [readonly string[], RegExp])[] = [
    [["measured", "--ignition", "0", ...out], /--hrr FILE:COLUMN, --co2/],
    [["measured", "--hrr", `${csv}:HRR`, "--ignition", "0", ...out], /needs --distance METRES/],
    [["measured", "--hrr", `${csv}:HRR`, "--distance", "3", ...out], /needs --ignition SECONDS/],
    [["measured", "--hrr", `${csv}:Heat`, "--ignition", "0", ...out], /has no column "Heat"/],
    [["measured", "--co2", `${csv}:CO2:ppm`, "twice", "--ignition", "0", ...out], /"twice"/],
    [["quiet-office", "--hrr", `${csv}:HRR`, ...out], /--hrr is for simulate measured/],
  ];
  for (const [words, pattern] of refusals) {
    const run = await runCommand("simulate", ...words);
    assert.equal(run.exitCode, 2, run.results);
    assert.match(run.notes, pattern);
  }
});
