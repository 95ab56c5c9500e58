import assert from "node:assert/strict";
import { test } from "node:test";
import { PNG } from "pngjs";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import { healthMessage, sampleMicros, stateAtRest, telemetryMessageAt } from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import type { TelemetryMessage } from "#wire/device-messages.ts";
import { encodeLiveFrame } from "#wire/live-frame-codec.ts";
import { DeviceRegistry, silentAfterMs } from "../../device-registry.ts";
import { DeviceFactsKeeper } from "../device-facts.ts";
import { defaultIntegrationsConfig, type IntegrationsConfig } from "../integrations-config.ts";
import { HomeAssistantBridge } from "./home-assistant-bridge.ts";
import type { BrokerListener } from "./home-assistant-broker.ts";

interface Said {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  readonly keep: "retained" | "passing";
}

function stage(changes: Partial<IntegrationsConfig["homeAssistant"]> = {}) {
  const clock = new ManualClock(sampleMicros);
  const said: Said[] = [];
  const asked: string[] = [];
  const logged: string[] = [];
  const opened: BrokerListener[] = [];
  let views = (): ReturnType<DeviceRegistry["views"]> => registry.views();
  const registry = new DeviceRegistry(clock, (view) => bridge.tellOf(facts.of(view)));
  const facts = new DeviceFactsKeeper(clock, () => views());
  const bridge = new HomeAssistantBridge({
    clock,
    config: { ...defaultIntegrationsConfig.homeAssistant, ...changes, brokerUrl: "mqtt://127.0.0.1" },
    login: { credentials: null, ca: null },
    openBroker: (_login, listener) => {
      opened.push(listener);
      return {
        publish: (message) => {
          said.push(message);
          return true;
        },
        stop: async ({ topic, payload }) => {
          said.push({ topic, payload, keep: "retained" });
        },
      };
    },
    devices: () => facts.now(),
    askForPictures: (device) => asked.push(device),
    softwareVersion: "0.1.0",
    log: (line) => logged.push(line),
  });
  bridge.start();
  return {
    clock,
    registry,
    said,
    asked,
    logged,
    bridge,
    listener: opened[0]!,
    hear: (id: string, telemetry: Partial<TelemetryMessage> = {}): void => {
      const message = telemetryMessageAt(clock.nowMicros(), telemetry);
      registry.hearTelemetry(id, message);
      facts.hearTelemetry(id, message);
    },
    say: (id: string, state: AlarmState): void => {
      registry.hearState(id, { v: 1, atMicros: clock.nowMicros(), state });
    },
    /** The hub forgets a device. */
    forget: (id: string): void => {
      views = () => registry.views().filter((view) => view.id !== id);
    },
    /** What was said on topics that end so, and forgets all. */
    take: (ending: string): readonly Said[] => {
      const matching = said.filter(({ topic }) => topic.endsWith(ending));
      said.length = 0;
      return matching;
    },
  };
}

function valuesIn(messages: readonly Said[]): Record<string, unknown> {
  return JSON.parse(String(messages.at(-1)?.payload)) as Record<string, unknown>;
}

test("a device is introduced once, retained, and its values are not retained", () => {
  const { registry, listener, said, hear, say } = stage();
  registry.hearHealth("kitchen", healthMessage());
  say("kitchen", stateAtRest);
  hear("kitchen");
  assert.deepEqual(said, []);
  listener.onUp();
  assert.deepEqual(
    said.map(({ topic, keep }) => [topic, keep]),
    [
      ["emberwatch-home-assistant/emberwatch/availability", "retained"],
      ["homeassistant/device/emberwatch/kitchen/config", "retained"],
      ["emberwatch-home-assistant/emberwatch/device/kitchen/availability", "retained"],
      ["emberwatch-home-assistant/emberwatch/device/kitchen/state", "passing"],
    ],
  );
  assert.deepEqual(valuesIn(said), {
    fire: "OFF",
    heat: "OFF",
    gas: "OFF",
    problem: "OFF",
    troubles: [],
    hottestCelsius: 31.5,
    airCelsius: 21.5,
    co2Ppm: 620,
    humidityPercent: 40,
  });
});

test("no component can be commanded, and each has a name of its own", () => {
  const { registry, listener, take } = stage({ pictureDevices: ["kitchen"] });
  registry.hearHealth("kitchen", healthMessage());
  listener.onUp();
  const message = String(take("/config")[0]!.payload);
  assert.doesNotMatch(message, /command/);
  const { components } = JSON.parse(message) as { components: Record<string, Record<string, unknown>> };
  const names = Object.values(components).map((component) => component["unique_id"]);
  assert.equal(new Set(names).size, Object.keys(components).length);
  assert.deepEqual(
    Object.values(components).map((component) => component["device_class"]),
    [
      "smoke",
      "heat",
      "gas",
      "problem",
      "temperature",
      "temperature",
      "carbon_dioxide",
      "humidity",
      undefined,
    ],
  );
  for (const [name, component] of Object.entries(components))
    if (name !== "picture") assert.equal(component["expire_after"], 60, name);
});

test("an alarm is told at once", () => {
  const { registry, listener, take, say } = stage();
  registry.hearHealth("kitchen", healthMessage());
  say("kitchen", stateAtRest);
  listener.onUp();
  take("");
  say("kitchen", { ...stateAtRest, level: "alarm" });
  const values = valuesIn(take("/state"));
  assert.equal(values["fire"], "ON");
  assert.equal(values["heat"], "ON");
});

