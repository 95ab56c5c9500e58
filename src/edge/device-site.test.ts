import assert from "node:assert/strict";
import { test } from "node:test";
import { stateAtRest } from "#support/alarm-samples.ts";
import { LoneDevice } from "#support/lone-device.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { deviceEventSchema } from "#wire/device-event-schema.ts";
import { machineDisk } from "./machine-disk.ts";
import { DeviceSaver, readSavedDevice } from "./saved-device.ts";

/** Heat at the test room's fire, in the same hour of the two weeks before the clock of tests begins. */
const usualHeat = [7, 8, 9, 10].flatMap((column) =>
  [5, 6, 7, 8].map((row) => ({
    hour: 6 * 24 + 15,
    block: row * 20 + column,
    week: 2_893,
    weeks: 2,
    hotSeconds: 600,
    peakCelsius: 128,
    areaPixels: 400,
  })),
);

async function learntDevice(dataFolder: string): Promise<LoneDevice> {
  await readSavedDevice({ disk: machineDisk, dataFolder, deviceId: "kitchen" });
  const saver = new DeviceSaver({
    disk: machineDisk,
    dataFolder,
    deviceId: "kitchen",
    clock: new ManualClock(),
    unkept: () => [],
    onProblem: () => {},
  });
  saver.saveState(stateAtRest);
  saver.saveSite({ regions: [], learnedHeat: usualHeat });
  await saver.settled();
  return new LoneDevice({ dataFolder });
}

/** What the device told of hot zones. */
function notices(device: LoneDevice): readonly string[] {
  return device.events.flatMap((told) => {
    const event = deviceEventSchema.parse(told);
    if (event.type !== "notice" || !("peakCelsius" in event.notice)) return [];
    const { type, name, by, peakCelsius, areaPixels } = event.notice;
    return [`${type} ${name} by ${by} ${peakCelsius} ${areaPixels}`];
  });
}

test("what was learnt only proposes: usual heat alarms until somebody accepts it, and no longer then", async (t) => {
  const dataFolder = `${await temporaryFolder(t)}/data`;
  const device = await learntDevice(dataFolder);
  await device.start(t);
  const [proposal, ...others] = device.told.regions.proposals;
  assert.ok(proposal !== undefined && others.length === 0);
  device.pass(20);
  device.burn();
  device.pass(10);
  assert.equal(device.agent.state?.level, "alarm");
  device.room.burn(null);
  device.pass(10);
  device.act("reset");
  const asked = {
    command: "accept-hot-zone",
    name: "stove",
    peakCelsius: 150,
    areaPixels: 900,
    by: "Ada",
  } as const;
  assert.equal(device.command({ ...asked, proposal: "nothing" }).ok, false);
  assert.match(
    device.command({ ...asked, proposal: proposal.id, peakCelsius: 220 }).text,
    /high gain accept 60 to 150/,
  );
  assert.equal(device.command({ ...asked, proposal: proposal.id }).ok, true);
  assert.deepEqual(notices(device), ["hot-zone-accepted stove by Ada 150 900"], "refusals tell nothing");
  assert.deepEqual(device.told.regions.proposals, []);
  assert.equal(device.told.regions.regions[0]?.name, "stove");
  device.pass(20);
  device.burn();
  device.pass(10);
  assert.equal(device.agent.state?.level, "normal");
  await device.agent.stop();
  const saved = await readSavedDevice({ disk: machineDisk, dataFolder, deviceId: "kitchen" });
  assert.deepEqual(
    saved.regions.map(({ name }) => name),
    ["stove"],
  );
});

test("a device tells its regions within two seconds of its start, and then every ten minutes", async (t) => {
  const device = new LoneDevice();
  await device.start(t);
  device.clock.advanceMs(2_000);
  assert.equal(device.regionsTold, 1);
  device.clock.advanceMs(590_000);
  assert.equal(device.regionsTold, 1);
  device.clock.advanceMs(11_000);
  assert.equal(device.regionsTold, 2);
});

test("an accepted zone is there after a restart, and can be taken back; one of the configuration cannot", async (t) => {
  const dataFolder = `${await temporaryFolder(t)}/data`;
  const first = await learntDevice(dataFolder);
  await first.start(t);
  const proposal = first.told.regions.proposals[0]!.id;
  first.command({
    command: "accept-hot-zone",
    proposal,
    name: "stove",
    peakCelsius: 150,
    areaPixels: 900,
    by: "Ada",
  });
  await first.agent.stop();
  const outline = [
    { x: 0, y: 0 },
    { x: 80, y: 0 },
    { x: 80, y: 120 },
    { x: 0, y: 120 },
  ];
  const mask = { kind: "mask", name: "window", outline, schedule: null } as const;
  const second = new LoneDevice({ dataFolder, regions: [mask] });
  await second.start(t);
  assert.deepEqual(
    second.told.regions.regions.map(({ name }) => name),
    ["window", "stove"],
  );
  assert.equal(second.told.regions.blindedShare, 0.5);
  assert.equal(second.command({ command: "withdraw-hot-zone", name: "window", by: "Ada" }).ok, false);
  assert.equal(second.command({ command: "withdraw-hot-zone", name: "stove", by: "Bo" }).ok, true);
  assert.deepEqual(notices(second), ["hot-zone-withdrawn stove by Bo 150 900"]);
  assert.deepEqual(
    second.told.regions.regions.map(({ name }) => name),
    ["window"],
  );
  await second.agent.stop();
  const third = new LoneDevice({ dataFolder, regions: [{ ...mask, name: "stove" }] });
  await third.start(t);
  assert.deepEqual(
    third.told.regions.regions.map(({ kind }) => kind),
    ["mask"],
  );
  await third.agent.stop();
});
