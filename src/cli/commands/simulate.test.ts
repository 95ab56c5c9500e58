import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openRecording } from "#recording/open-recording.ts";
import type { Recording } from "#recording/recording.ts";
import type { RecordingEntry } from "#recording/recording-entry.ts";
import { runCommand } from "#support/command-run.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { replayRecordings } from "../replay-recordings.ts";

async function entriesOf(recording: Recording): Promise<readonly RecordingEntry[]> {
  const entries: RecordingEntry[] = [];
  for await (const entry of recording.entries()) entries.push(entry);
  return entries;
}

async function summaryOf(recording: Recording) {
  const sink = { onEvent: () => {}, onSecond: () => {}, onProgress: () => {} };
  return replayRecordings(
    { recordings: [recording], loopSeconds: null, badPixels: "find", scorer: null },
    sink,
  );
}

test("a simulated recording says what made it and what was true, and a replay takes no notice", async (t) => {
  const out = join(await temporaryFolder(t), "quiet.mcap");
  const gain = ["--gain", "automatic"];
  const run = await runCommand(
    "simulate",
    "quiet-room",
    ...["--seed", "6", "--seconds", "12", "--out", out, ...gain],
  );
  assert.equal(run.exitCode, 0, run.notes);
  const recording = await openRecording(out);
  const entries = await entriesOf(recording);
  const first = entries[0]!;
  assert.ok(first.kind === "origin");
  const { scenario, seed, kind, details } = first.origin;
  assert.equal((details as { gainMode?: string }).gainMode, "automatic");
  assert.deepEqual({ scenario, seed, kind }, { scenario: "quiet-room", seed: 6, kind: "simulated" });
  const truths = entries.filter((entry) => entry.kind === "truth");
  assert.deepEqual(
    truths.map(({ truth }) => [truth.seconds, truth.label]),
    Array.from({ length: 12 }, (_, i) => [i + 1, "none"]),
  );
  const bare: Recording = {
    ...recording,
    async *entries() {
      yield* entries.filter(({ kind: what }) => what !== "origin" && what !== "truth");
    },
  };
  assert.deepEqual(await summaryOf(recording), await summaryOf(bare));
});

test("what does not go together is refused by name", async (t) => {
  const out = join(await temporaryFolder(t), "x.mcap");
  const refusals: readonly (readonly [string, RegExp])[] = [
    ["volcano", /There is no scenario "volcano"\. emberwatch scenarios lists all/],
    ["workshop-fir", /no scenario "workshop-fir"\. Did you mean workshop-fire or workshop-fire-put-out\? /],
    ["quiet-room volcano", /"volcano" is one word too many/],
    ["", /Name one scenario, .*emberwatch scenarios lists them/],
    ["quiet-room --room cellar", /quiet-room takes place in .*office.*, not in "cellar"/],
    ["quiet-room --renderer oil", /plume, billow/],
    ["quiet-room --gain low", /high, automatic/],
    ["workshop-fire --room office", /workshop-fire takes place in workshop, not in "office"/],
    ["quiet-room --scenario quiet-room", /--scenario is for composite/],
    ["composite clip.y16", /composite CLIP --scenario NAME/],
  ];
  for (const [line, reason] of refusals) {
    const run = await runCommand("simulate", ...line.split(" ").filter((word) => word !== ""), "--out", out);
    assert.equal(run.exitCode, 2, line);
    assert.match(run.notes, reason);
  }
});

test("the scenarios are listed, shown and told as JSON", async () => {
  const list = await runCommand("scenarios");
  assert.match(list.results, /^name +kind +shows +hot +title\n/);
  assert.match(list.results, /\nquiet-room +quiet +none +no +[A-Z]/);
  const json = await runCommand("scenarios", "--json");
  const rows = json.results
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { name: string });
  assert.ok(rows.some(({ name }) => name === "quiet-room"));
  const shown = await runCommand("scenarios", "show", "quiet-room");
  assert.match(shown.results, /source +Our own/);
  const unknown = await runCommand("scenarios", "show", "volcano");
  assert.equal(unknown.exitCode, 2);
  assert.match(unknown.notes, /no scenario "volcano"\. emberwatch scenarios lists all of them/);
  const near = await runCommand("scenarios", "strip", "quiet-rom", "--out", "nowhere");
  assert.match(near.notes, /no scenario "quiet-rom"\. Did you mean quiet-room\?/);
});

test("a recording that exists is not overwritten, and no option is offered that simulate does not have", async (t) => {
  const out = join(await temporaryFolder(t), "x.mcap");
  await writeFile(out, "mine");
  const run = await runCommand("simulate", "quiet-room", "--seconds", "1", "--out", out);
  assert.equal(run.exitCode, 2);
  assert.match(run.notes, /exists already/);
  assert.doesNotMatch(run.notes, /--overwrite/);
  assert.equal(await readFile(out, "utf8"), "mine");
});
