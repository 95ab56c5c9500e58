import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { systemClock } from "#cli/system-clock.ts";
import type { BrokerConnectionListener } from "#core/messaging/broker-connection.ts";
import { Random } from "#core/random.ts";
import { connectByMqtt } from "#edge/mqtt-connection.ts";
import { Broker } from "#hub/broker.ts";
import { DeviceCredentials } from "#hub/device-credentials.ts";
import { Refusals } from "#hub/refusals.ts";
import type { Reordering } from "#simulation/network/dispatch-lanes.ts";
import { SimulatedBroker } from "#simulation/network/simulated-broker.ts";
import { bundledMqtt } from "#support/bundled-mqtt.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { mosquittoMissing, startMosquitto } from "#support/mosquitto.ts";
import { passMs } from "#support/settle.ts";
import { TcpProxy } from "#support/tcp-proxy.ts";
import {
  type BrokerBench,
  brokerConnectionContract,
  contractDevice,
  contractFilters,
  contractWill,
  type HeardMessage,
} from "./broker-connection.contract.ts";

const request = { clientId: contractDevice, subscribeTo: contractFilters, will: contractWill };

const installed = bundledMqtt();

test("the MQTT.js that is installed has nothing for browsers and proxies", async () => {
  const { text } = await installed;
  const holds = (name: string): boolean => text.includes(`node_modules/${name}/`);
  assert.ok(holds("mqtt-packet"));
  for (const name of ["readable-stream", "worker-timers", "socks", "ws"]) assert.ok(!holds(name), name);
});

async function simulatedBench(reordering: Reordering | null): Promise<BrokerBench> {
  const clock = new ManualClock();
  const heard: HeardMessage[] = [];
  const broker = new SimulatedBroker({ clock, random: new Random(4) });
  broker.line(contractDevice).duplicates = 0.5;
  broker.line(contractDevice).reordering = reordering;
  broker.start({
    admits: ({ credentials }) => "password" in credentials && credentials.password === "right",
    onPublication: ({ topic, payload }) => heard.push({ topic, text: new TextDecoder().decode(payload) }),
  });
  return {
    heard,
    connect: (listener, password) =>
      broker.connect(
        clock,
        { ...request, url: "mqtt://simulated", credentials: { username: contractDevice, password } },
        listener,
      ),
    publish: (topic, payload) => broker.publish({ topic, payload }),
    cutLine: () => broker.reset(contractDevice),
    until: async (condition) => {
      while (!condition()) await passMs(clock, 10);
    },
  };
}

/** A device that reaches a broker of this machine through a cable that can be cut. */
async function cabledBench(broker: {
  readonly context: TestContext;
  readonly port: number;
  readonly password: string;
  readonly heard: readonly HeardMessage[];
  readonly publish: BrokerBench["publish"];
  readonly connect?: typeof connectByMqtt;
}): Promise<BrokerBench> {
  const { connect = connectByMqtt } = broker;
  const cable = new TcpProxy(broker.port);
  const port = await cable.start();
  broker.context.after(() => cable.stop());
  return {
    heard: broker.heard,
    connect: (listener: BrokerConnectionListener, password) =>
      connect(
        {
          ...request,
          url: `mqtt://127.0.0.1:${port}`,
          credentials: {
            username: contractDevice,
            password: password === "right" ? broker.password : "wrong",
          },
        },
        listener,
      ),
    publish: broker.publish,
    cutLine: () => cable.cut(),
    until: async (condition) => {
      while (!condition()) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

async function aedesBench(context: TestContext, connect = connectByMqtt): Promise<BrokerBench> {
  const heard: HeardMessage[] = [];
  const credentials = new DeviceCredentials(Buffer.alloc(32, 3));
  const broker = new Broker({
    plain: { host: "127.0.0.1", port: 0, credentials },
    secure: null,
    refusals: new Refusals(systemClock, () => {}),
    log: () => {},
    onPublication: ({ topic, payload }) =>
      heard.push({ topic: `emberwatch/v1/${topic.device}/${topic.kind}`, text: payload.toString() }),
  });
  const { plainUrl } = await broker.start();
  const url = plainUrl ?? "";
  context.after(() => broker.stop());
  return cabledBench({
    context,
    port: Number(new URL(url).port),
    password: credentials.loginFor(contractDevice).password,
    heard,
    publish: (topic, payload) => void broker.publish({ topic, payload, qos: 0 }),
    connect,
  });
}

async function mosquittoBench(context: TestContext): Promise<BrokerBench> {
  const mosquitto = await startMosquitto(context, contractDevice);
  return cabledBench({ context, ...mosquitto });
}

brokerConnectionContract({ name: "simulated", skip: false, bench: () => simulatedBench(null) });
brokerConnectionContract({
  name: "simulated, in no more order than MQTT promises",
  skip: false,
  bench: () => simulatedBench({ heldShare: 0.5, heldMsMax: 2_000, lateShare: 0.5, lateMsMax: 5_000 }),
});
brokerConnectionContract({
  name: "MQTT.js with the hub's broker (aedes)",
  skip: false,
  bench: (context) => aedesBench(context),
});
brokerConnectionContract({
  name: "MQTT.js as it is installed, with the hub's broker (aedes)",
  skip: false,
  bench: async (context) => aedesBench(context, (await installed).connectByMqtt),
});
brokerConnectionContract({
  name: "MQTT.js with mosquitto",
  skip: mosquittoMissing(),
  bench: mosquittoBench,
});
