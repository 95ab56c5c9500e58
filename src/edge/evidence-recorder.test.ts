import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { Random } from "#core/random.ts";
import { evidenceManifestSchema } from "#recording/evidence-manifest.ts";
import { EvidenceStage, entriesOf, sampleConfig } from "#support/evidence-stage.ts";
import { refusingDisk } from "#support/refusing-disk.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { EvidenceRecorder, type EvidenceRecorderOptions } from "./evidence-recorder.ts";
import { defaultEvidencePolicy, type EvidencePolicy } from "./recording-policies.ts";

/** A recorder that comes after the one of a bench, as that of a new process does. */
function successor(
  { stage, folder }: Pick<Bench, "stage" | "folder">,
  options: Partial<EvidenceRecorderOptions> = {},
): EvidenceRecorder {
  return new EvidenceRecorder({
    folder,
    deviceId: "kitchen",
    clock: stage.clock,
    ring: stage.ring,
    policy: quick,
    config: () => sampleConfig,
    openIncident: () => null,
    onProblem: (problem) => assert.equal(problem, null),
    ...options,
  });
}

interface Bench {
  readonly stage: EvidenceStage;
  readonly folder: string;
  readonly recorder: EvidenceRecorder;
  readonly problems: (string | null)[];
  open: string | null;
  pass(seconds: number): Promise<void>;
}

/** Short times, so that tests are quick. */
const quick: EvidencePolicy = { ...defaultEvidencePolicy, beforeSeconds: 3, afterSeconds: 4, syncSeconds: 1 };

async function bench(t: TestContext, changes: Partial<EvidencePolicy> = {}): Promise<Bench> {
  const stage = new EvidenceStage();
  const folder = join(await temporaryFolder(t), "evidence");
  const problems: (string | null)[] = [];
  const made: Bench = {
    stage,
    folder,
    problems,
    open: null,
    recorder: new EvidenceRecorder({
      folder,
      deviceId: "kitchen",
      clock: stage.clock,
      ring: stage.ring,
      policy: { ...quick, ...changes },
      config: () => sampleConfig,
      openIncident: () => made.open,
      onProblem: (problem) => problems.push(problem),
    }),
    pass: (seconds) => stage.pass(seconds, () => made.recorder.settled()),
  };
  await made.recorder.start();
  t.after(() => made.recorder.stop());
  return made;
}

async function manifest(folder: string, name: string) {
  return evidenceManifestSchema.parse(JSON.parse(await readFile(join(folder, `${name}.json`), "utf8")));
}

test("an alarm is recorded from before to after, named by its incident, and hashed", async (t) => {
  const { stage, folder, recorder, pass } = await bench(t);
  await pass(6);
  const alarmMicros = stage.clock.nowMicros();
  recorder.hear(stage.level("alarm", "incident-17-1"));
  await pass(6);
  assert.equal(recorder.recording, false);
  const name = "evidence-incident-17-1.mcap";
  assert.deepEqual((await readdir(folder)).sort(), [name, `${name}.json`]);
  const entries = await entriesOf(join(folder, name));
  assert.equal(entries[0]?.kind, "config");
  assert.equal(entries[0]?.atMicros, entries[1]?.atMicros, "a replay counts its times from the first entry");
  const frames = entries.filter((entry) => entry.kind === "thermal");
  assert.ok(frames[0]!.atMicros <= alarmMicros - 2_900_000 && frames[0]!.atMicros >= alarmMicros - 3_000_000);
  assert.ok(frames.at(-1)!.atMicros >= alarmMicros + 3_800_000);
  assert.deepEqual(
    frames.map((entry) => entry.frame.frameCounter),
    frames.map((_, n) => frames[0]!.frame.frameCounter + n),
  );
  assert.equal(entries.filter((entry) => entry.kind === "event").length, 1);
  const said = await manifest(folder, name);
  const bytes = await readFile(join(folder, name));
  assert.equal(said.sha256, createHash("sha256").update(bytes).digest("hex"));
  assert.deepEqual(
    [said.incidents, said.frames, said.droppedFrames, said.ending, said.bytes],
    [["incident-17-1"], frames.length, 0, "closed", bytes.length],
  );
});

