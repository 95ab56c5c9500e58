import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { McapRecordingWriter } from "#recording/mcap-writer.ts";
import { openRecording } from "#recording/open-recording.ts";
import type { RecordingEntry } from "#recording/recording-entry.ts";
import { type CommandRun, runCommand } from "#support/command-run.ts";
import { needsRealRecordings, realRecording } from "#support/real-recordings.ts";

let folder = "";
let fire = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "emberwatch-cli-"));
  fire = join(folder, "fire.mcap");
  const run = await runCommand("simulate", "workshop-fire", "--seed", "5", "--seconds", "40", "--out", fire);
  assert.equal(run.exitCode, 0, run.notes);
});
after(() => rm(folder, { recursive: true }));

/** Bad input: exit code 2, nothing on standard output, one sentence that names what is wrong. */
async function refused(args: readonly string[], ...words: readonly RegExp[]): Promise<void> {
  const run = await runCommand(...args);
  assert.equal(run.exitCode, 2, `${args.join(" ")}: ${run.results}${run.notes}`);
  assert.equal(run.results, "");
  assert.equal(run.notes.trimEnd().split("\n").length, 1, run.notes);
  for (const word of words) assert.match(run.notes, word);
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

function jsonLines(text: string): readonly Record<string, unknown>[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test("every command explains itself with an example that begins with emberwatch", async () => {
  const overview = await runCommand("--help");
  assert.equal(overview.exitCode, 0);
  for (const name of ["up", "replay", "features", "export", "simulate"]) {
    assert.match(overview.results, new RegExp(`^ {2}${name} `, "m"));
    const help = await runCommand(name, "--help");
    assert.equal(help.exitCode, 0);
    assert.match(help.results, new RegExp(`Examples?:\\n {2}emberwatch ${name}`));
  }
});

let firstReplay: Promise<CommandRun> | null = null;
/** The first replay of the fire, which several tests look at. */
function replayOfFire(): Promise<CommandRun> {
  firstReplay ??= runCommand("replay", fire, "--json");
  return firstReplay;
}

test("a rendered fire alarms within 15 s of ignition, with reasons, and the summary comes last", async () => {
  const run = await replayOfFire();
  assert.equal(run.exitCode, 0, run.notes);
  const lines = jsonLines(run.results);
  const alarm = lines.find((line) => line["type"] === "event" && line["level"] === "alarm");
  assert.ok(alarm !== undefined, run.results);
  // The scenario lights the basket after 20 s.
  assert.ok(Number(alarm["at"]) > 20 && Number(alarm["at"]) <= 35, `alarm at ${alarm["at"]} s`);
  assert.ok(Array.isArray(alarm["reasons"]) && alarm["reasons"].length > 0);
  const summary = lines.at(-1);
  assert.equal(summary?.["type"], "summary");
  assert.equal(summary?.["radiometric"], true);
  assert.equal(summary?.["firstAlarmAt"], alarm["at"]);
});

test("two replays of one recording print the same, byte for byte", async () => {
  const first = await replayOfFire();
  const second = await runCommand("replay", fire, "--json");
  assert.equal(second.results, first.results);
});

test("a recording converted to CSV features has one row a second and leaves absent values empty", async () => {
  const run = await runCommand("features", fire, "--format", "csv");
  const [header, firstRow, ...rest] = run.results.trimEnd().split("\n");
  assert.equal(header?.split(",").length, 19);
  assert.equal(firstRow?.split(",").length, 19);
  assert.ok(firstRow?.includes(",,"), "the first second has no lagged values");
  assert.ok(rest.length >= 38 && rest.length <= 40, `${rest.length} rows`);
});

test("exports what was recorded, refuses to overwrite it, and leaves nothing half-written", async () => {
  const table = join(folder, "table.csv");
  assert.equal((await runCommand("export", fire, "--format", "csv", "--out", table)).exitCode, 0);
  const content = await readFile(table, "utf8");
  assert.equal(content.trimEnd().split("\n").length, 1 + 353 + 8);
  await refused(["export", fire, "--format", "csv", "--out", table], /table\.csv/, /exists/);
  assert.equal(await readFile(table, "utf8"), content);
  await refused(["export", fire, "--format", "csv", "--out", join(folder, "none", "t.csv")], /none/);
  assert.ok(!existsSync(`${table}.partial`));
});

test("an unknown command, option or word is refused by name", async () => {
  await refused(["wach"], /"wach"/, /--help/);
  await refused(["replay", fire, "--jsn"], /--jsn/);
  await refused(["replay"], /--help/);
  await refused(["export", fire, "--format", "gif", "--out", "x"], /gif/, /png/);
  await refused(["simulate", "volcano", "--out", "x"], /"volcano"\. emberwatch scenarios lists/);
  await refused(["up", "--fire"], /--demo/);
  await refused(["up", "--port", "http"], /--port/, /65535/);
});

test("files that are empty, cut off, flipped or of no known kind are refused by name", async () => {
  const bytes = await readFile(fire);
  await refused(["replay", await file("empty.mcap", "")], /empty\.mcap/);
  await refused(["replay", await file("wrong.cptv", "CPTX and more")], /wrong\.cptv/);
  await refused(["replay", await file("text.y16.gz", "hello")], /text\.y16\.gz/);
  await refused(["replay", await file("head.mcap", bytes.subarray(0, 40))], /head\.mcap/);
  await refused(["replay", join(folder, "absent.mcap")], /absent\.mcap/);
  await refused(["replay", folder], /emberwatch-cli-/);
});

test("a recording cut off in the middle is read up to there, and says so", async () => {
  const bytes = await readFile(fire);
  const run = await runCommand(
    "replay",
    await file("half.mcap", bytes.subarray(0, bytes.length * 0.7)),
    "--json",
  );
  assert.equal(run.exitCode, 0, run.notes);
  const lines = jsonLines(run.results);
  assert.ok(lines.some((line) => line["type"] === "trouble" && line["code"] === "recording-damaged"));
  assert.ok(Number(lines.at(-1)?.["frames"]) > 50);
});

test("air readings without a CO2 column are refused; bad rows are dropped and become trouble", async () => {
  await refused(
    ["replay", "--air", await file("no-co2.csv", "time,temperature\n1,20\n2,20\n")],
    /no-co2\.csv/,
    /CO2/i,
  );
  const rows = Array.from(
    { length: 40 },
    (_, i) => `${1_700_000_000 + 5 * i},${i % 10 === 3 ? "n/a" : 500 + i}`,
  );
  const run = await runCommand(
    "replay",
    "--air",
    await file("rows.csv", `time,co2\n${rows.join("\n")}\n`),
    "--json",
  );
  assert.equal(run.exitCode, 0, run.notes);
  assert.match(run.results, /rows-rejected/);
  const mostly = rows.map((row, i) => (i % 3 === 0 ? row : "x,y"));
  await refused(["replay", "--air", await file("bad.csv", `time,co2\n${mostly.join("\n")}\n`)], /bad\.csv/);
});

test("a port in use and a data folder that cannot be written are the machine's fault: exit code 1", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  try {
    const taken = await runCommand("up", "--port", String(address.port), "--data", join(folder, "state"));
    assert.equal(taken.exitCode, 1);
    assert.match(taken.notes, new RegExp(String(address.port)));
  } finally {
    server.close();
  }
  const blocked = await runCommand(
    ...["up", "--port", "0", "--mqtt-port", "0", "--enrol-port", "0"],
    ...["--data", join(await file("file", "x"), "state")],
  );
  assert.equal(blocked.exitCode, 1);
  assert.match(blocked.notes, /file/);
});

test("the page is offered on loopback only", async () => {
  await refused(
    ["up", "--host", "0.0.0.0", "--port", "0", "--data", join(folder, "open")],
    /loopback|127\.0\.0\.1/,
  );
});

test(
  "raw counts are never turned into temperatures without a calibration",
  needsRealRecordings(),
  async () => {
    const clip = realRecording("lepton-cptv-apache", "python-cptv_v1.cptv");
    await refused(["features", clip], /raw counts/, /--gain/);
    const run = await runCommand("replay", clip, "--json");
    assert.match(run.results, /camera-not-radiometric/);
    assert.equal(jsonLines(run.results).at(-1)?.["radiometric"], false);
    const calibrated = await runCommand("features", clip, "--gain", "1", "--offset", "26315");
    assert.equal(calibrated.exitCode, 0, calibrated.notes);
  },
);

async function recordingOf(name: string, entries: readonly RecordingEntry[]): Promise<string> {
  const path = join(folder, name);
  const writer = await McapRecordingWriter.create(path);
  for (const entry of entries) await writer.write(entry);
  await writer.close();
  return path;
}

test("pictures too small for the features are refused in one sentence", async () => {
  const frame = { width: 8, height: 8, unit: "centikelvin", telemetry: null } as const;
  const path = await recordingOf(
    "small.mcap",
    [0, 1, 2].map((n) => {
      const capturedAtMicros = 1_700_000_000_000_000 + n * 115_000;
      const pixels = new Uint16Array(64).fill(29_315 + n);
      const whole = { ...frame, capturedAtMicros, frameCounter: n, pixels };
      return { kind: "thermal", atMicros: capturedAtMicros, frame: whole } satisfies RecordingEntry;
    }),
  );
  await refused(["replay", path], /small\.mcap/, /8×8/);
  await refused(["features", path], /small\.mcap/, /8×8/);
});

test("what people did in a recording is done again in its replay", async () => {
  const recorded: RecordingEntry[] = [];
  for await (const entry of (await openRecording(fire)).entries()) {
    recorded.push(entry);
    if (entry.kind !== "tick" || entry.atMicros !== 1_767_225_630_250_000) continue;
    const { atMicros } = entry;
    const event = { sequence: 3, atMicros, type: "reset", by: "Ada", reason: "", incidentId: null } as const;
    recorded.push({ kind: "event", atMicros, event });
  }
  const run = await runCommand("replay", await recordingOf("reset.mcap", recorded), "--json");
  const levels = jsonLines(run.results).filter((line) => line["type"] === "event");
  const reset = levels.findIndex((line) => line["level"] === "reset");
  assert.ok(reset > 0, run.results);
  const again = levels.slice(reset).find((line) => line["level"] === "alarm");
  assert.ok(again !== undefined, "the fire goes on, so the alarm comes back");
  assert.ok(Number(again["at"]) - Number(levels[reset]?.["at"]) <= 20);
  assert.equal(again["incident"], levels.find((line) => line["level"] === "alarm")?.["incident"]);
});

test("a recording that cannot be watched leaves no data folder behind", async () => {
  const data = join(folder, "untouched");
  await refused(
    ["up", "--replay", join(folder, "absent.mcap"), "--port", "0", "--data", data],
    /absent\.mcap/,
  );
  assert.ok(!existsSync(data));
});
