import assert from "node:assert/strict";
import { once } from "node:events";
import { connect as connectTcp } from "node:net";
import { type TestContext, test } from "node:test";
import { connectAsync, type IClientOptions, type MqttClient } from "mqtt";
import { Failure } from "#core/failure.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { Broker, type Publication } from "./broker.ts";
import { DeviceCredentials } from "./device-credentials.ts";
import { Refusals } from "./refusals.ts";

const credentials = new DeviceCredentials(Buffer.alloc(32, 3));

interface Running {
  broker: Broker;
  url: string;
  heard: Publication[];
  refusals: Refusals;
  log: string[];
  client(deviceId: string, options?: IClientOptions): Promise<MqttClient>;
}

async function running(
  t: TestContext,
  accept: (publication: Publication) => void = () => {},
): Promise<Running> {
  const heard: Publication[] = [];
  const log: string[] = [];
  const refusals = new Refusals(new ManualClock(), (line) => log.push(line));
  const broker = new Broker({
    plain: { host: "127.0.0.1", port: 0, credentials },
    secure: null,
    refusals,
    onPublication: (publication) => {
      accept(publication);
      heard.push(publication);
    },
    log: () => {},
  });
  const { plainUrl } = await broker.start();
  const url = plainUrl ?? "";
  t.after(() => broker.stop());
  const client = async (deviceId: string, options: IClientOptions = {}): Promise<MqttClient> => {
    const connected = await connectAsync(url, {
      ...credentials.loginFor(deviceId),
      clientId: deviceId,
      protocolVersion: 4,
      reconnectPeriod: 0,
      ...options,
    });
    connected.on("error", () => {});
    t.after(() => connected.endAsync(true));
    return connected;
  };
  return { broker, url, heard, refusals, log, client };
}

function closed(client: MqttClient): Promise<void> {
  return new Promise((resolve) => client.once("close", () => resolve()));
}

test("a device with its password publishes under its own topics", async (t) => {
  const { client, heard } = await running(t);
  const device = await client("kitchen");
  await device.publishAsync("emberwatch/v1/kitchen/event", "{}", { qos: 1 });
  assert.deepEqual(heard, [{ topic: { kind: "event", device: "kitchen" }, payload: Buffer.from("{}") }]);
});

test("nobody gets in without the device's own password and id", async (t) => {
  const { client, url } = await running(t);
  const { password } = credentials.loginFor("kitchen");
  const attempts: IClientOptions[] = [
    { username: "office", clientId: "office", password },
    { username: "kitchen", clientId: "office", password },
    { username: "kitchen", clientId: "kitchen", password: "wrong" },
    { username: "../etc", clientId: "../etc", password },
  ];
  for (const attempt of attempts) await assert.rejects(client("kitchen", attempt), /Not authorized/);
  const nameless = connectAsync(url, { clientId: "kitchen", protocolVersion: 4, reconnectPeriod: 0 });
  await assert.rejects(nameless, /Not authorized/);
});

test("a publication under another device's topic, a command or a made-up topic ends the connection", async (t) => {
  const { client, heard } = await running(t);
  for (const topic of [
    "emberwatch/v1/office/event",
    "emberwatch/v1/kitchen/command/act",
    "emberwatch/v1/kitchen/receipt",
    "emberwatch/v1/kitchen/nonsense",
    "other/kitchen/event",
  ]) {
    const device = await client("kitchen");
    const ended = closed(device);
    device.publish(topic, "{}");
    await ended;
  }
  assert.deepEqual(heard, []);
});

test("a device hears its own commands and may listen to nothing else", async (t) => {
  const { client, broker } = await running(t);
  const device = await client("kitchen");
  for (const filter of [
    "#",
    "emberwatch/v1/office/command/+",
    "emberwatch/v1/office/receipt",
    "emberwatch/v1/+/event",
    "$SYS/#",
  ]) {
    await assert.rejects(device.subscribeAsync(filter));
  }
  await device.subscribeAsync(["emberwatch/v1/kitchen/command/+", "emberwatch/v1/kitchen/receipt"]);
  const message = new Promise((resolve) => device.once("message", resolve));
  await broker.publish({ topic: "emberwatch/v1/kitchen/command/watch", payload: "{}", qos: 0 });
  assert.equal(await message, "emberwatch/v1/kitchen/command/watch");
});

