import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { DeviceSaver, readSavedDevice } from "#edge/saved-device.ts";
import { SimulatedDisk } from "#simulation/machine/simulated-disk.ts";
import { sampleMicros, stateAtRest } from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { passMs } from "#support/settle.ts";

const latched = { ...stateAtRest, level: "alarm" as const, sounding: true, sequence: 3 };

test("a state that the disk refused is written when the disk works again, without another event", async () => {
  const clock = new ManualClock(sampleMicros);
  const disk = new SimulatedDisk({ clock, random: new Random(1) });
  const problems: (string | null)[] = [];
  const device = new DeviceSaver({
    disk,
    dataFolder: "/data",
    deviceId: "kitchen",
    clock,
    unkept: () => [],
    onProblem: (problem) => problems.push(problem),
  });
  disk.setHealth("full");
  device.saveState(latched);
  await passMs(clock, 1_000);
  assert.equal(problems.length, 1);
  disk.setHealth("works");
  await passMs(clock, 6_000);
  assert.equal(problems.at(-1), null);
  const saved = await readSavedDevice({ disk, dataFolder: "/data", deviceId: "kitchen" });
  assert.deepEqual(saved.state, latched);
  assert.equal(clock.timersSet, 0);
});

test("what the disk refused does not come after what is newer", async () => {
  const clock = new ManualClock(sampleMicros);
  const disk = new SimulatedDisk({ clock, random: new Random(1) });
  const device = new DeviceSaver({
    disk,
    dataFolder: "/data",
    deviceId: "kitchen",
    clock,
    unkept: () => [],
    onProblem: () => {},
  });
  disk.setHealth("fails");
  device.saveState(stateAtRest);
  await passMs(clock, 100);
  disk.setHealth("works");
  device.saveState(latched);
  await passMs(clock, 10_000);
  const saved = await readSavedDevice({ disk, dataFolder: "/data", deviceId: "kitchen" });
  assert.deepEqual(saved.state, latched);
});

test("a state that comes of the refusal itself is written as well when the disk works again", async () => {
  const clock = new ManualClock(sampleMicros);
  const disk = new SimulatedDisk({ clock, random: new Random(1) });
  const device = new DeviceSaver({
    disk,
    dataFolder: "/data",
    deviceId: "kitchen",
    clock,
    unkept: () => [],
    // As the agent does: the trouble is an event, and the state after it is saved in a moment.
    onProblem: (problem) => {
      if (problem !== null) queueMicrotask(() => device.saveState({ ...latched, sequence: 4 }));
    },
  });
  disk.setHealth("full");
  device.saveState(latched);
  await passMs(clock, 1_000);
  disk.setHealth("works");
  await passMs(clock, 6_000);
  const saved = await readSavedDevice({ disk, dataFolder: "/data", deviceId: "kitchen" });
  assert.equal(saved.state?.sequence, 4);
});
