import assert from "node:assert/strict";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { Failure } from "#core/failure.ts";
import { alarmMessage, troubleMessage } from "#support/alarm-samples.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import type { EventMessage } from "#wire/device-messages.ts";
import { EventOutbox, outboxEventsMax } from "./event-outbox.ts";

async function opened(path: string | null, problems: (string | null)[] = []): Promise<EventOutbox> {
  const outbox = new EventOutbox({ path, onProblem: (problem) => problems.push(problem) });
  await outbox.load();
  return outbox;
}

function alarm(n: number): EventMessage {
  return alarmMessage({ id: `event-${String(n).padStart(6, "0")}`, sequence: n });
}

function drain(outbox: EventOutbox): string[] {
  const ids: string[] = [];
  for (let message = outbox.first; message !== null; message = outbox.first) {
    ids.push(message.id);
    outbox.remove(message.id);
  }
  return ids;
}

test("undelivered events survive a restart in their order, delivered ones do not come back", async (t) => {
  const path = join(await temporaryFolder(t), "kitchen.outbox.jsonl");
  const first = await opened(path);
  for (const n of [1, 2, 3, 4]) first.add(alarm(n));
  first.remove(alarm(2).id);
  await first.settled();
  const second = await opened(path);
  assert.equal(second.damagedLines, 0);
  assert.deepEqual(drain(second), [alarm(1).id, alarm(3).id, alarm(4).id]);
  await second.settled();
  assert.equal((await opened(path)).size, 0);
});

test("a line cut by a power failure is counted, and neither costs its neighbours", async (t) => {
  const path = join(await temporaryFolder(t), "outbox");
  const whole = `${JSON.stringify({ put: alarm(1) })}\n`;
  await writeFile(path, `${whole}{"rubbish":1}\n${whole.slice(0, 60)}`);
  const outbox = await opened(path);
  assert.equal(outbox.damagedLines, 2);
  outbox.add(alarm(2));
  await outbox.settled();
  const again = await opened(path);
  assert.equal(again.damagedLines, 0);
  assert.deepEqual(drain(again), [alarm(1).id, alarm(2).id]);
  await again.settled();
});

test("the file does not grow with what was delivered", async (t) => {
  const path = join(await temporaryFolder(t), "outbox");
  const outbox = await opened(path);
  outbox.add(alarm(1));
  for (let n = 2; n < 6_000; n += 1) {
    outbox.add(alarm(n));
    outbox.remove(alarm(n).id);
    if (n % 500 === 0) await outbox.settled();
  }
  await outbox.settled();
  assert.ok((await stat(path)).size < 1_200_000);
  const again = await opened(path);
  assert.deepEqual(drain(again), [alarm(1).id]);
  await again.settled();
});

test("when too many wait the oldest go that are no alarm, and the drop is counted", async () => {
  const outbox = await opened(null);
  outbox.add(alarm(1));
  const hazard = { ...troubleMessage({ id: "trouble-2", sequence: 2 }), id: "hazard-2" };
  outbox.add({
    ...hazard,
    event: { type: "gas-hazard", sequence: 2, atMicros: 0, active: true, reasons: [] },
  });
  for (let n = 3; n <= outboxEventsMax; n += 1) {
    outbox.add(troubleMessage({ id: `trouble-${n}`, sequence: n }));
  }
  outbox.add(alarm(outboxEventsMax + 1));
  assert.equal(outbox.size, outboxEventsMax);
  assert.equal(outbox.dropped, 1);
  const ids = drain(outbox);
  assert.deepEqual(ids.slice(0, 2), [alarm(1).id, "hazard-2"]);
  assert.equal(ids.at(-1), alarm(outboxEventsMax + 1).id);
});

test("alarms are kept beyond the maximum", async () => {
  const outbox = await opened(null);
  for (let n = 1; n <= outboxEventsMax + 2; n += 1) outbox.add(alarm(n));
  assert.equal(outbox.size, outboxEventsMax + 2);
  assert.equal(outbox.dropped, 0);
});

test("a disk that fails is told once, keeps nobody waiting, and all is written when it works again", async (t) => {
  const folder = join(await temporaryFolder(t), "data");
  const path = join(folder, "outbox");
  const problems: (string | null)[] = [];
  const outbox = await opened(path, problems);
  await rm(folder, { recursive: true });
  outbox.add(alarm(1));
  await outbox.settled();
  outbox.add(alarm(2));
  await outbox.settled();
  assert.equal(problems.length, 1);
  assert.match(problems[0] ?? "", /ENOENT/);
  await mkdir(folder);
  outbox.add(alarm(3));
  await outbox.settled();
  assert.equal(problems.at(-1), null);
  assert.equal((await readFile(path, "utf8")).trim().split("\n").length, 3);
});

test("a file that cannot be read is refused in one sentence, not taken as empty", async (t) => {
  const path = join(await temporaryFolder(t), "outbox");
  await mkdir(path);
  await assert.rejects(opened(path), (error) => {
    assert.ok(error instanceof Failure);
    assert.equal(error.code, "data-folder-unusable");
    return true;
  });
});