test("a new alarm meanwhile makes the recording longer, and both incidents are named", async (t) => {
  const { stage, folder, recorder, pass } = await bench(t);
  recorder.hear(stage.level("prealarm", "incident-1"));
  await pass(3);
  recorder.hear(stage.level("normal", "incident-1"));
  recorder.hear(stage.level("alarm", "incident-2"));
  await pass(3);
  assert.equal(recorder.recording, true);
  await pass(3);
  assert.equal(recorder.recording, false);
  const said = await manifest(folder, "evidence-incident-1.mcap");
  assert.deepEqual(said.incidents, ["incident-1", "incident-2"]);
});

test("what a power cut leaves is readable wherever it was cut", async (t) => {
  const { stage, folder, recorder, pass } = await bench(t);
  await pass(2);
  recorder.hear(stage.level("alarm", "incident-1"));
  await pass(8);
  const whole = await readFile(join(folder, "evidence-incident-1.mcap"));
  const path = join(folder, "cut.mcap");
  const all = JSON.stringify(await entriesOf(join(folder, "evidence-incident-1.mcap")));
  const ends = chunkEnds(whole);
  assert.ok(ends.length >= 4);
  const random = new Random(6);
  const cuts = [
    ...ends,
    ...Array.from({ length: 40 }, () => ends[0]! + random.integer(whole.length - ends[0]!)),
  ];
  for (const cut of cuts) {
    await writeFile(path, whole.subarray(0, cut));
    const entries = (await entriesOf(path)).filter(({ kind }) => kind !== "damage");
    assert.ok(entries.length > 0, `cut at ${cut}`);
    const text = JSON.stringify(entries);
    assert.ok(all.startsWith(text.slice(0, -1)), `cut at ${cut}: what is read is what was written`);
    // Nothing of a whole chunk is lost: as much is read as where the newest of them ends.
    const before = Math.max(...ends.filter((end) => end <= cut));
    await writeFile(path, whole.subarray(0, before));
    const least = (await entriesOf(path)).filter(({ kind }) => kind !== "damage").length;
    assert.ok(entries.length >= least, `cut at ${cut}`);
  }
});

/** Where the chunks of an MCAP file end: opcode 6, eight bytes of length, content. */
function chunkEnds(bytes: Buffer): number[] {
  const ends: number[] = [];
  for (let at = 8; at + 9 <= bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(at + 1));
    if (bytes[at] === 6) ends.push(at + 9 + length);
    if (bytes[at] === 2) break;
    at += 9 + length;
  }
  return ends;
}

test("a running recording is on disk after a moment, and is completed at the next start", async (t) => {
  const { stage, folder, recorder, pass } = await bench(t);
  await pass(4);
  recorder.hear(stage.level("alarm", "incident-1"));
  await pass(2);
  const partial = await readFile(join(folder, "evidence-incident-1.mcap.partial"));
  await recorder.stop();
  await rm(folder, { recursive: true });
  await mkdir(folder);
  await writeFile(join(folder, "evidence-incident-1.mcap.partial"), partial);
  const next = successor({ stage, folder }, { openIncident: () => "incident-1" });
  await next.start();
  const name = "evidence-incident-1.mcap";
  assert.equal((await manifest(folder, name)).ending, "torn");
  const frames = (await entriesOf(join(folder, name))).filter(({ kind }) => kind === "thermal");
  assert.ok(frames.length >= 30, "what was before the alarm survives");
  next.hear(stage.level("alarm", "incident-1"));
  await stage.pass(6, () => next.settled());
  await next.stop();
  assert.ok((await readdir(folder)).includes("evidence-incident-1-2.mcap"));
});