test("unknown is null and never off: before the first state, and while a device is silent", () => {
  const { clock, registry, listener, take, say, hear } = stage();
  registry.hearHealth("kitchen", healthMessage());
  listener.onUp();
  const first = valuesIn(take("/state"));
  assert.deepEqual([first["fire"], first["heat"], first["gas"], first["co2Ppm"]], [null, null, null, null]);
  say("kitchen", stateAtRest);
  hear("kitchen");
  take("");
  clock.advanceMs(silentAfterMs + 1_000);
  registry.checkSilence();
  const said = [...take("")];
  assert.deepEqual(
    said.find(({ topic }) => topic.endsWith("/kitchen/availability")),
    {
      topic: "emberwatch-home-assistant/emberwatch/device/kitchen/availability",
      payload: "offline",
      keep: "retained",
    },
  );
  const values = valuesIn(said.filter(({ topic }) => topic.endsWith("/state")));
  assert.deepEqual([values["fire"], values["problem"], values["hottestCelsius"]], [null, "ON", null]);
  assert.deepEqual(values["troubles"], ["The device is silent: nothing is known of its room."]);
});

test("figures that move are told every ten seconds, one that is lost at once", () => {
  const { clock, registry, listener, take, hear } = stage();
  registry.hearHealth("kitchen", healthMessage());
  hear("kitchen");
  listener.onUp();
  take("");
  const told: number[] = [];
  for (let second = 1; second <= 20; second += 1) {
    clock.advanceMs(999);
    hear("kitchen", { hottest: { x: 1, y: 1, celsius: 30 + second }, co2Ppm: second > 14 ? null : 600 });
    clock.advanceMs(1);
    if (take("/state").length > 0) told.push(second);
  }
  assert.deepEqual(told, [10, 15]);
});

test("everything is said anew when Home Assistant comes, and when the connection does", () => {
  const { registry, listener, take, logged } = stage();
  registry.hearHealth("kitchen", healthMessage());
  listener.onUp();
  assert.equal(take("").length, 4);
  listener.onMessage("homeassistant/status", Buffer.from("offline"));
  assert.equal(take("").length, 0);
  listener.onMessage("homeassistant/status", Buffer.from("online"));
  assert.equal(take("").length, 4);
  listener.onDown("connect ECONNREFUSED");
  assert.match(logged.join(), /not connected: connect ECONNREFUSED/);
  listener.onUp();
  assert.equal(take("").length, 4);
});

test("a device that the hub has forgotten is removed, also one of an earlier run", () => {
  const { clock, registry, listener, take, forget } = stage();
  registry.hearHealth("kitchen", healthMessage());
  registry.hearHealth("attic", healthMessage());
  listener.onUp();
  listener.onMessage("homeassistant/device/emberwatch/cellar/config", Buffer.from("{}"));
  take("");
  forget("kitchen");
  clock.advanceMs(1_000);
  const removed = take("").filter(({ payload }) => payload === "");
  assert.deepEqual(
    removed.map(({ topic, keep }) => [topic, keep]),
    [
      ["homeassistant/device/emberwatch/kitchen/config", "retained"],
      ["emberwatch-home-assistant/emberwatch/device/kitchen/availability", "retained"],
      ["homeassistant/device/emberwatch/cellar/config", "retained"],
      ["emberwatch-home-assistant/emberwatch/device/cellar/availability", "retained"],
    ],
  );
  clock.advanceMs(1_000);
  assert.deepEqual(
    take("").filter(({ payload }) => payload === ""),
    [],
  );
});

const frame = encodeLiveFrame({
  width: 160,
  height: 120,
  unit: "centikelvin",
  capturedAtMicros: sampleMicros,
  frameCounter: 1,
  ffcState: null,
  pixels: Uint16Array.from({ length: 160 * 120 }, (_, k) => 29_500 + (k % 160)),
});

test("a picture is asked for and shown only of devices that are named, one at a time", () => {
  const { clock, registry, listener, take, asked, bridge, hear } = stage({
    pictureDevices: ["kitchen"],
    pictureEverySeconds: 5,
  });
  registry.hearHealth("kitchen", healthMessage());
  registry.hearHealth("bedroom", healthMessage());
  hear("kitchen");
  listener.onUp();
  assert.deepEqual(asked, ["kitchen"]);
  take("");
  // The page may watch both, so that their pictures come anyway.
  for (const device of ["kitchen", "kitchen", "bedroom"]) bridge.hearFrame(device, frame);
  const pictures = take("/picture");
  assert.deepEqual(
    pictures.map(({ topic, keep }) => [topic, keep]),
    [["emberwatch-home-assistant/emberwatch/device/kitchen/picture", "passing"]],
  );
  const png = PNG.sync.read(Buffer.from(pictures[0]!.payload as Uint8Array));
  assert.deepEqual([png.width, png.height], [160, 120]);
  for (let second = 0; second < 10; second += 1) {
    clock.advanceMs(1_000);
    hear("kitchen");
  }
  assert.deepEqual(asked, ["kitchen", "kitchen", "kitchen"]);
});

test("where no device is named, none is asked for a picture and a shown one is withdrawn", () => {
  const { registry, listener, take, asked, bridge } = stage();
  registry.hearHealth("kitchen", healthMessage());
  listener.onUp();
  const { components } = JSON.parse(String(take("/config")[0]!.payload)) as {
    components: Record<string, unknown>;
  };
  assert.deepEqual(components["picture"], { platform: "camera" });
  bridge.hearFrame("kitchen", frame);
  assert.deepEqual([asked, take("/picture")], [[], []]);
});

test("the hub says that it goes", async () => {
  const { bridge, listener, take } = stage();
  listener.onUp();
  take("");
  await bridge.stop();
  await bridge.stop();
  assert.deepEqual(take(""), [
    {
      topic: "emberwatch-home-assistant/emberwatch/availability",
      payload: "offline",
      keep: "retained",
    },
  ]);
});
