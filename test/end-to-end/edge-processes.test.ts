import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { linkProgram } from "#cli/edge/edge-agent.ts";
import { systemClock } from "#cli/system-clock.ts";
import type { AlarmLevel } from "#core/alarm/alarm-state.ts";
import { writeCredentials } from "#edge/credentials-file.ts";
import { forkLink } from "#edge/fork-link.ts";
import { LinkProcess } from "#edge/link-process.ts";
import { defaultContinuousPolicy, defaultEvidencePolicy } from "#edge/recording-policies.ts";
import { RemoteRecorder } from "#edge/remote-recorder.ts";
import { House } from "#support/house.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import type { LiveServerMessage } from "#wire/live-protocol.ts";

const options = { timeout: 120_000 } as const;

/**
 * A house whose device reaches the hub by a real link process, which also records it; `pids` grows by each that is
 * started. `program` is another one than the product's.
 */
async function houseWithLinkProcess(
  context: Parameters<typeof House.build>[0],
  program: string = linkProgram,
): Promise<{ house: House; pids: number[] }> {
  const house = await House.build(context);
  const pids: number[] = [];
  const { brokerUrl, login } = house.way;
  const credentialsFile = join(await temporaryFolder(context), "credentials.json");
  await writeCredentials(credentialsFile, login);
  const recorder = new RemoteRecorder({
    deviceId: "kitchen",
    dataFolder: house.agentFolder,
    clock: systemClock,
    policies: { evidence: defaultEvidencePolicy, continuous: defaultContinuousPolicy },
  });
  await house.startAgent({
    makeRecorder: (device) => recorder.serve(device),
    makeLink: (link) =>
      new LinkProcess({
        ...link,
        // The process lives in real time, whatever the room's clock says.
        clock: systemClock,
        brokerUrl,
        credentialsFile,
        newEventId: randomUUID,
        startChild: (listener) => {
          const child = forkLink(program, listener);
          if (child.pid !== null) pids.push(child.pid);
          return child;
        },
        recorder,
        log: (line) => house.log.push(line),
      }),
  });
  return { house, pids };
}

function level(wanted: AlarmLevel): (message: LiveServerMessage) => LiveServerMessage | false {
  return (message) =>
    message.type === "event" &&
    message.message.event.type === "level" &&
    message.message.event.level === wanted
      ? message
      : false;
}

function isOnline(message: LiveServerMessage): boolean {
  const devices =
    message.type === "devices" ? message.devices : message.type === "device" ? [message.device] : [];
  return devices.some(({ online }) => online);
}

test(
  "a fire while the link process is killed reaches the output at once, and the hub once, afterwards",
  options,
  async (t) => {
    const { house, pids } = await houseWithLinkProcess(t);
    const page = house.page();
    await page.message((message) => isOnline(message) && message);
    await house.pass(12);
    process.kill(pids[0]!, "SIGKILL");
    house.room.burn(house.clock.nowMicros());
    await house.pass(20);
    assert.equal(house.outputs.at(-1)?.level, "alarm");
    await page.message(level("alarm"));
    assert.equal(pids.length, 2);
    assert.deepEqual(await house.levelEvents(), ["alarm"]);
  },
);

test(
  "a fire while the link process is stopped reaches the output; an act of the page reaches the device",
  options,
  async (t) => {
    const { house, pids } = await houseWithLinkProcess(t);
    const page = house.page();
    await page.message((message) => isOnline(message) && message);
    await house.pass(12);
    process.kill(pids[0]!, "SIGSTOP");
    house.room.burn(house.clock.nowMicros());
    await house.pass(20);
    assert.equal(house.outputs.at(-1)?.level, "alarm");
    assert.ok(house.outputs.at(-1)?.sounding);
    process.kill(pids[0]!, "SIGCONT");
    await page.message(level("alarm"));
    await house.act("silence");
    assert.equal(house.outputs.at(-1)?.sounding, false);
  },
);

/** Programs of the link process on disks that do this. */
const badDisks = {
  hanging: new URL("../support/link-on-hanging-disk.ts", import.meta.url),
  blocking: new URL("../support/link-on-blocking-disk.ts", import.meta.url),
  crashing: new URL("../support/link-on-crashing-disk.ts", import.meta.url),
} as const;

for (const [disk, program] of Object.entries(badDisks)) {
  test(
    `a ${disk} disk in the process that records neither delays the output nor ends the device`,
    options,
    async (t) => {
      const { house, pids } = await houseWithLinkProcess(t, program.pathname);
      // It writes as soon as it records: the first second of the continuous recording.
      const isSpoilt = (): boolean => (disk === "crashing" ? pids.length > 1 : isBegun(house.agentFolder));
      while (!isSpoilt()) {
        await house.pass(1);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      await house.pass(12);
      const told = house.outputs.length;
      house.room.burn(house.clock.nowMicros());
      await house.pass(20);
      assert.equal(house.outputs.at(-1)?.level, "alarm");
      assert.ok(house.outputs.length > told);
      assert.equal(house.agent?.state?.level, "alarm");
      // Whoever stops it does not wait for the disk for ever.
      await house.agent?.stop();
    },
  );
}

/** Whether the recording of a device has begun to be written. */
function isBegun(dataFolder: string): boolean {
  const folder = join(dataFolder, "continuous");
  return existsSync(folder) && readdirSync(folder).length > 0;
}
