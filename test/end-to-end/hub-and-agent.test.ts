import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { AlarmLevel } from "#core/alarm/alarm-state.ts";
import { Failure } from "#core/failure.ts";
import { recordHere } from "#edge/device-recorder.ts";
import { defaultContinuousPolicy, defaultEvidencePolicy } from "#edge/recording-policies.ts";
import { Hub } from "#hub/hub.ts";
import { openRecording } from "#recording/open-recording.ts";
import { House } from "#support/house.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { hubHealthSchema } from "#wire/hub-api.ts";
import type { LiveServerMessage } from "#wire/live-protocol.ts";

const options = { timeout: 60_000 } as const;

function online(message: LiveServerMessage): LiveServerMessage | false {
  const devices =
    message.type === "devices" ? message.devices : message.type === "device" ? [message.device] : [];
  return devices.some((device) => device.online) ? message : false;
}

function levelEvent(level: AlarmLevel): (message: LiveServerMessage) => LiveServerMessage | false {
  return (message) =>
    message.type === "event" &&
    message.message.event.type === "level" &&
    message.message.event.level === level
      ? message
      : false;
}

function stateLevel(level: AlarmLevel): (message: LiveServerMessage) => LiveServerMessage | false {
  return (message) => (message.type === "device" && message.device.state?.level === level ? message : false);
}

function telemetry(message: LiveServerMessage): Extract<LiveServerMessage, { type: "telemetry" }> | false {
  return message.type === "telemetry" ? message : false;
}

test("a device's seconds, pictures and liveness reach the page", options, async (t) => {
  const house = await House.build(t);
  const page = house.page();
  await house.startAgent();
  await page.message(online);
  page.watch(["kitchen"]);
  await house.pass(1);
  // The watch command goes page → hub → device before pictures flow.
  while (page.pictures.length < 5) await house.pass(0.5);
  const second = await page.message(telemetry);
  assert.equal(second.device, "kitchen");
  assert.ok(Math.abs((second.telemetry.hottest?.celsius ?? 0) - 22) < 0.2);
  assert.equal(second.telemetry.features?.length, 18);
  const { frame } = page.pictures[0]!;
  assert.deepEqual([frame.width, frame.height, frame.unit], [160, 120, "centikelvin"]);
  const response = await fetch(`${house.httpUrl}/api/health`);
  assert.equal(response.status, 200);
  const health = hubHealthSchema.parse(await response.json());
  assert.equal(health.devices[0]?.id, "kitchen");
  assert.ok((health.devices[0]?.newestFrameAgeSeconds ?? 99) < 2);
  const nowMicros = house.clock.nowMicros();
  const history = await fetch(
    `${house.httpUrl}/api/devices/kitchen/history?from=${nowMicros - 60e6}&to=${nowMicros}`,
  );
  assert.ok(((await history.json()) as { points: unknown[] }).points.length >= 1);
});

test("a fire alarms on the spot, reaches the page, and takes acts until it is reset", options, async (t) => {
  const house = await House.build(t);
  const page = house.page();
  await house.startAgent();
  await page.message(online);
  await house.pass(30);
  house.room.burn(house.clock.nowMicros());
  await house.pass(15);
  assert.equal(house.outputs.at(-1)?.level, "alarm");
  await page.message(levelEvent("alarm"));
  await page.message(stateLevel("alarm"));
  const alarmed = await house.view();
  assert.equal(alarmed.state?.sounding, true);
  assert.ok((alarmed.state?.incident?.firstReasons.length ?? 0) > 0);
  for (const act of ["acknowledge", "silence"]) {
    const response = await house.act(act);
    assert.deepEqual([response.status, ((await response.json()) as { ok: boolean }).ok], [200, true]);
  }
  await page.until(() =>
    page.messages.some((m) => m.type === "device" && m.device.state?.incident?.silenced?.by === "Ada"),
  );
  assert.equal((await house.view()).state?.incident?.acknowledged?.by, "Ada");
  assert.equal((await house.view()).state?.level, "alarm");
  house.room.burn(null);
  await house.pass(10);
  assert.equal((await house.view()).state?.level, "alarm", "latched though the fire is out");
  assert.equal((await house.act("reset")).status, 200);
  // Receipts go out on the clock's next turn, and the next events after them.
  while (!page.messages.some(levelEvent("normal"))) await house.pass(1);
  assert.equal(house.outputs.at(-1)?.level, "normal");
});

