import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { Failure } from "#core/failure.ts";
import { alarmMessage, troubleMessage } from "#support/alarm-samples.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { MemoryEventLog } from "./memory-event-log.ts";
import { migrateOutbox } from "./migrate-outbox.ts";

const alarm = alarmMessage({ id: "event-0001", sequence: 1 });
const trouble = troubleMessage({ id: "event-0002", sequence: 2 });
const delivered = alarmMessage({ id: "event-0003", sequence: 3 });
const lines = [{ put: alarm }, { put: delivered }, { put: trouble }, { done: delivered.id }];
const whole = lines.map((line) => `${JSON.stringify(line)}\n`).join("");

test("undelivered events of an earlier version go into the log, each once, and their file goes", async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, "kitchen.outbox.jsonl");
  const log = new MemoryEventLog();
  await log.append({ id: alarm.id, class: "alarm", body: JSON.stringify(alarm) });
  await writeFile(path, whole);
  assert.equal(await migrateOutbox(path, log), null);
  const entries = await log.read({ after: 0, max: 9 });
  assert.deepEqual(
    entries.map((entry) => [entry.class, JSON.parse(entry.body)]),
    [
      ["alarm", alarm],
      ["event", trouble],
    ],
  );
  assert.deepEqual(await readdir(folder), []);
  assert.equal(await migrateOutbox(path, log), null);
});

test("lines that cannot be read are told of and kept, and cost no other", async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, "outbox");
  await writeFile(path, `${whole}{"rubbish":1}\n${whole.slice(0, 60)}`);
  const log = new MemoryEventLog();
  assert.match((await migrateOutbox(path, log)) ?? "", /^2 undelivered events could not be read back/);
  assert.equal((await log.counts()).entries, 2);
  assert.ok((await readFile(`${path}.damaged`, "utf8")).includes("rubbish"));
});

test("a log that refuses leaves the file where it is", async (t) => {
  const path = join(await temporaryFolder(t), "outbox");
  await writeFile(path, whole);
  const log = new MemoryEventLog();
  log.append = () => Promise.reject(new Failure("machine", "event-log-full", "The disk is full."));
  await assert.rejects(migrateOutbox(path, log), /full/);
  assert.equal(await readFile(path, "utf8"), whole);
});

test("a file that cannot be read is refused in one sentence, not taken as empty", async (t) => {
  const path = join(await temporaryFolder(t), "outbox");
  await mkdir(path);
  await assert.rejects(migrateOutbox(path, new MemoryEventLog()), (error) => {
    assert.ok(error instanceof Failure);
    assert.equal(error.code, "data-folder-unusable");
    return true;
  });
});
