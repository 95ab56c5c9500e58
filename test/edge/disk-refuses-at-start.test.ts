import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { badInput } from "#core/failure.ts";
import { Random } from "#core/random.ts";
import type { DeviceDisk } from "#edge/device-disk.ts";
import { SimulatedDisk } from "#simulation/machine/simulated-disk.ts";
import { LoneDevice } from "#support/lone-device.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { passMs } from "#support/settle.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";

function keptAlarms(disk: SimulatedDisk): number {
  return disk.log.counts.alarms;
}

for (const health of ["full", "fails"] as const) {
  test(`a device whose disk is as "${health}" at the start watches, says so, and keeps its alarm when it works`, async (t) => {
    const clock = new ManualClock();
    const disk = new SimulatedDisk({ clock, random: new Random(3) });
    disk.setHealth(health);
    const device = new LoneDevice({ clock, disk, dataFolder: "/data" });
    t.after(async () => {
      // The simulated disk answers only as time passes.
      const stopped = device.agent.stop();
      await passMs(clock, 5_000);
      await stopped;
    });
    await device.agent.start();
    assert.ok(device.distrustsDisk);
    assert.ok(device.findsFire(), "relay and sounder act");
    await passMs(clock, 100);
    const asked = device.keeper.waiting(100);
    await passMs(clock, 100);
    const waiting = await asked;
    assert.ok(
      waiting.some((entry) => entry.class === "alarm"),
      "the alarm is there to be sent",
    );
    assert.equal(keptAlarms(disk), 0);
    disk.setHealth("works");
    await passMs(clock, 12_000);
    assert.ok(keptAlarms(disk) > 0, "what waited is on the disk");
    assert.deepEqual(device.keeper.unkept(), []);
    assert.equal(device.distrustsDisk, false);
  });
}

test("a card that takes nothing and whose files cannot be read or moved is trouble, and no reason not to start", async (t) => {
  const refuse = (): never => {
    throw Object.assign(new Error("EROFS: read-only file system"), { code: "EROFS" });
  };
  const disk: DeviceDisk = {
    makeFolder: refuse,
    read: async (path) => (path.endsWith("commands.json") ? refuse() : "{"),
    replace: async () => refuse(),
    setAside: async () => refuse(),
    openEventLog: async () => refuse(),
  };
  const device = new LoneDevice({ disk, dataFolder: "/data" });
  await device.start(t);
  assert.ok(device.distrustsDisk);
  for (const words of [/data folder \/data/, /state\.json was damaged/, /commands\.json could not be read/])
    assert.ok(device.log.some((line) => words.test(line)));
  assert.ok(device.findsFire(), "relay and sounder act");
});

test("an event log of a newer version refuses the start", async () => {
  const disk = new SimulatedDisk({ clock: new ManualClock(), random: new Random(4) });
  disk.openEventLog = async () => {
    throw badInput("event-log-too-new", "It is newer.");
  };
  await assert.rejects(new LoneDevice({ disk, dataFolder: "/data" }).agent.start(), {
    code: "event-log-too-new",
  });
});

test("on a disk that is really full a device starts in a fresh folder and in one that was stopped cleanly", async (t) => {
  const folder = await temporaryFolder(t);
  const drill = fileURLToPath(new URL("../support/start-on-full-disk.ts", import.meta.url));
  const script = `mount -t tmpfs -o size=3m tmpfs "$1" && exec "$2" "$3" "$1"`;
  const run = spawnSync(
    "unshare",
    ["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", folder, process.execPath, drill],
    { encoding: "utf8" },
  );
  if (run.stdout === null || /^(mount|unshare):/m.test(run.stderr)) {
    t.skip(
      `a small file system of its own cannot be mounted here: ${run.error?.message ?? run.stderr.trim()}`,
    );
    return;
  }
  assert.equal(run.status, 0, run.stderr);
  assert.deepEqual(JSON.parse(run.stdout), {
    fresh: { distrusts: true, alarm: true },
    again: { distrusts: true, alarm: true },
  });
});