test("an event whose acknowledgement was lost is sent again and applied once", options, async (t) => {
  const house = await House.build(t);
  const page = house.page();
  await house.startAgent();
  await page.message(online);
  await house.pass(5);
  const swallowed = house.cable!.swallowAnswers();
  // An act of nobody: the link goes down and comes back by what the device finds out itself.
  house.room.burn(house.clock.nowMicros());
  await house.pass(15);
  await swallowed;
  await page.until(() => page.messages.some((m) => m.type === "event"));
  house.cable!.cut();
  await page.until(() => page.messages.some((m) => m.type === "device" && !m.device.online));
  while (!(await house.levelEvents()).includes("alarm")) await house.pass(1);
  const sequences = await house.sequences();
  assert.deepEqual(
    sequences,
    sequences.map((_, n) => sequences[0]! + n),
    "no event is missing and none is there twice",
  );
  const told = page.messages.flatMap((m) => (m.type === "event" ? [m.message.id] : []));
  assert.equal(new Set(told).size, told.length, "the page hears each event once");
});

test("a device without its hub goes on deciding, and tells it all in order later", options, async (t) => {
  const house = await House.build(t);
  const before = house.page();
  await house.startAgent();
  await before.message(online);
  await house.pass(30);
  await house.hub!.stop();
  house.room.burn(house.clock.nowMicros());
  await house.pass(15);
  assert.equal(house.outputs.at(-1)?.level, "alarm");
  await house.startHub();
  const page = house.page();
  while ((await house.linkTroubles()).at(-1) !== false) await house.pass(1);
  assert.ok((await house.levelEvents()).includes("alarm"));
  await page.message(stateLevel("alarm"));
  const sequences = await house.sequences();
  assert.deepEqual(
    sequences,
    [...sequences].sort((a, b) => a - b),
  );
  assert.deepEqual(await house.linkTroubles(), [true, false]);
});

test("what the seconds were like while the hub was away is in its history afterwards", options, async (t) => {
  const house = await House.build(t);
  const before = house.page();
  await house.startAgent();
  await before.message(online);
  await house.pass(5);
  await house.hub!.stop();
  const awayMicros = house.clock.nowMicros();
  await house.pass(90);
  const backMicros = house.clock.nowMicros();
  await house.startHub();
  while ((await house.linkTroubles()).at(-1) !== false) await house.pass(1);
  const seconds = async (): Promise<number> => (await house.history(awayMicros, backMicros)).length;
  // The device says first that it is back; its batches come by receipt after that.
  for (let n = 0; n < 60 && (await seconds()) < 88; n += 1) await house.pass(1);
  assert.ok((await seconds()) >= 88, `${await seconds()} of 90 seconds`);
});

test("events and the last state outlive a restart of the hub", options, async (t) => {
  const house = await House.build(t);
  const page = house.page();
  await house.startAgent();
  await page.message(online);
  await house.pass(30);
  house.room.burn(house.clock.nowMicros());
  await house.pass(15);
  await page.message(stateLevel("alarm"));
  await page.message(levelEvent("alarm"));
  await house.agent!.stop();
  const events = await house.events();
  await house.hub!.stop();
  await house.startHub();
  assert.deepEqual(await house.events(), events);
  const view = await house.view();
  assert.deepEqual([view.online, view.state?.level, view.name], [false, "alarm", "Kitchen"]);
  assert.notEqual(view.silentSinceMicros, null);
});