test("an event is not acknowledged when it cannot be stored", async (t) => {
  const { client } = await running(t, () => {
    throw new Error("disk full");
  });
  const device = await client("kitchen");
  const ended = closed(device);
  let acknowledged = false;
  device.publish("emberwatch/v1/kitchen/event", "{}", { qos: 1 }, (error) => {
    acknowledged = !error;
  });
  await ended;
  assert.equal(acknowledged, false);
});

test("the last will of a device that vanishes is heard, that of one that leaves is not", async (t) => {
  let vanished: () => void = () => {};
  const willHeard = new Promise<void>((resolve) => {
    vanished = resolve;
  });
  const { client, heard } = await running(t, ({ topic }) => {
    if (topic.device === "office") vanished();
  });
  const will = (id: string): IClientOptions => ({
    will: { topic: `emberwatch/v1/${id}/health`, payload: Buffer.from("gone"), qos: 1, retain: true },
  });
  const leaving = await client("kitchen", will("kitchen"));
  await leaving.endAsync();
  const vanishing = await client("office", will("office"));
  vanishing.stream.destroy();
  await willHeard;
  assert.deepEqual(
    heard.map(({ topic }) => topic),
    [{ kind: "health", device: "office" }],
  );
});

test("a message larger than its maximum ends the connection before it is buffered", async (t) => {
  const { client, heard } = await running(t);
  const device = await client("kitchen");
  const ended = closed(device);
  device.publish("emberwatch/v1/kitchen/event", Buffer.alloc(300 * 1024));
  await ended;
  const other = await client("kitchen");
  const announced = closed(other);
  // A PUBLISH that announces 200 MB.
  other.stream.write(Buffer.from([0x30, 0x80, 0x84, 0xaf, 0x5f]));
  await announced;
  assert.deepEqual(heard, []);
});

test("bytes that are no MQTT end the connection", async (t) => {
  const { url } = await running(t);
  const socket = connectTcp(Number(new URL(url).port), "127.0.0.1");
  socket.on("error", () => {});
  socket.write("GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n");
  await once(socket, "close");
});

test("a device that connects again takes over from its old connection", async (t) => {
  const { client } = await running(t);
  const old = await client("kitchen");
  const ended = closed(old);
  await client("kitchen");
  await ended;
});

test("addresses that others can reach are refused", async () => {
  const broker = new Broker({
    plain: { host: "0.0.0.0", port: 0, credentials },
    secure: null,
    refusals: new Refusals(new ManualClock(), () => {}),
    onPublication: () => {},
    log: () => {},
  });
  await assert.rejects(broker.start(), (error) => {
    assert.ok(error instanceof Failure);
    assert.deepEqual([error.side, error.code], ["input", "not-loopback"]);
    return true;
  });
});

test("a port in use is told in one sentence, and a stopped broker says that it does not run", async (t) => {
  const { url, broker } = await running(t);
  const port = Number(new URL(url).port);
  const second = new Broker({
    plain: { host: "127.0.0.1", port, credentials },
    secure: null,
    refusals: new Refusals(new ManualClock(), () => {}),
    onPublication: () => {},
    log: () => {},
  });
  await assert.rejects(second.start(), (error) => {
    assert.ok(error instanceof Failure);
    assert.deepEqual([error.side, error.code], ["machine", "port-in-use"]);
    assert.match(error.message, new RegExp(`Port ${port} on 127.0.0.1 is already in use`));
    return true;
  });
  assert.equal(broker.problem, null);
  await broker.stop();
  await broker.stop();
  assert.notEqual(broker.problem, null);
});
