import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { type TestContext, test } from "node:test";
import { healthMessage, sampleMicros, stateAtRest } from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { type Mosquitto, mosquittoMissing, startMosquitto } from "#support/mosquitto.ts";
import { missing, mosquittoSub, pathOf } from "#support/outside-program.ts";
import { TcpProxy } from "#support/tcp-proxy.ts";
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
  const removal = subscribed(broker, { filter, count: 2 });
  comeAgainAndAgain(t, broker);
  forget();
  const ticking = setInterval(() => clock.advanceMs(1_000), 20);
  t.after(() => clearInterval(ticking));
  assert.equal((await removal).at(-1)?.[1], "");
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
