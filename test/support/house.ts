import assert from "node:assert/strict";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import type { AlarmLevel } from "#core/alarm/alarm-state.ts";
import type { DeviceEvent } from "#core/device-event.ts";
import { Random } from "#core/random.ts";
import { DeviceAgent } from "#edge/device-agent.ts";
import type { DeviceAgentOptions } from "#edge/device-agent-options.ts";
import type { LocalOutput } from "#edge/local-output.ts";
import { uplinkTo } from "#edge/uplink-to.ts";
import { Hub } from "#hub/hub.ts";
import type { HubOptions } from "#hub/hub-options.ts";
import {
  type DeviceView,
  deviceListSchema,
  eventPageSchema,
  type History,
  historySchema,
} from "#wire/hub-api.ts";
import { LiveClient } from "./live-client.ts";
import { ManualClock } from "./manual-clock.ts";
import { ScriptedAir, ScriptedCamera, ScriptedRoom } from "./scripted-camera.ts";
import { TcpProxy } from "./tcp-proxy.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const framePeriodMs = 111;

/** A hub, a cable and a device in one process; time passes only when the test lets it. */
export class House {
  readonly clock = new ManualClock();
  readonly room = new ScriptedRoom();
  readonly outputs: LocalOutput[] = [];
  readonly log: string[] = [];
  readonly #context: TestContext;
  #folder = "";
  camera = new ScriptedCamera();
  air = new ScriptedAir();
  hub: Hub | null = null;
  agent: DeviceAgent | null = null;
  httpUrl = "";
  #mqttPort = 0;
  #login = { username: "", password: "" };
  cable: TcpProxy | null = null;
  /** Who the hub tells of alarms, from its next start on. */
  notification: HubOptions["notification"];
  #brokerUrl = "";

  constructor(context: TestContext) {
    this.#context = context;
  }

  static async build(context: TestContext): Promise<House> {
    const house = new House(context);
    // Hooks run in the order in which they are set: everything stops before the folder goes.
    context.after(async () => {
      house.cable?.cut();
      await house.agent?.stop();
      await house.cable?.stop();
      await house.hub?.stop();
    });
    house.#folder = await temporaryFolder(context);
    await house.startHub();
    house.cable = new TcpProxy(house.#mqttPort);
    house.#brokerUrl = `mqtt://127.0.0.1:${await house.cable.start()}`;
    return house;
  }

  hubOptions(changes: Partial<HubOptions> = {}): HubOptions {
    return {
      clock: this.clock,
      dataFolder: join(this.#folder, "hub"),
      host: "127.0.0.1",
      port: 0,
      mqttPort: this.#mqttPort,
      dashboardFolder: null,
      notification: this.notification,
      softwareVersion: "0.1.0",
      log: (line) => this.log.push(line),
      ...changes,
    };
  }

  async startHub(): Promise<void> {
    this.hub = new Hub(this.hubOptions());
    const { httpUrl, mqttUrl, credentialsFor } = await this.hub.start();
    this.httpUrl = httpUrl;
    this.#mqttPort = Number(new URL(mqttUrl).port);
    this.#login = credentialsFor("kitchen");
  }

  async startAgent(changes: Partial<DeviceAgentOptions> = {}): Promise<void> {
    this.camera = new ScriptedCamera();
    this.air = new ScriptedAir();
    this.agent = new DeviceAgent({
      deviceId: "kitchen",
      name: "Kitchen",
      source: "camera",
      camera: this.camera,
      air: this.air,
      clock: this.clock,
      brokerUrl: this.#brokerUrl,
      makeLink: uplinkTo({
        random: new Random(6),
        brokerUrl: this.#brokerUrl,
        credentials: () => this.#login,
      }),
      dataFolder: this.agentFolder,
      demo: null,
      softwareVersion: "0.1.0",
      log: (line) => this.log.push(line),
      onOutput: (output) => this.outputs.push(output),
      ...changes,
    });
    await this.agent.start();
  }

  /** How a device finds the hub, and shows who it is. */
  get way(): { readonly brokerUrl: string; readonly login: { username: string; password: string } } {
    return { brokerUrl: this.#brokerUrl, login: this.#login };
  }

  get agentFolder(): string {
    return join(this.#folder, "kitchen");
  }

  /** The room goes on for so long; after each second what is on its way gets its turn. */
  async pass(seconds: number): Promise<void> {
    const frames = Math.round((seconds * 1_000) / framePeriodMs);
    for (let n = 0; n < frames; n += 1) {
      this.clock.advanceMs(framePeriodMs);
      const atMicros = this.clock.nowMicros();
      this.camera.show(this.room.frameAt(atMicros));
      if (n % 9 !== 0) continue;
      this.air.read({ sampledAtMicros: atMicros, co2Ppm: 600, temperatureCelsius: 21, humidityPercent: 40 });
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** A page that sees everything from now on. */
  page(): LiveClient {
    const page = new LiveClient(this.httpUrl);
    this.#context.after(() => page.close());
    return page;
  }

  async view(): Promise<DeviceView> {
    const response = await fetch(`${this.httpUrl}/api/devices`);
    const { devices } = deviceListSchema.parse(await response.json());
    assert.equal(devices.length, 1);
    return devices[0]!;
  }

  /** The seconds of a span that the hub's history has. */
  async history(fromMicros: number, toMicros: number): Promise<History["points"]> {
    const points = Math.round((toMicros - fromMicros) / 1e6);
    const span = `from=${fromMicros}&to=${toMicros}&points=${points}`;
    const response = await fetch(`${this.httpUrl}/api/devices/kitchen/history?${span}`);
    return historySchema.parse(await response.json()).points;
  }

  async levelEvents(): Promise<AlarmLevel[]> {
    return (await this.events()).flatMap((event) => (event.type === "level" ? [event.level] : []));
  }

  async sequences(): Promise<number[]> {
    return (await this.events()).map(({ sequence }) => sequence);
  }

  /** All events of the device's alarm machine that the hub keeps, oldest first. */
  async events(): Promise<AlarmEvent[]> {
    return (await this.deviceEvents()).filter((event) => event.type !== "zone" && event.type !== "notice");
  }

  /** Everything that the hub keeps of the device, oldest first. */
  async deviceEvents(): Promise<DeviceEvent[]> {
    const response = await fetch(`${this.httpUrl}/api/events?device=kitchen&limit=500`);
    const { events } = eventPageSchema.parse(await response.json());
    return events.map(({ event }) => event).reverse();
  }

  /** The comings (true) and goings of the trouble that the hub was away, as the hub keeps them. */
  async linkTroubles(): Promise<boolean[]> {
    return (await this.events()).flatMap((event) =>
      event.type === "trouble" && event.code === "link-down" ? [event.active] : [],
    );
  }

  async act(act: string): Promise<Response> {
    return fetch(`${this.httpUrl}/api/devices/kitchen/acts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ act, by: "Ada" }),
    });
  }
}
