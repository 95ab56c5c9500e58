import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { LoneDevice } from "#support/lone-device.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { always, investigation } from "#support/zone-policies.ts";

test("relay and sounder act at once while the panel waits, and a call point ends the wait", async (t) => {
  const device = new LoneDevice({ zonePolicy: investigation });
  await device.start(t);
  assert.deepEqual(device.zoneOutputs, { panel: "off", evacuation: "off" });
  device.pass(20);
  device.burn();
  device.pass(10);
  assert.equal(device.agent.state?.level, "alarm");
  assert.equal(device.agent.zoneState?.level, "holding");
  assert.ok(device.order.indexOf("output alarm") < device.order.indexOf("told zone hold"));
  assert.deepEqual(device.zoneOutputs, { panel: "off", evacuation: "off" });
  device.act("acknowledge");
  device.pass(20);
  assert.equal(device.agent.zoneState?.incident?.hold?.kind, "investigation");
  const reply = device.command({ command: "call-point", callPoint: "stairs" });
  assert.equal(reply.ok, true);
  assert.deepEqual(device.zoneOutputs, { panel: "on", evacuation: "on" });
  assert.ok(device.order.indexOf("panel on, evacuation on") < device.order.indexOf("told zone call-point"));
  device.act("silence");
  assert.deepEqual(device.zoneOutputs, { panel: "on", evacuation: "off" });
  device.act("reset");
  assert.deepEqual(device.zoneOutputs, { panel: "off", evacuation: "off" });
  await device.agent.stop();
});

test("a device that is restarted in the middle of a wait goes on waiting, for the rest of it only", async (t) => {
  const dataFolder = join(await temporaryFolder(t), "data");
  const before = new LoneDevice({ zonePolicy: investigation, dataFolder });
  await before.start(t);
  before.pass(20);
  before.burn();
  before.pass(8);
  before.act("acknowledge");
  before.pass(60);
  await before.agent.stop();
  const { clock } = before;
  clock.advanceMs(30_000);
  const after = new LoneDevice({ zonePolicy: investigation, dataFolder, clock });
  await after.start(t);
  assert.equal(after.agent.zoneState?.level, "holding");
  after.burn();
  after.pass(80);
  assert.equal(after.zoneOutputs?.panel, "off");
  after.pass(15);
  assert.equal(after.zoneOutputs?.panel, "on");
  await after.agent.stop();
  const again = new LoneDevice({ zonePolicy: investigation, dataFolder, clock });
  await again.start(t);
  assert.equal(again.order[1], "panel on, evacuation on", "FIRE drives its outputs before anything is seen");
  await again.agent.stop();
});

test("outside of the staffed hours of its own time zone nothing waits", async (t) => {
  // The clock of tests begins on Sunday, 15 June 2025, 15:06 UTC, which is 17:06 in Berlin and 11:06 in New York.
  const afternoon = [{ fromMinute: 6 * 1_440 + 17 * 60, toMinute: 6 * 1_440 + 18 * 60 }];
  for (const [timeZone, level] of [
    ["Europe/Berlin", "holding"],
    ["America/New_York", "fire"],
  ] as const) {
    const device = new LoneDevice({ zonePolicy: { ...investigation, staffed: afternoon }, timeZone });
    await device.start(t);
    device.pass(20);
    device.burn();
    device.pass(10);
    assert.equal(device.agent.zoneState?.level, level, timeZone);
    await device.agent.stop();
  }
});

test("a device without a zone of its own tells none, and says so to a call point", async (t) => {
  const device = new LoneDevice();
  await device.start(t);
  device.pass(3);
  assert.equal("zone" in device.told.state, false);
  assert.equal(device.command({ command: "call-point", callPoint: "stairs" }).ok, false);
  assert.equal(device.zoneOutputs, null);
  await device.agent.stop();
});

test("what a disabled region keeps back is told, and the rest of the picture still alarms", async (t) => {
  const device = new LoneDevice({ zonePolicy: { ...investigation, staffed: always } });
  await device.start(t);
  device.pass(20);
  const outline = [
    { x: 50, y: 30 },
    { x: 120, y: 30 },
    { x: 120, y: 90 },
    { x: 50, y: 90 },
  ];
  const disable = { command: "act", act: "disable", by: "Ada", minutes: 10 } as const;
  const reply = device.command({ ...disable, reason: "welding", region: { name: "bench", outline } });
  assert.deepEqual(reply, { v: 1, ok: true, text: "Disabled." });
  device.burn();
  device.pass(15);
  assert.equal(device.agent.state?.level, "normal");
  const kept = device.events.flatMap((event) => (event.type === "notice" ? [event.notice] : []));
  assert.deepEqual(
    kept.map((notice) => notice.type === "would-have-alarmed" && [notice.level, ...notice.regions]),
    [["alarm", "bench"]],
  );
  device.command({
    command: "act",
    act: "enable",
    by: "Ada",
    reason: "",
    minutes: null,
    region: { name: "bench" },
  });
  device.pass(4);
  assert.equal(device.agent.state?.level, "alarm");
  await device.agent.stop();
});

test("the camera's corrections wait while a prealarm stands, and go on after it", async (t) => {
  const device = new LoneDevice({ fireCentikelvin: 36_000 });
  await device.start(t);
  device.pass(20);
  device.burn();
  for (let second = 0; second < 30 && device.agent.state?.level === "normal"; second += 1) device.pass(1);
  assert.equal(device.agent.state?.level, "prealarm");
  assert.deepEqual(device.camera.wishes, ["wait"]);
  device.act("reset");
  assert.deepEqual(device.camera.wishes, ["wait", "automatic"]);
});
