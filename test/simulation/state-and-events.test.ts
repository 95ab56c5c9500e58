import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { EventKeeper } from "#edge/event-keeper.ts";
import { DeviceSaver, readSavedDevice } from "#edge/saved-device.ts";
import { SimulatedDisk } from "#simulation/machine/simulated-disk.ts";
import { stateAtRest } from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { passMs } from "#support/settle.ts";

const device = { dataFolder: "/data", deviceId: "kitchen" } as const;
const latched = { ...stateAtRest, level: "alarm" as const, sequence: 1 };

test("whenever the power goes, an alarm that the saved state knows of is there to be sent", async () => {
  let latchedRuns = 0;
  for (let run = 0; run < 200; run += 1) {
    const clock = new ManualClock();
    const random = new Random(run);
    const disk = new SimulatedDisk({ clock, random });
    const { log } = await disk.openEventLog();
    const keeper = new EventKeeper({ log, clock, onProblem: () => {}, onDropped: () => {} });
    const unkept = (): ReturnType<typeof keeper.unkept> => keeper.unkept();
    const saver = new DeviceSaver({ ...device, disk, clock, unkept, onProblem: () => {} });
    keeper.add({ id: "alarm-0001", class: "alarm", body: "{}" });
    saver.saveState(latched);
    await passMs(clock, 10 * random.integer(7));
    disk.cutPower();
    const saved = await readSavedDevice({ ...device, disk });
    const onDisk = disk.log.counts.entries > 0;
    if (saved.state === null) continue;
    latchedRuns += 1;
    assert.ok(onDisk || saved.unkept.some(({ id }) => id === "alarm-0001"), `run ${run}`);
  }
  assert.ok(latchedRuns > 50);
});
