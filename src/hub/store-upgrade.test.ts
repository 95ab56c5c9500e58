import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { HubBench } from "#support/hub-bench.ts";
import { levelEvent } from "#support/incident-story.ts";
import { storeFileName } from "./store.ts";

test("a store of a hub that knew no incidents is taken over, and its old alarms call nobody", async (t) => {
  const bench = await HubBench.build(t);
  bench.desk.stop();
  bench.keep("kitchen", levelEvent());
  bench.store.close();
  const database = new DatabaseSync(join(bench.folder, storeFileName));
  for (const table of ["event", "act", "link", "device"]) database.exec(`DROP TABLE incident_${table}`);
  database.exec(`DROP INDEX event_by_time; DROP TABLE notification; DROP TABLE incident; DROP TABLE escalation;
    ALTER TABLE event DROP COLUMN received_at_micros; PRAGMA user_version = 3`);
  database.close();
  bench.open();
  await bench.pass(5);
  assert.deepEqual(bench.take(), []);
  assert.deepEqual(bench.store.incidents.page({ limit: 5 }).incidents, []);
  await bench.tell("kitchen", levelEvent());
  assert.deepEqual(bench.take(), ["mail alarm Ada"]);
});
