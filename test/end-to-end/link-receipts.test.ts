import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { systemClock } from "#cli/system-clock.ts";
import { Random } from "#core/random.ts";
import { readCredentials, writeCredentials } from "#edge/credentials-file.ts";
import { LinkAgent } from "#edge/link-agent.ts";
import { connectByMqtt } from "#edge/mqtt-connection.ts";
import { Broker } from "#hub/broker.ts";
import { DeviceCredentials } from "#hub/device-credentials.ts";
import { Refusals } from "#hub/refusals.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import type { FromLink } from "#wire/link-channel.ts";
import { receiptTopic } from "#wire/topics.ts";

test("the link process tells receipts only, and sends again what has none on a connection made anew", {
  timeout: 60_000,
}, async (t) => {
  const clock = new ManualClock();
  const credentials = new DeviceCredentials(Buffer.alloc(32, 3));
  const heard: string[] = [];
  const broker = new Broker({
    plain: { host: "127.0.0.1", port: 0, credentials },
    secure: null,
    refusals: new Refusals(systemClock, () => {}),
    log: () => {},
    onPublication: ({ topic, payload }) => {
      if (topic.kind === "event") heard.push(payload.toString());
    },
  });
  const { plainUrl } = await broker.start();
  const url = plainUrl ?? "";
  const acknowledge = (ids: readonly string[]): Promise<void> => {
    const receipt = JSON.stringify({ v: 1, ids });
    return broker.publish({ topic: receiptTopic("kitchen"), payload: receipt, qos: 0 });
  };
  const credentialsFile = join(await temporaryFolder(t), "credentials.json");
  await writeCredentials(credentialsFile, credentials.loginFor("kitchen"));
  const told: FromLink[] = [];
  const agent = new LinkAgent({
    clock,
    random: new Random(1),
    connect: connectByMqtt,
    readCredentials: (path) => readCredentials(path),
    tell: (message) => told.push(message),
    onEnd: () => {},
    log: () => {},
  });
  t.after(async () => {
    await agent.stop();
    await broker.stop();
    assert.equal(clock.timersSet, 0);
  });
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setImmediate(resolve));
  };
  const count = (kind: FromLink["kind"]): number => told.filter((one) => one.kind === kind).length;

  agent.receive({ kind: "begin", deviceId: "kitchen", brokerUrl: url, credentialsFile, modelFolder: null });
  await until(() => count("up") === 1);
  const events = ["a", "b"].map((id) => ({ id, text: `"${id}"`, channel: "event" as const }));
  agent.receive({ kind: "events", events });
  await until(() => heard.length === 2);
  await acknowledge(["a", "never given"]);
  await until(() => count("received") === 1);
  assert.deepEqual(told.at(-1), { kind: "received", ids: ["a"] });

  clock.advanceMs(15_001);
  await until(() => count("down") === 1);
  clock.advanceMs(1_000);
  await until(() => heard.length === 3);
  assert.deepEqual(heard, ['"a"', '"b"', '"b"']);
  await acknowledge(["b"]);
  await until(() => count("received") === 2);
  assert.deepEqual(told.at(-1), { kind: "received", ids: ["b"] });
});
