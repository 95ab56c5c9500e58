import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { test } from "node:test";
import { linkProgram } from "#cli/edge/edge-agent.ts";
import { systemClock } from "#cli/system-clock.ts";
import type { AlarmLevel } from "#core/alarm/alarm-state.ts";
import { writeCredentials } from "#edge/credentials-file.ts";
import { forkLink } from "#edge/fork-link.ts";
import { LinkProcess } from "#edge/link-process.ts";
import { House } from "#support/house.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import type { LiveServerMessage } from "#wire/live-protocol.ts";

const options = { timeout: 120_000 } as const;

/** A house whose device reaches the hub by a real link process; `pids` grows by each that is started. */
async function houseWithLinkProcess(
  context: Parameters<typeof House.build>[0],
): Promise<{ house: House; pids: number[] }> {
  const house = await House.build(context);
  const pids: number[] = [];
  const { brokerUrl, login } = house.way;
  const credentialsFile = join(await temporaryFolder(context), "credentials.json");
  await writeCredentials(credentialsFile, login);
  await house.startAgent({
    makeLink: (link) =>
      new LinkProcess({
        ...link,
        // The process lives in real time, whatever the room's clock says.
        clock: systemClock,
        brokerUrl,
        credentialsFile,
        newEventId: randomUUID,
        startChild: (listener) => {
          const child = forkLink(linkProgram, listener);
          if (child.pid !== null) pids.push(child.pid);
          return child;
        },
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
