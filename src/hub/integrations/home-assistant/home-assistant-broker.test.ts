import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createServer } from "node:tls";
import { healthMessage, sampleMicros, stateAtRest } from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { type Mosquitto, mosquittoMissing, startMosquitto } from "#support/mosquitto.ts";
import { missing, mosquittoSub, openssl, pathOf } from "#support/outside-program.ts";
import { TcpProxy } from "#support/tcp-proxy.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { DeviceRegistry } from "../../device-registry.ts";
import { DeviceFactsKeeper } from "../device-facts.ts";
import { defaultIntegrationsConfig } from "../integrations-config.ts";
import { HomeAssistantBridge } from "./home-assistant-bridge.ts";
import { openMqttBroker } from "./home-assistant-broker.ts";

const skip = mosquittoMissing() || missing(mosquittoSub);
const user = "home";

/** The messages that mosquitto_sub prints, as many as are asked for: retained ones and those that come. */
async function subscribed(
  { port, password }: Mosquitto,
  want: { readonly filter: string; readonly count: number },
): Promise<readonly (readonly [topic: string, payload: string])[]> {
  const login = ["-h", "127.0.0.1", "-p", String(port), "-u", user, "-P", password];
  const wanted = ["-t", want.filter, "-C", String(want.count), "-F", "%t %p", "-q", "1"];
  const child = spawn(pathOf(mosquittoSub)!, [...login, ...wanted], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString("utf8");
  });
  const [code] = (await once(child, "close")) as [number];
  assert.equal(code, 0);
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]);
}

async function stage(context: TestContext) {
  const broker = await startMosquitto(context, user);
  const proxy = new TcpProxy(broker.port);
  const port = await proxy.start();
  const clock = new ManualClock(sampleMicros);
  const registry = new DeviceRegistry(clock, (view) => bridge.tellOf(facts.of(view)));
  let views = (): ReturnType<DeviceRegistry["views"]> => registry.views();
  const facts = new DeviceFactsKeeper(clock, () => views());
  const bridge = new HomeAssistantBridge({
    clock,
    config: { ...defaultIntegrationsConfig.homeAssistant, brokerUrl: `mqtt://127.0.0.1:${port}` },
    login: { credentials: { username: user, password: broker.password }, ca: null },
    openBroker: openMqttBroker,
    devices: () => facts.now(),
    askForPictures: () => {},
    softwareVersion: "0.1.0",
    log: () => {},
  });
  context.after(async () => {
    await bridge.stop();
    await proxy.stop();
  });
  registry.hearHealth("kitchen", healthMessage());
  registry.hearState("kitchen", { v: 1, atMicros: sampleMicros, state: stateAtRest });
  const forget = (): void => {
    views = () => [];
  };
  return { broker, bridge, proxy, registry, clock, forget };
}

/** Lets Home Assistant say that it has come, again and again until the test ends: a subscriber may be late for the first. */
function comeAgainAndAgain(context: TestContext, broker: Mosquitto): void {
  const coming = setInterval(() => broker.publish("homeassistant/status", "online"), 20);
  context.after(() => clearInterval(coming));
}

test("mosquitto_sub finds the devices, however late it comes", { skip }, async (t) => {
  const { broker, bridge } = await stage(t);
  const early = subscribed(broker, { filter: "homeassistant/device/#", count: 1 });
  bridge.start();
  const [[topic, payload] = ["", ""]] = await early;
  assert.equal(topic, "homeassistant/device/emberwatch/kitchen/config");
  assert.equal((JSON.parse(payload) as { device: { name: string } }).device.name, "Kitchen");
  const late = await subscribed(broker, { filter: "homeassistant/device/#", count: 1 });
  assert.deepEqual(late, [[topic, payload]]);
  const availability = await subscribed(broker, { filter: "emberwatch-home-assistant/#", count: 2 });
  assert.deepEqual(availability.map(([of, text]) => `${of} ${text}`).sort(), [
    "emberwatch-home-assistant/emberwatch/availability online",
    "emberwatch-home-assistant/emberwatch/device/kitchen/availability online",
  ]);
});