test("the oldest evidence goes at the limit, that of an incident nobody has reset never", async (t) => {
  const made = await bench(t, { filesMax: 2, afterSeconds: 1 });
  const { stage, folder, recorder, pass, problems } = made;
  made.open = "incident-1";
  for (const n of [1, 2, 3, 4]) {
    recorder.hear(stage.level("alarm", `incident-${n}`));
    await pass(3);
  }
  const names = (await readdir(folder)).filter((name) => name.endsWith(".mcap")).sort();
  assert.deepEqual(names, ["evidence-incident-1.mcap", "evidence-incident-4.mcap"]);
  assert.deepEqual(problems, []);
});

test("after a restart the manifests tell whose evidence is kept", async (t) => {
  const made = await bench(t, { afterSeconds: 1 });
  const { stage, folder, recorder, pass } = made;
  recorder.hear(stage.level("prealarm", "incident-1"));
  recorder.hear(stage.level("alarm", "incident-2"));
  await pass(3);
  recorder.hear(stage.level("alarm", "incident-3"));
  await pass(3);
  await recorder.stop();
  const next = successor(made, { policy: { ...quick, filesMax: 1 }, openIncident: () => "incident-2" });
  await next.start();
  await next.stop();
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith(".mcap")),
    ["evidence-incident-1.mcap"],
  );
});

test("a disk that refuses is told once, and the recording goes on where it can", async (t) => {
  const { stage, folder, recorder, pass, problems } = await bench(t, { afterSeconds: 15 });
  await rm(folder, { recursive: true });
  recorder.hear(stage.level("alarm", "incident-1"));
  await pass(2);
  assert.equal(problems.length, 1);
  await mkdir(folder);
  await pass(16);
  assert.equal(problems.at(-1), null);
  assert.equal((await manifest(folder, "evidence-incident-1.mcap")).droppedFrames, 0);
});

/** Numbers of the pictures in a recording. */
async function pictures(path: string): Promise<number[]> {
  const entries = await entriesOf(path);
  return entries.flatMap((entry) => (entry.kind === "thermal" ? [entry.frame.frameCounter] : []));
}

test("pictures that a disk refuses in the middle of a file stand in the next one, and each is there once", async (t) => {
  const { stage, folder, recorder, pass, problems } = await bench(t, { afterSeconds: 40 });
  const disk = await refusingDisk(t, folder);
  await pass(5);
  recorder.hear(stage.level("alarm", "incident-1"));
  await pass(4.5);
  disk.is = "full";
  await pass(5);
  assert.equal(problems.length, 1);
  disk.is = "well";
  await pass(40);
  assert.equal(problems.at(-1), null);
  const torn = await manifest(folder, "evidence-incident-1.mcap");
  const first = await pictures(join(folder, "evidence-incident-1.mcap"));
  assert.deepEqual(
    [torn.ending, torn.incidents, torn.frames, torn.droppedFrames],
    ["torn", ["incident-1"], first.length, 0],
  );
  const second = await pictures(join(folder, "evidence-incident-1-2.mcap"));
  assert.deepEqual(
    [...first, ...second],
    Array.from({ length: first.length + second.length }, (_, n) => first[0]! + n),
  );
  assert.equal((await manifest(folder, "evidence-incident-1-2.mcap")).droppedFrames, 0);
});

test("what has left the memory while a disk refuses is counted in the next file", async (t) => {
  const { stage, folder, recorder, pass } = await bench(t, { afterSeconds: 120 });
  const disk = await refusingDisk(t, folder);
  await pass(5);
  recorder.hear(stage.level("alarm", "incident-1"));
  await pass(4.5);
  disk.is = "full";
  await pass(75);
  disk.is = "well";
  await pass(50);
  const first = await pictures(join(folder, "evidence-incident-1.mcap"));
  const second = await pictures(join(folder, "evidence-incident-1-2.mcap"));
  const gap = second[0]! - first.at(-1)! - 1;
  assert.ok(gap > 100, `${gap} pictures were in memory no more`);
  assert.equal((await manifest(folder, "evidence-incident-1-2.mcap")).droppedFrames, gap);
});