test("a latched alarm outlives a restart of the device, and drives its output again", options, async (t) => {
  const house = await House.build(t);
  const page = house.page();
  await house.startAgent();
  await page.message(online);
  await house.pass(30);
  house.room.burn(house.clock.nowMicros());
  await house.pass(15);
  house.room.burn(null);
  await house.agent!.stop();
  assert.equal(house.camera.stops, 1);
  house.outputs.length = 0;
  await house.startAgent();
  assert.deepEqual(house.outputs, [{ level: "alarm", sounding: true, gasHazard: false, test: false }]);
  await house.pass(5);
  const again = house.page();
  await again.until(() => again.messages.some((m) => online(m) !== false));
  assert.equal((await house.view()).state?.level, "alarm");
});

test("a damaged state file is trouble until somebody resets", options, async (t) => {
  const house = await House.build(t);
  await house.startAgent();
  await house.agent!.stop();
  const path = join(house.agentFolder, "kitchen.state.json");
  await writeFile(path, "{");
  const page = house.page();
  await house.startAgent();
  const troubled = (message: LiveServerMessage): LiveServerMessage | false =>
    message.type === "device" &&
    (message.device.state?.troubles.some((trouble) => trouble.code === "state-not-saved") ?? false)
      ? message
      : false;
  await page.message(troubled);
  assert.equal(await readFile(`${path}.damaged`, "utf8"), "{");
  assert.equal((await house.act("reset")).status, 200);
  await page.until(() => {
    const last = page.messages.filter((m) => m.type === "device").at(-1);
    return last?.type === "device" && last.device.state?.troubles.length === 0;
  });
});

test("a device that vanishes is offline and silent on the page at once", options, async (t) => {
  const house = await House.build(t);
  const page = house.page();
  await house.startAgent();
  await page.message(online);
  await house.pass(3);
  await page.message(telemetry);
  house.cable!.cut();
  await page.until(() =>
    page.messages.some((m) => m.type === "device" && !m.device.online && m.device.silentSinceMicros !== null),
  );
});

