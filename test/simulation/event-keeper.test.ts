import assert from "node:assert/strict";
import { test } from "node:test";
import type { EntryClass, EventLog, NewEntry } from "#core/event-log/event-log.ts";
import { Random } from "#core/random.ts";
import { EventKeeper, heldEntriesMax, telemetryAtOnceMax } from "#edge/event-keeper.ts";
import { SimulatedLogDisk } from "#simulation/machine/simulated-event-log.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { passMs } from "#support/settle.ts";

const entry = (n: number, entryClass: EntryClass = "alarm"): NewEntry => ({
  id: `entry-${n}`,
  class: entryClass,
  body: "{}",
});

interface Bench {
  readonly clock: ManualClock;
  readonly disk: SimulatedLogDisk;
  readonly keeper: EventKeeper;
  readonly problems: (string | null)[];
  readonly dropped: number[];
  readonly asked: () => number;
  ids(): Promise<string[]>;
}

function bench(entriesMax = 100, wrap: (log: EventLog) => EventLog = (log) => log): Bench {
  const clock = new ManualClock();
  const disk = new SimulatedLogDisk({ clock, random: new Random(1), entriesMax });
  const problems: (string | null)[] = [];
  const dropped: number[] = [];
  let asked = 0;
  const keeper = new EventKeeper({
    log: wrap(disk.open()),
    clock,
    onProblem: (problem) => problems.push(problem),
    onDropped: (count) => dropped.push(count),
  });
  keeper.onWaiting = () => {
    asked += 1;
  };
  const ids = async (): Promise<string[]> => {
    const waiting = keeper.waiting(2_000);
    await passMs(clock, 2_500);
    return (await waiting).map(({ id }) => id);
  };
  return { clock, disk, keeper, problems, dropped, asked: () => asked, ids };
}

test("entries wait in their order until their receiver has them", async () => {
  const { clock, keeper, asked, ids } = bench();
  for (const n of [1, 2, 3]) keeper.add(entry(n));
  await passMs(clock, 500);
  assert.ok(asked() > 0);
  assert.deepEqual(await ids(), ["entry-1", "entry-2", "entry-3"]);
  keeper.received(["entry-2", "never-sent"]);
  assert.deepEqual(await ids(), ["entry-1", "entry-3"]);
});

test("an alarm leaves the device while the disk is full, and is durable when there is room again", async () => {
  const { clock, disk, keeper, problems, ids } = bench();
  keeper.add(entry(1));
  await passMs(clock, 200);
  disk.setHealth("full");
  keeper.add(entry(2, "event"));
  keeper.add(entry(3));
  await passMs(clock, 500);
  assert.deepEqual(await ids(), ["entry-1", "entry-2", "entry-3"]);
  assert.equal(problems.length, 1);
  assert.match(problems[0] ?? "", /full/);
  disk.setHealth("works");
  await passMs(clock, 6_000);
  assert.equal(problems.at(-1), null);
  const log = disk.open();
  const read = log.read({ after: 0, max: 9 });
  await passMs(clock, 100);
  assert.deepEqual(
    (await read).map(({ id }) => id),
    ["entry-1", "entry-2", "entry-3"],
  );
});

test("what was received from memory is not sent again when the disk works", async () => {
  const { clock, disk, keeper, ids } = bench();
  disk.setHealth("fails");
  keeper.add(entry(1));
  keeper.add(entry(2));
  await passMs(clock, 100);
  assert.deepEqual(await ids(), ["entry-1", "entry-2"]);
  keeper.received(["entry-1"]);
  disk.setHealth("works");
  await passMs(clock, 6_000);
  assert.deepEqual(await ids(), ["entry-2"]);
});

test("what was received is not sent again while the disk cannot forget it", async () => {
  const { clock, disk, keeper, ids } = bench();
  keeper.add(entry(1));
  keeper.add(entry(2));
  await passMs(clock, 200);
  assert.equal((await ids()).length, 2);
  disk.setHealth("full");
  keeper.received(["entry-1"]);
  assert.deepEqual(await ids(), ["entry-2"]);
  keeper.received(["entry-2"]);
  assert.deepEqual(await ids(), []);
});

