import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { EvidenceStage, entriesOf, sampleConfig } from "#support/evidence-stage.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { ClipRecorder } from "./clip-recorder.ts";

test("a clip holds the last minute and what came after it was asked for, and the answer names file and hash", async (context) => {
  const folder = join(await temporaryFolder(context), "clips");
  const stage = new EvidenceStage();
  const { clock, ring } = stage;
  const recorder = new ClipRecorder({ folder, deviceId: "kitchen", clock, ring, config: () => sampleConfig });
  await recorder.start();
  await stage.pass(70, async () => {});
  const askedMicros = clock.nowMicros();
  const clip = recorder.take(5);
  assert.match((await recorder.take(5)).text, /being recorded already/);
  await stage.pass(30, () => recorder.settled());
  const { ok, text } = await clip;
  assert.ok(ok, text);
  const [file] = (await readdir(folder)).filter((name) => name.endsWith(".mcap"));
  const entries = (await entriesOf(join(folder, file!))).filter(({ kind }) => kind === "thermal");
  const seconds = entries.map(({ atMicros }) => (atMicros - askedMicros) / 1e6);
  assert.ok(Math.min(...seconds) > -61 && Math.min(...seconds) < -50, `${Math.min(...seconds)}`);
  assert.ok(Math.max(...seconds) >= 4.9, `${Math.max(...seconds)}`);
  const manifest = JSON.parse(await readFile(join(folder, `${file}.json`), "utf8")) as { sha256: string };
  assert.ok(text.includes(file!) && text.includes(manifest.sha256), text);
});

test("a device that stops completes its clip", async (context) => {
  const folder = join(await temporaryFolder(context), "clips");
  const stage = new EvidenceStage();
  const { clock, ring } = stage;
  const recorder = new ClipRecorder({ folder, deviceId: "kitchen", clock, ring, config: () => sampleConfig });
  await recorder.start();
  await stage.pass(5, async () => {});
  const clip = recorder.take(60);
  await stage.pass(2, () => recorder.settled());
  // No time passes: whoever stops may end at once.
  await recorder.stop();
  assert.ok((await clip).ok);
  const [file] = (await readdir(folder)).filter((name) => name.endsWith(".mcap"));
  const pictures = (await entriesOf(join(folder, file!))).filter(({ kind }) => kind === "thermal");
  assert.equal(pictures.length, 70, "all that has come is in it");
});
