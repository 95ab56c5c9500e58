import assert from "node:assert/strict";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { Failure } from "#core/failure.ts";
import { rectangleOutline } from "#core/regions/outline.ts";
import { initialZoneState } from "#core/zone/zone-machine.ts";
import { sampleMicros, stateAtRest } from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { machineDisk } from "./machine-disk.ts";
import { DeviceSaver, nothingSaved, readSavedDevice, type SavedDevice } from "./saved-device.ts";

const latched = { ...stateAtRest, level: "alarm" as const, sounding: true, sequence: 3 };

function saver(
  dataFolder: string,
  problems: (string | null)[] = [],
  clock = new ManualClock(sampleMicros),
): DeviceSaver {
  return new DeviceSaver({
    disk: machineDisk,
    dataFolder,
    deviceId: "kitchen",
    clock,
    unkept: () => [],
    onProblem: (problem) => problems.push(problem),
  });
}

/** What a device finds in a folder. */
function savedIn(folder: string, deviceId = "kitchen"): Promise<SavedDevice> {
  return readSavedDevice({ disk: machineDisk, dataFolder: folder, deviceId });
}

async function dataFolder(t: TestContext): Promise<string> {
  const folder = join(await temporaryFolder(t), "data");
  assert.deepEqual(await savedIn(folder), nothingSaved);
  return folder;
}

test("state and background are read back as they were saved", async (t) => {
  const folder = await dataFolder(t);
  const snapshot = {
    width: 2,
    height: 1,
    background: Float32Array.of(21.5, Number.NaN),
    commissioned: Float32Array.of(20.125, 19),
  };
  const device = saver(folder);
  device.saveState(stateAtRest);
  device.saveBackground(snapshot);
  device.saveState(latched);
  await device.settled();
  const saved = await savedIn(folder);
  assert.deepEqual(saved, { ...nothingSaved, state: latched, background: snapshot });
  assert.deepEqual((await readdir(folder)).sort(), ["kitchen.background.json", "kitchen.state.json"]);
});

test("the zone is read back with the state, and the site with what was accepted and learnt", async (t) => {
  const folder = await dataFolder(t);
  const zone = { ...initialZoneState(["kitchen"]), elapsedMicros: 17 };
  const learnedHeat = [
    { hour: 9, block: 3, week: 2_900, weeks: 2, hotSeconds: 80, peakCelsius: 150, areaPixels: 12 },
  ];
  const outline = rectangleOutline({ left: 0, top: 0, width: 8, height: 8 });
  const accepted = { peakCelsius: 200, areaPixels: 20, by: "Ada", atMicros: 1 };
  const regions = [{ kind: "hot-zone" as const, name: "stove", outline, schedule: null, accepted }];
  const device = saver(folder);
  device.saveState(latched, zone);
  device.saveSite({ regions, learnedHeat });
  await device.settled();
  const saved = await savedIn(folder);
  assert.deepEqual(saved, { ...nothingSaved, state: latched, zone, regions, learnedHeat });
});

test("two devices share a folder without meeting", async (t) => {
  const folder = await dataFolder(t);
  const device = saver(folder);
  device.saveState(latched);
  await device.settled();
  assert.equal((await savedIn(folder, "office")).state, null);
});

test("a damaged file is moved aside and told of, never taken as a state at rest", async (t) => {
  const folder = await dataFolder(t);
  const device = saver(folder);
  device.saveState(latched);
  await device.settled();
  const path = join(folder, "kitchen.state.json");
  for (const text of [
    "",
    '{"v":1,"device":"kit',
    JSON.stringify({ v: 1, device: "office", savedAtMicros: 1, state: latched }),
    JSON.stringify({ v: 1, device: "kitchen", savedAtMicros: 1, state: { ...latched, level: "fine" } }),
  ]) {
    await writeFile(path, text);
    const saved = await savedIn(folder);
    assert.equal(saved.state, null);
    assert.equal(saved.damage.length, 1);
    assert.match(saved.damage[0] ?? "", /kitchen\.state\.json was damaged and is kept as/);
    assert.ok((await readdir(folder)).includes("kitchen.state.json.damaged"));
  }
});

test("a background with another number of pixels than it says is damaged", async (t) => {
  const folder = await dataFolder(t);
  const background = { width: 3, height: 1, background: [1, 2], commissioned: [1, 2] };
  await writeFile(
    join(folder, "kitchen.background.json"),
    JSON.stringify({ v: 1, device: "kitchen", savedAtMicros: 1, ...background }),
  );
  const saved = await savedIn(folder);
  assert.equal(saved.background, null);
  assert.equal(saved.damage.length, 1);
});

test("a disk that fails is told once, and again when it works", async (t) => {
  const folder = await dataFolder(t);
  const problems: (string | null)[] = [];
  const device = saver(folder, problems);
  await rm(folder, { recursive: true });
  device.saveState(stateAtRest);
  await device.settled();
  device.saveState(stateAtRest);
  await device.settled();
  assert.equal(problems.length, 1);
  await mkdir(folder);
  device.saveState(latched);
  await device.settled();
  assert.equal(problems.length, 2);
  assert.equal(problems[1], null);
});

test("a data folder that is a file is refused in one sentence", async (t) => {
  const path = join(await temporaryFolder(t), "file");
  await writeFile(path, "");
  await assert.rejects(savedIn(path), (error) => {
    assert.ok(error instanceof Failure);
    assert.equal(error.code, "data-folder-unusable");
    return true;
  });
});
