import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { recordHere } from "#edge/device-recorder.ts";
import { defaultEvidencePolicy } from "#edge/recording-policies.ts";
import { LoneDevice } from "./lone-device.ts";
import { ManualClock } from "./manual-clock.ts";

/**
 * A drill on a small disk of its own, whose folder is the argument: a device starts while a file beside its data takes
 * all room, raises an alarm, and stops with room again; then once more in the folder that it has left. Prints what happened as JSON.
 */
const [folder = ""] = process.argv.slice(2);
const filler = join(folder, "filler");

function fill(): void {
  const file = openSync(filler, "w");
  try {
    for (const bytes of [65_536, 4_096, 1]) {
      try {
        for (;;) writeSync(file, Buffer.alloc(bytes));
      } catch {
        // Full is what it is to be.
      }
    }
  } finally {
    closeSync(file);
  }
}

async function startFull() {
  fill();
  const clock = new ManualClock();
  const dataFolder = join(folder, "data");
  const policies = { evidence: defaultEvidencePolicy, continuous: null };
  const device = new LoneDevice({
    clock,
    dataFolder,
    makeRecorder: recordHere({ deviceId: "kitchen", dataFolder, clock, policies }),
    selfTest: { dailyAt: "10:00", overdueHours: 25 },
  });
  await device.agent.start();
  const atStart = device.distrustsDisk;
  const alarm = device.findsFire();
  rmSync(filler);
  await device.agent.stop();
  return { distrusts: atStart, alarm };
}

const fresh = await startFull();
const again = await startFull();
console.log(JSON.stringify({ fresh, again }));
