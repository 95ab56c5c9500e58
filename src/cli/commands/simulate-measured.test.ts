import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
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

test("a measured fire is recorded with what is measured and what is modelled, cold before ignition and burning after", async (t) => {
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
  const more = ["--ignition", "30", "--distance", "4", "--seed", "3", "--seconds", "66", "--out", out];
  const run = await runCommand("simulate", "measured", ...columns, ...more);
  assert.equal(run.exitCode, 0, run.notes);
  assert.match(run.results, /measured: heat release, "HRR \(kW\)" of .* in kW: /);
  assert.match(run.results, /modelled: the fire's size until \d+ s after ignition/);
  assert.match(run.results, /modelled: temperature and humidity of the air, by a two-zone room/);
  assert.doesNotMatch(run.results, /not used/);
  const entries = await entriesOf(out);
  const [first] = entries;
  assert.ok(first?.kind === "origin" && first.origin.kind === "measured");
  const details = first.origin.details as { measured: string[]; modelled: string[]; claimed: string };
  assert.equal(details.measured.length, 2);
  assert.match(details.claimed, /never when the camera would have seen the fire/);
  const hottest = hottestBySecond(entries);
  assert.ok(hottest.filter(({ second }) => second < 59).every(({ celsius }) => celsius < 60));
  assert.ok(hottest.filter(({ second }) => second > 64).every(({ celsius }) => celsius > 150));
  assert.equal(entries.filter(({ kind }) => kind === "air").length, 13);
});

/** Hottest pixel of each picture, in °C, with the whole second since the recording began. */
function hottestBySecond(
  entries: readonly RecordingEntry[],
): readonly { readonly second: number; readonly celsius: number }[] {
  const begun = entries[0]!.atMicros;
  return entries.flatMap((entry) => {
    if (entry.kind !== "thermal") return [];
    const counts = entry.frame.pixels.reduce((most, pixel) => Math.max(most, pixel), 0);
    return [{ second: Math.floor((entry.atMicros - begun) / 1e6), celsius: counts / 100 - 273.15 }];
  });
}

test("without heat release the recording holds readings alone", async (t) => {
  const folder = await temporaryFolder(t);
  const csv = join(folder, "burn.csv");
  const out = join(folder, "burn.mcap");
  await writeFile(csv, experimentCsv());
  const run = await runCommand(
    ...["simulate", "measured", "--co2", `${csv}:CO2 1.2 m:vol%`, "rise", "--ignition", "30", "--out", out],
    ...["--ceiling", `${csv}:Ceiling`, "--ceiling-height", "2.4", "--distance", "4", "--seconds", "200"],
  );
  assert.equal(run.exitCode, 0, run.notes);
  assert.match(run.results, /modelled: temperature and humidity of the air \(always 21 °C and 45 %/);
  assert.match(run.results, /modelled: CO2 as last measured from 120 s of the recording on/);
  for (const option of ["ceiling", "ceiling-height", "distance"])
    assert.match(run.results, new RegExp(`not used: --${option}[ :]`));
  const kinds = new Set((await entriesOf(out)).map(({ kind }) => kind));
  assert.deepEqual([...kinds].sort(), ["air", "origin", "tick"]);
});

test("a ceiling that the heat release does not lag is said not to be used", async (t) => {
  const folder = await temporaryFolder(t);
  const csv = join(folder, "burn.csv");
  await writeFile(csv, experimentCsv().replaceAll(/,75,/g, ",16,"));
  const run = await runCommand(
    ...["simulate", "measured", "--hrr", `${csv}:HRR:kW`, "--ceiling", `${csv}:Ceiling`, "--ignition", "30"],
    ...["--ceiling-radius", "1", "--distance", "4", "--seconds", "61", "--out", join(folder, "burn.mcap")],
  );
  assert.equal(run.exitCode, 0, run.notes);
  assert.match(run.results, /not used: --ceiling "Ceiling" of .*: the heat release does not lag it/);
  assert.match(run.results, /not used: --ceiling-radius: /);
});

test("a column in the wrong unit is refused, and nothing is written", async (t) => {
  const folder = await temporaryFolder(t);
  const csv = join(folder, "burn.csv");
  await writeFile(csv, experimentCsv());
  const run = await runCommand(
    ...["simulate", "measured", "--co2", `${csv}:CO2 1.2 m:ppm`, "rise", "--ignition", "30"],
    ...["--out", join(folder, "burn.mcap")],
  );
  assert.equal(run.exitCode, 2);
  assert.match(run.notes, /"CO2 1\.2 m" of .*burn\.csv goes from 0 to 1 ppm.* as vol% rise it would fit/);
  assert.deepEqual(await readdir(folder), ["burn.csv"]);
});

test("a unit that the column's own header contradicts is refused, and nothing is written", async (t) => {
  const folder = await temporaryFolder(t);
  const csv = join(folder, "burn.csv");
  await writeFile(csv, experimentCsv().replace("Ceiling 25 mm,CO2 1.2 m", "Ceiling (K),CO2 1.2 m [ppm]"));
  const given: readonly (readonly [readonly string[], RegExp])[] = [
    [["--hrr", `${csv}:HRR:W`], /"HRR \(kW\)" of .* in W, and the header says kW: give FILE:COLUMN:kW/],
    [["--hrr", `${csv}:HRR`, "--ceiling", `${csv}:Ceiling`], /in °C, and the header says K: .*273\.15/],
    [["--co2", `${csv}:CO2:vol%`, "rise"], /in vol%, and the header says ppm: give FILE:COLUMN:ppm rise/],
  ];
  for (const [words, pattern] of given) {
    const run = await runCommand(
      ...["simulate", "measured", ...words, "--ignition", "30", "--distance", "3"],
      ...["--seconds", "61", "--out", join(folder, "burn.mcap")],
    );
    assert.equal(run.exitCode, 2, run.results);
    assert.match(run.notes, pattern);
  }
  assert.deepEqual(await readdir(folder), ["burn.csv"]);
});

test("what is missing or does not fit is refused in one sentence", async (t) => {
  const csv = join(await temporaryFolder(t), "burn.csv");
  await writeFile(csv, experimentCsv());
  const out = ["--out", `${csv}.mcap`];
  const refusals: readonly (readonly [readonly string[], RegExp])[] = [
    [["measured", "--ignition", "0", ...out], /--hrr FILE:COLUMN, --co2/],
    [["measured", "--hrr", `${csv}:HRR`, "--ignition", "0", ...out], /needs --distance METRES/],
    [["measured", "--hrr", `${csv}:HRR`, "--distance", "3", ...out], /needs --ignition SECONDS/],
    [
      ["measured", "--hrr", `${csv}:HRR`, "--ignition", "0", "--distance", "3", "--seconds", "60", ...out],
      /--seconds needs more than 60: the fire is lit 60 s after the recording begins/,
    ],
    [["measured", "--hrr", `${csv}:Heat`, "--ignition", "0", ...out], /has no column "Heat"/],
    [["measured", "--co2", `${csv}:CO2:ppm`, "twice", "--ignition", "0", ...out], /"twice"/],
    [["measured", "foo", "--hrr", `${csv}:HRR`, "--ignition", "0", "--distance", "3", ...out], /"foo"/],
    [
      ["measured", "--hrr", `${csv}:HRR`, "--ignition", "10000", "--distance", "3", ...out],
      /--ignition 10000 lies outside of column "HRR" of .*burn\.csv, which is measured from 0 to 90 s/,
    ],
    [
      ["measured", "--co2", `${csv}:CO2:vol%`, "--ignition=-61", ...out],
      /--ignition -61 lies outside of column "CO2" of/,
    ],
    [
      ["measured", "--hrr", `${csv}:HRR`, "--ignition", "-61", "--distance", "3", ...out],
      /--ignition -61 lies outside/,
    ],
    [
      ["measured", "--hrr", `${csv}:HRR`, "--ignition", "0", "--distance", "-3", ...out],
      /--distance needs a number from 1 to 40, not "-3"\./,
    ],
    [["measured", "--unlit", "--ignition", "0", ...out], /--unlit does not go with simulate measured/],
    [["quiet-office", "--hrr", `${csv}:HRR`, ...out], /--hrr is for simulate measured/],
  ];
  for (const [words, pattern] of refusals) {
    const run = await runCommand("simulate", ...words);
    assert.equal(run.exitCode, 2, run.results);
    assert.match(run.notes, pattern);
  }
});

test("asked for help, it tells its own options alone, with an example of each", async () => {
  const { results, exitCode } = await runCommand("simulate", "measured", "--help");
  assert.equal(exitCode, 0);
  for (const option of ["hrr", "co2", "ceiling", "ignition", "distance", "out", "seconds"])
    assert.match(results, new RegExp(`\n  --${option} `));
  assert.doesNotMatch(results, /--gain|--renderer|--through-devices/);
  const examples = results.slice(results.indexOf("Examples:"));
  for (const option of ["hrr", "co2", "ceiling"]) assert.match(examples, new RegExp(`--${option} `));
});