test("Home Assistant's birth message brings discovery and values again", { skip }, async (t) => {
  const { broker, bridge, registry } = await stage(t);
  bridge.start();
  await subscribed(broker, { filter: "homeassistant/device/#", count: 1 });
  registry.hearState("kitchen", { v: 1, atMicros: sampleMicros, state: { ...stateAtRest, level: "alarm" } });
  comeAgainAndAgain(t, broker);
  const state = "emberwatch-home-assistant/emberwatch/device/kitchen/state";
  const [[, values] = ["", ""]] = await subscribed(broker, { filter: state, count: 1 });
  assert.equal((JSON.parse(values) as { fire: string }).fire, "ON");
  const configs = await subscribed(broker, { filter: "homeassistant/device/#", count: 2 });
  assert.equal(configs[0]?.[1], configs[1]?.[1]);
});

test("a device that is forgotten leaves nothing in the broker", { skip }, async (t) => {
  const { broker, bridge, clock, forget } = await stage(t);
  bridge.start();
  const filter = "homeassistant/device/#";
  await subscribed(broker, { filter, count: 1 });
  comeAgainAndAgain(t, broker);
  forget();
  const ticking = setInterval(() => clock.advanceMs(1_000), 20);
  t.after(() => clearInterval(ticking));
  // What is retained comes first; where nothing is, the next word of Home Assistant does.
  let first = filter;
  while (first !== "homeassistant/status")
    [[first] = [""]] = await subscribed(broker, { filter: "homeassistant/#", count: 1 });
});

test("the broker says that the hub is gone when its connection breaks", { skip }, async (t) => {
  const { broker, bridge, proxy } = await stage(t);
  const filter = "emberwatch-home-assistant/emberwatch/availability";
  bridge.start();
  assert.deepEqual(await subscribed(broker, { filter, count: 1 }), [[filter, "online"]]);
  proxy.cut();
  let said = "online";
  while (said === "online") said = (await subscribed(broker, { filter, count: 1 }))[0]?.[1] ?? "";
  assert.equal(said, "offline");
});

/** Opens a TLS door to a broker; its port, and the certificate that it is known by. */
async function tlsDoor(context: TestContext, broker: Mosquitto) {
  const folder = await temporaryFolder(context);
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"];
  const names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate];
  execFileSync(pathOf(openssl)!, [...request, ...names], { stdio: "ignore" });
  const pem = await readFile(certificate);
  const server = createServer({ key: await readFile(key), cert: pem }, (socket) => {
    const inner = connect(broker.port, "127.0.0.1");
    socket.on("error", () => inner.destroy());
    inner.on("error", () => socket.destroy());
    socket.pipe(inner).pipe(socket);
  });
  server.on("tlsClientError", () => {
    // A client that does not trust the certificate goes away: the test asks that client why.
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => server.close());
  return { port: (server.address() as AddressInfo).port, pem };
}

test("a broker with TLS is taken by the certificate that is named, and by no other", {
  skip: skip || missing(openssl),
}, async (t) => {
  const broker = await startMosquitto(t, user);
  const { port, pem } = await tlsDoor(t, broker);
  const outcome = async (ca: Buffer | null): Promise<string> => {
    let settle: (outcome: string) => void = () => {};
    const settled = new Promise<string>((resolve) => {
      settle = resolve;
    });
    const login = {
      url: `mqtts://127.0.0.1:${port}`,
      clientId: "emberwatch-hub-test",
      credentials: { username: user, password: broker.password },
      ca,
      will: { topic: "gone", payload: "offline" },
      subscribeTo: ["homeassistant/status"],
    };
    const listener = { onUp: () => settle("up"), onMessage: () => {}, onDown: settle };
    const connection = openMqttBroker(login, listener);
    const result = await settled;
    await connection.stop({ topic: "gone", payload: "offline" });
    return result;
  };
  assert.equal(await outcome(pem), "up");
  assert.match(await outcome(null), /self-signed certificate/);
});