test("a disk that works again is told although nothing is recorded any more", async (t) => {
  const { stage, folder, recorder, pass, problems } = await bench(t, { afterSeconds: 2 });
  const disk = await refusingDisk(t, folder);
  await pass(5);
  disk.is = "full";
  recorder.hear(stage.level("alarm", "incident-1"));
  await pass(90);
  assert.equal(recorder.recording, false);
  assert.equal(problems.length, 1);
  disk.is = "well";
  await pass(15);
  assert.equal(problems.at(-1), null);
});

test("a manifest that the disk refused is written once it works", async (t) => {
  const { stage, folder, recorder, pass } = await bench(t, { afterSeconds: 5 });
  await pass(5);
  recorder.hear(stage.level("alarm", "incident-1"));
  await pass(4);
  const name = "evidence-incident-1.mcap";
  await mkdir(join(folder, `${name}.json`));
  await pass(5);
  assert.ok((await readdir(folder)).includes(name));
  await rm(join(folder, `${name}.json`), { recursive: true });
  await pass(11);
  const { ending, frames } = await manifest(folder, name);
  assert.deepEqual([ending, frames], ["closed", (await pictures(join(folder, name))).length]);
});

test("what a recorder was recording when its process was killed goes on in another file, and both say whose it is", async (t) => {
  const made = await bench(t);
  const { stage, folder, pass } = made;
  const left = successor(made, { standing: { incidents: ["incident-1"], seconds: 60 } });
  await left.start();
  await stage.pass(3, () => left.settled());
  // It is left as it is: a killed process closes nothing.
  const files = await readdir(folder);
  assert.deepEqual(files, ["evidence-incident-1.mcap.partial"]);
  const next = successor(made, { standing: { incidents: ["incident-1", "incident-2"], seconds: 5 } });
  await next.start();
  await stage.pass(7, () => next.settled());
  assert.equal(next.recording, false);
  await next.stop();
  const torn = await manifest(folder, "evidence-incident-1.mcap");
  assert.deepEqual([torn.ending, torn.incidents, torn.frames], ["torn", ["incident-1"], null]);
  const said = await manifest(folder, "evidence-incident-1-2.mcap");
  assert.deepEqual([said.ending, said.incidents], ["closed", ["incident-1", "incident-2"]]);
  await pass(1);
});

test("a file whose process was ended before its manifest gets one at the next start", async (t) => {
  const made = await bench(t, { afterSeconds: 1 });
  const { stage, folder, recorder, pass } = made;
  recorder.hear(stage.level("alarm", "incident-1"));
  await pass(3);
  await rm(join(folder, "evidence-incident-1.mcap.json"));
  const next = successor(made);
  await next.start();
  await next.stop();
  const said = await manifest(folder, "evidence-incident-1.mcap");
  const bytes = await readFile(join(folder, "evidence-incident-1.mcap"));
  assert.deepEqual([said.ending, said.frames], ["torn", null]);
  assert.equal(said.sha256, createHash("sha256").update(bytes).digest("hex"));
});

test("what the recorder before had told of the disk is over when the disk is tried, and stands while it refuses", async (t) => {
  const made = await bench(t);
  const { stage, folder } = made;
  const disk = await refusingDisk(t, folder);
  disk.is = "full";
  const told: (string | null)[] = [];
  const next = successor(made, { problem: "The disk was full.", onProblem: (problem) => told.push(problem) });
  await next.start();
  await stage.pass(15, () => next.settled());
  assert.deepEqual(told, []);
  disk.is = "well";
  await stage.pass(15, () => next.settled());
  assert.deepEqual(told, [null]);
  await next.stop();
  assert.deepEqual(await readdir(folder), []);
});