test("what a full disk would not forget is forgotten as soon as it has room, and the problem stands until then", async () => {
  const { clock, disk, keeper, problems, ids } = bench();
  keeper.add(entry(1));
  keeper.add(entry(2));
  await passMs(clock, 200);
  assert.equal((await ids()).length, 2);
  disk.setHealth("full");
  keeper.received(["entry-1", "entry-2"]);
  await passMs(clock, 12_000);
  assert.deepEqual(await ids(), []);
  assert.equal(problems.length, 1);
  disk.setHealth("works");
  await passMs(clock, 6_000);
  assert.equal(disk.counts.entries, 0);
  assert.equal(problems.at(-1), null);
});

test("receipts that come one by one cost the disk two removals, not one each", async () => {
  let removals = 0;
  const { clock, disk, keeper, ids } = bench(100, (log) => ({
    append: (one) => log.append(one),
    read: (range) => log.read(range),
    remove: (sequences) => {
      removals += 1;
      return log.remove(sequences);
    },
    counts: () => log.counts(),
    close: () => log.close(),
  }));
  for (let n = 1; n <= 32; n += 1) keeper.add(entry(n));
  await passMs(clock, 3_000);
  for (const id of await ids()) keeper.received([id]);
  await passMs(clock, 200);
  assert.equal(disk.counts.entries, 0);
  assert.equal(removals, 2);
});

test("a disk that does not answer is a problem after two seconds, and alarms go on from memory", async () => {
  const never = new Promise<never>(() => {});
  const { clock, keeper, problems, ids } = bench(100, (log) => ({
    append: () => never,
    read: () => never,
    remove: (sequences) => log.remove(sequences),
    counts: () => log.counts(),
    close: () => log.close(),
  }));
  keeper.add(entry(1));
  await passMs(clock, 3_000);
  assert.match(problems[0] ?? "", /has not answered for 2 s/);
  assert.deepEqual(await ids(), ["entry-1"]);
});

test("a log full of alarms takes further alarms, and nothing else holds them back", async () => {
  const { clock, disk, keeper, ids } = bench(2);
  for (const n of [1, 2]) keeper.add(entry(n));
  keeper.add(entry(3, "event"));
  keeper.add(entry(4));
  await passMs(clock, 500);
  const log = disk.open();
  const read = log.read({ after: 0, max: 9 });
  await passMs(clock, 100);
  assert.deepEqual(
    (await read).map(({ id }) => id),
    ["entry-1", "entry-2", "entry-4"],
  );
  assert.deepEqual((await ids()).sort(), ["entry-1", "entry-2", "entry-3", "entry-4"]);
});

test("in memory the oldest go that are no alarm, and are counted", async () => {
  const { clock, disk, keeper, dropped, ids } = bench();
  disk.setHealth("full");
  keeper.add(entry(0, "event"));
  for (let n = 1; n <= heldEntriesMax + 1; n += 1) keeper.add(entry(n));
  await passMs(clock, 100);
  assert.deepEqual(dropped, [1]);
  const waiting = await ids();
  assert.equal(waiting.length, heldEntriesMax + 1);
  assert.equal(waiting.includes("entry-0"), false);
});

test("telemetry waits behind all else, and a few of it are given at once", async () => {
  const { clock, keeper, ids } = bench();
  for (let n = 1; n <= 2 * telemetryAtOnceMax; n += 1) keeper.add(entry(n, "telemetry"));
  keeper.add(entry(100, "event"));
  keeper.add(entry(101));
  await passMs(clock, 1_000);
  assert.deepEqual(await ids(), ["entry-100", "entry-101"]);
  keeper.received(["entry-100", "entry-101"]);
  const few = await ids();
  assert.deepEqual(
    few,
    Array.from({ length: telemetryAtOnceMax }, (_, i) => `entry-${i + 1}`),
  );
  keeper.received(few);
  assert.equal((await ids())[0], `entry-${telemetryAtOnceMax + 1}`);
});

test("telemetry that a full disk refuses goes first from memory too, and is sent behind the alarms there", async () => {
  const { clock, disk, keeper, ids } = bench();
  disk.setHealth("full");
  keeper.add(entry(1, "telemetry"));
  keeper.add(entry(2));
  await passMs(clock, 3_000);
  assert.deepEqual(await ids(), ["entry-2"]);
  keeper.received(["entry-2"]);
  assert.deepEqual(await ids(), ["entry-1"]);
});
