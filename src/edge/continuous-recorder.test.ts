import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { EvidenceStage, entriesOf, sampleConfig } from "#support/evidence-stage.ts";
import { refusingDisk } from "#support/refusing-disk.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { ContinuousRecorder } from "./continuous-recorder.ts";
import { type ContinuousPolicy, defaultContinuousPolicy } from "./recording-policies.ts";

async function record(
  folder: string,
  options: { readonly seconds: number; readonly policy: Partial<ContinuousPolicy> },
): Promise<EvidenceStage> {
  const stage = new EvidenceStage();
  const recorder = new ContinuousRecorder({
    folder,
    clock: stage.clock,
    ring: stage.ring,
    policy: { ...defaultContinuousPolicy, ...options.policy },
    config: () => sampleConfig,
    onProblem: (problem) => assert.equal(problem, null),
  });
  await recorder.start();
  await stage.pass(options.seconds, () => recorder.settled());
  await recorder.stop();
  return stage;
}

test("a picture each ten seconds and all else is recorded", async (t) => {
  const folder = join(await temporaryFolder(t), "continuous");
  await record(folder, { seconds: 35, policy: {} });
  const names = await readdir(folder);
  assert.equal(names.length, 1);
  const entries = await entriesOf(join(folder, names[0]!));
  const counters = entries.flatMap((entry) => (entry.kind === "thermal" ? [entry.frame.frameCounter] : []));
  assert.deepEqual(counters, [1, 101, 201, 301]);
  assert.ok(entries.filter(({ kind }) => kind === "tick").length >= 34);
});

test("at the limit the oldest file goes", async (t) => {
  const folder = join(await temporaryFolder(t), "continuous");
  const policy = { framePeriodSeconds: 0, syncSeconds: 1, fileBytesMax: 8_000, bytesMax: 60_000 };
  await record(folder, { seconds: 40, policy });
  const names = (await readdir(folder)).sort();
  assert.ok(names.length >= 2);
  const first = (await entriesOf(join(folder, names[0]!))).filter((entry) => entry.kind === "thermal")[0];
  assert.ok(first?.kind === "thermal" && first.frame.frameCounter > 1, "the oldest pictures are gone");
  const last = (await entriesOf(join(folder, names.at(-1)!))).filter((entry) => entry.kind === "tick");
  assert.ok(last.length > 0);
});

test("what a disk refuses in the middle of a file stands in the next one", async (t) => {
  const folder = join(await temporaryFolder(t), "continuous");
  const stage = new EvidenceStage();
  const problems: (string | null)[] = [];
  const recorder = new ContinuousRecorder({
    folder,
    clock: stage.clock,
    ring: stage.ring,
    policy: { ...defaultContinuousPolicy, syncSeconds: 10 },
    config: () => sampleConfig,
    onProblem: (problem) => problems.push(problem),
  });
  await recorder.start();
  const disk = await refusingDisk(t, folder);
  const pass = (seconds: number): Promise<void> => stage.pass(seconds, () => recorder.settled());
  await pass(25);
  disk.is = "full";
  await pass(20);
  assert.equal(problems.length, 1);
  disk.is = "well";
  await pass(70);
  assert.equal(problems.at(-1), null);
  await recorder.stop();
  const ticks: number[] = [];
  for (const name of (await readdir(folder)).sort())
    for (const entry of await entriesOf(join(folder, name)))
      if (entry.kind === "tick") ticks.push(entry.atMicros);
  assert.deepEqual(
    ticks,
    Array.from({ length: 115 }, (_, n) => ticks[0]! + n * 1e6),
  );
});
