import assert from "node:assert/strict";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { Failure } from "#core/failure.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { EventLogFile } from "./event-log-file.ts";
import { SqliteEventLog } from "./sqlite-event-log.ts";

const alarm = (n: number) => ({ id: `alarm-${n}`, class: "alarm", body: "{}" }) as const;

test("at a quota the oldest telemetry goes for an alarm, and is counted", async (t) => {
  const path = join(await temporaryFolder(t), "events.sqlite");
  const { file } = EventLogFile.open({ path, pagesMax: 40 });
  t.after(() => file.close());
  const body = "x".repeat(3_000);
  const added = [...Array(60).keys()].map(
    (n) => file.appendAll([{ id: `second-${n}`, class: "telemetry", body }])[0],
  );
  assert.ok(added.every((one) => typeof one === "number"));
  for (let n = 0; n < 20; n += 1) {
    assert.equal(typeof file.appendAll([{ ...alarm(n), body }])[0], "number");
  }
  assert.equal(file.counts.alarms, 20);
  assert.equal(file.counts.dropped, 80 - file.counts.entries);
});

test("another process reads and removes what this one appends", async (t) => {
  const path = join(await temporaryFolder(t), "events.sqlite");
  const [alarmSide, linkSide] = [await SqliteEventLog.open({ path }), await SqliteEventLog.open({ path })];
  t.after(() => Promise.all([alarmSide.close(), linkSide.close()]));
  const sequences = await Promise.all([alarm(1), alarm(2)].map((entry) => alarmSide.append(entry)));
  assert.equal((await linkSide.read({ after: 0, max: 9 })).length, 2);
  await linkSide.remove([sequences[0]!]);
  assert.deepEqual(
    (await alarmSide.read({ after: 0, max: 9 })).map(({ id }) => id),
    ["alarm-2"],
  );
});

test("a damaged file is moved aside and told of, and only the owner may do so", async (t) => {
  const path = join(await temporaryFolder(t), "events.sqlite");
  writeFileSync(path, "This is no database, but long enough to be one. ".repeat(100));
  await assert.rejects(SqliteEventLog.open({ path, damaged: "refuse" }), Failure);
  const log = await SqliteEventLog.open({ path });
  t.after(() => log.close());
  assert.match(log.damage ?? "", /events\.sqlite was damaged and is kept as .*\.damaged/);
  assert.ok(statSync(`${path}.damaged`).size > 1_000);
  assert.ok((await log.append(alarm(1))) > 0);
});

test("a file of a newer version is refused in one sentence", async (t) => {
  const path = join(await temporaryFolder(t), "events.sqlite");
  const database = new DatabaseSync(path);
  database.exec("PRAGMA user_version = 2");
  database.close();
  await assert.rejects(SqliteEventLog.open({ path }), (error) => {
    assert.ok(error instanceof Failure);
    assert.deepEqual([error.side, error.code], ["input", "event-log-too-new"]);
    return true;
  });
});

test("a folder that cannot be is refused in one sentence, and nobody else may read the file", async (t) => {
  const folder = await temporaryFolder(t);
  writeFileSync(join(folder, "file"), "");
  await assert.rejects(SqliteEventLog.open({ path: join(folder, "file", "events.sqlite") }), (error) => {
    assert.ok(error instanceof Failure);
    assert.equal(error.code, "data-folder-unusable");
    return true;
  });
  const path = join(folder, "events.sqlite");
  const log = await SqliteEventLog.open({ path });
  await log.append(alarm(1));
  assert.deepEqual(
    [path, `${path}-wal`].map((file) => statSync(file).mode & 0o777),
    [0o600, 0o600],
  );
  await log.close();
});
