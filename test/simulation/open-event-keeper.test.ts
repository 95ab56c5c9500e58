import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import type { Clock } from "#core/time.ts";
import { openEventKeeper } from "#edge/open-event-keeper.ts";
import { SimulatedDisk } from "#simulation/machine/simulated-disk.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { passMs } from "#support/settle.ts";

/** Timers of Node may come a moment before their time. */
function withEarlyTimers(clock: ManualClock): Clock {
  return {
    nowMicros: () => clock.nowMicros(),
    monotonicMs: () => clock.monotonicMs(),
    after: (ms, callback) => clock.after(Math.max(0, ms - 1), callback),
    every: (ms, callback) => clock.every(ms, callback),
  };
}

test("a log that could not be opened has what waits 6 s after the disk works, whenever it was asked before", async () => {
  const clock = new ManualClock();
  const disk = new SimulatedDisk({ clock, random: new Random(1) });
  disk.setHealth("full");
  const problems: (string | null)[] = [];
  const keeper = await openEventKeeper({
    disk,
    dataFolder: "/data",
    deviceId: "kitchen",
    clock: withEarlyTimers(clock),
    onDamage: () => {},
    onProblem: (problem) => problems.push(problem),
    onDropped: () => {},
  });
  keeper.add({ id: "alarm-0001", class: "alarm", body: "{}" });
  await passMs(clock, 7_000);
  const fromMemory = await keeper.waiting(1);
  assert.deepEqual(
    fromMemory.map(({ id }) => id),
    ["alarm-0001"],
  );
  disk.setHealth("works");
  await passMs(clock, 6_000);
  assert.equal(disk.log.counts.alarms, 1);
  assert.deepEqual(keeper.unkept(), []);
  assert.equal(problems.at(-1), null);
  await closed(keeper.close(), clock);
});

test("a keeper that is closed opens its log no more", async () => {
  const clock = new ManualClock();
  const disk = new SimulatedDisk({ clock, random: new Random(1) });
  disk.setHealth("full");
  let opened = 0;
  const keeper = await openEventKeeper({
    disk: {
      makeFolder: () => disk.makeFolder(),
      read: (path) => disk.read(path),
      replace: (path, text) => disk.replace(path, text),
      setAside: (path, asidePath) => disk.setAside(path, asidePath),
      openEventLog: () => {
        opened += 1;
        return disk.openEventLog();
      },
    },
    dataFolder: "/data",
    deviceId: "kitchen",
    clock,
    onDamage: () => {},
    onProblem: () => {},
    onDropped: () => {},
  });
  keeper.add({ id: "alarm-0001", class: "alarm", body: "{}" });
  await passMs(clock, 11_000);
  assert.equal(opened, 3);
  await closed(keeper.close(), clock);
  disk.setHealth("works");
  await passMs(clock, 11_000);
  assert.equal(opened, 3);
});

async function closed(closing: Promise<void>, clock: ManualClock): Promise<void> {
  await passMs(clock, 100);
  await closing;
}