test(
  "a replay's end is no fault of its device, and a page opened then sees its last picture",
  options,
  async (t) => {
    const house = await House.build(t);
    const page = house.page();
    let ended = 0;
    await house.startAgent({
      source: "replay",
      air: null,
      dataFolder: null,
      onEnd: () => {
        ended += 1;
      },
    });
    await page.message(online);
    await house.pass(3);
    house.camera.end();
    await page.until(() => page.messages.some((m) => m.type === "device" && m.device.ended === true));
    assert.equal(ended, 1);
    for (let second = 0; second < 20; second += 1) {
      house.clock.advanceMs(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const view = await house.view();
    assert.deepEqual([view.silentSinceMicros, view.state?.troubles, view.ended], [null, [], true]);
    for (const late of [house.page(), house.page()]) {
      await late.message(online);
      late.watch(["kitchen"]);
      await late.until(() => late.pictures.length > 0);
      // The next page's picture is none that was on its way to this one.
      house.clock.advanceMs(100);
    }
  },
);

test("a replay of the run before is no room of this one, and its charts begin anew", options, async (t) => {
  const house = await House.build(t);
  const replay = { source: "replay", dataFolder: null } as const;
  const page = house.page();
  await house.startAgent(replay);
  await page.message(online);
  await house.pass(5);
  await page.message(telemetry);
  await house.agent!.stop();
  await house.hub!.stop();
  await house.startHub();
  const listed = await fetch(`${house.httpUrl}/api/devices`);
  assert.deepEqual(await listed.json(), { devices: [] });
  const restartedMicros = house.clock.nowMicros();
  const again = house.page();
  await house.startAgent(replay);
  await again.message(online);
  assert.equal((await house.view()).source, "replay");
  const history = await fetch(
    `${house.httpUrl}/api/devices/kitchen/history?from=${restartedMicros - 3600e6}&to=${restartedMicros}`,
  );
  assert.deepEqual(await history.json(), { points: [] });
});

test("an alarm leaves a recording with a hash beside the device's state", options, async (t) => {
  const house = await House.build(t);
  const policies = {
    evidence: { ...defaultEvidencePolicy, afterSeconds: 2 },
    continuous: defaultContinuousPolicy,
  };
  const place = { deviceId: "kitchen", dataFolder: house.agentFolder, clock: house.clock, policies };
  await house.startAgent({ makeRecorder: recordHere(place) });
  await house.pass(20);
  house.room.burn(house.clock.nowMicros());
  await house.pass(15);
  assert.equal(house.outputs.at(-1)?.level, "alarm");
  await house.agent!.stop();
  const evidence = await readdir(join(house.agentFolder, "evidence"));
  const name = evidence.find((one) => one.endsWith(".mcap"));
  assert.ok(name !== undefined && evidence.includes(`${name}.json`));
  const recording = await openRecording(join(house.agentFolder, "evidence", name));
  const levels: string[] = [];
  for await (const entry of recording.entries()) {
    if (entry.kind === "event" && entry.event.type === "level") levels.push(entry.event.level);
  }
  assert.ok(levels.includes("alarm"));
  assert.equal((await readdir(join(house.agentFolder, "continuous"))).length, 1);
});

test("ending a test when none is on says so and is not logged", options, async (t) => {
  const house = await House.build(t);
  const page = house.page();
  await house.startAgent();
  await page.message(online);
  const answer = async (): Promise<[number, string]> => {
    const response = await house.act("end-test");
    return [response.status, ((await response.json()) as { text: string }).text];
  };
  assert.deepEqual(await answer(), [200, "No test was on."]);
  assert.ok((await house.events()).every((event) => event.type !== "test-ended"));
});

test("a command to a device that does not answer is a 504", options, async (t) => {
  const house = await House.build(t);
  const page = house.page();
  await house.startAgent();
  await page.message(online);
  const swallowed = house.cable!.swallowAnswers();
  const response = house.act("silence");
  await swallowed;
  house.clock.advanceMs(4_000);
  assert.equal((await response).status, 504);
  assert.equal(((await (await response).json()) as { code: string }).code, "device-did-not-answer");
});

test("a hub that others could reach is refused", options, async (t) => {
  const house = await House.build(t);
  for (const host of ["0.0.0.0", "192.168.1.5", "::"]) {
    await assert.rejects(new Hub(house.hubOptions({ host })).start(), (error) => {
      assert.ok(error instanceof Failure);
      assert.deepEqual([error.side, error.code], ["input", "not-loopback"]);
      assert.ok(error.message.includes(host));
      return true;
    });
  }
});

test(
  "a port in use is told in one sentence, and nothing is left running or in the data folder",
  options,
  async (t) => {
    const house = await House.build(t);
    const port = Number(new URL(house.httpUrl).port);
    const dataFolder = await temporaryFolder(t);
    for (const taken of [{ port, mqttPort: 0 }, {}]) {
      const timers = house.clock.timersSet;
      const second = new Hub(house.hubOptions({ dataFolder, ...taken }));
      await assert.rejects(second.start(), (error) => {
        assert.ok(error instanceof Failure);
        assert.deepEqual([error.side, error.code], ["machine", "port-in-use"]);
        return true;
      });
      assert.equal(house.clock.timersSet, timers);
      assert.deepEqual(await readdir(dataFolder), []);
    }
  },
);

test("what is stopped leaves no timer behind", options, async (t) => {
  const house = await House.build(t);
  const page = house.page();
  await house.startAgent();
  await page.message(online);
  await house.pass(2);
  await house.agent!.stop();
  await house.agent!.stop();
  await house.hub!.stop();
  await house.hub!.stop();
  assert.equal(house.clock.timersSet, 0);
});
