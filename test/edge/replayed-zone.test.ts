import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { replayRecordings } from "#cli/replay-recordings.ts";
import type { DeviceEvent } from "#core/device-event.ts";
import { recordHere } from "#edge/device-recorder.ts";
import { defaultEvidencePolicy } from "#edge/recording-policies.ts";
import { openRecording } from "#recording/open-recording.ts";
import { LoneDevice } from "#support/lone-device.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { investigation } from "#support/zone-policies.ts";

const zoneEvents = (events: readonly DeviceEvent[]) =>
  events.flatMap((event) => (event.type === "zone" ? [event.event] : []));

test("a replay of the device's evidence repeats what its zone did, and what people did to it", async (t) => {
  const dataFolder = join(await temporaryFolder(t), "data");
  const clock = new ManualClock();
  const policies = { evidence: { ...defaultEvidencePolicy, afterSeconds: 60 }, continuous: null };
  const device = new LoneDevice({
    clock,
    dataFolder,
    zonePolicy: investigation,
    makeRecorder: recordHere({ deviceId: "kitchen", dataFolder, clock, policies }),
  });
  await device.start(t);
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const pass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      device.pass(1);
      await turn();
    }
  };
  await pass(20);
  device.burn();
  await pass(8);
  device.act("acknowledge");
  await turn();
  await pass(6);
  device.command({ command: "call-point", callPoint: "stairs" });
  await turn();
  await pass(3);
  device.act("reset");
  await turn();
  await pass(3);
  await device.agent.stop();
  const folder = join(dataFolder, "evidence");
  const [name = ""] = (await readdir(folder)).filter((file) => file.endsWith(".mcap"));
  const replayed: DeviceEvent[] = [];
  await replayRecordings(
    {
      recordings: [await openRecording(join(folder, name))],
      loopSeconds: null,
      badPixels: "find",
      scorer: null,
    },
    { onEvent: (event) => replayed.push(event), onSecond: () => {}, onProgress: () => {} },
  );
  const told = zoneEvents(device.events);
  assert.ok(told.some(({ type }) => type === "call-point") && told.some(({ type }) => type === "reset"));
  assert.deepEqual(zoneEvents(replayed), told);
});
