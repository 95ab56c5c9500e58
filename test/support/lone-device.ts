import type { TestContext } from "node:test";
import type { DeviceEvent } from "#core/device-event.ts";
import type { ZoneOutputs } from "#core/zone/zone-conditions.ts";
import { DeviceAgent } from "#edge/device-agent.ts";
import type { DeviceAgentOptions } from "#edge/device-agent-options.ts";
import type { DeviceLinkOptions } from "#edge/device-link.ts";
import { eventEntry } from "#edge/event-entry.ts";
import type { EventKeeper } from "#edge/event-keeper.ts";
import type { CommandMessage } from "#wire/command-messages.ts";
import type { RegionsMessage, ReplyMessage, StateMessage } from "#wire/device-messages.ts";
import { commandTopic } from "#wire/topics.ts";
import { ManualClock } from "./manual-clock.ts";
import { quietLink } from "./quiet-link.ts";
import { ScriptedAir, ScriptedCamera, ScriptedRoom } from "./scripted-camera.ts";

const framePeriodMs = 115;
/** The device has learnt the room by then. */
const learntSeconds = 15;
let commands = 0;

type WithoutId = CommandMessage extends infer Command
  ? Command extends CommandMessage
    ? Omit<Command, "id" | "v" | "issuedAtMicros" | "ttlSeconds">
    : never
  : never;

/** What a test may say besides the agent's options. */
export interface LoneDeviceChanges {
  readonly clock?: ManualClock;
  /** How hot the fire is; left out, FIRE without severe heat. */
  readonly fireCentikelvin?: number;
}

/** A device with a link to nobody, whose room a test burns; time passes only when the test lets it. */
export class LoneDevice {
  readonly clock: ManualClock;
  readonly room: ScriptedRoom;
  readonly camera = new ScriptedCamera();
  readonly air = new ScriptedAir();
  /** Everything in its order: "panel on", "output alarm", "told level". */
  readonly order: string[] = [];
  readonly events: DeviceEvent[] = [];
  readonly log: string[] = [];
  /** How often it has told regions and proposals. */
  regionsTold = 0;
  zoneOutputs: ZoneOutputs | null = null;
  readonly agent: DeviceAgent;
  #link: DeviceLinkOptions | null = null;
  #reply: ReplyMessage | null = null;

  constructor(options: Partial<DeviceAgentOptions> & LoneDeviceChanges = {}) {
    const { clock = new ManualClock(), fireCentikelvin = 39_000, ...changes } = options;
    this.room = new ScriptedRoom({ fireCentikelvin });
    this.clock = clock;
    this.agent = new DeviceAgent({
      deviceId: "kitchen",
      name: "Kitchen",
      source: "camera",
      camera: this.camera,
      air: this.air,
      clock,
      brokerUrl: "",
      makeLink: (link) => this.#makeLink(link),
      dataFolder: null,
      demo: null,
      softwareVersion: "0",
      log: (line) => this.log.push(line),
      onOutput: ({ level }) => this.order.push(`output ${level}`),
      onZoneOutputs: (outputs) => {
        this.zoneOutputs = outputs;
        this.order.push(`panel ${outputs.panel}, evacuation ${outputs.evacuation}`);
      },
      ...changes,
    });
  }

  /** Starts the device; it stops with the test at the latest. */
  async start(context: TestContext): Promise<void> {
    context.after(() => this.agent.stop());
    await this.agent.start();
  }

  /** Time goes by with pictures of the room. */
  pass(seconds: number): void {
    for (let n = 0; n < (seconds * 1_000) / framePeriodMs; n += 1) {
      this.clock.advanceMs(framePeriodMs);
      const atMicros = this.clock.nowMicros();
      this.camera.show(this.room.frameAt(atMicros));
      if (n % 43 === 0)
        this.air.read({
          sampledAtMicros: atMicros,
          co2Ppm: 600,
          temperatureCelsius: 21,
          humidityPercent: 40,
        });
    }
  }

  burn(): void {
    this.room.burn(this.clock.nowMicros());
  }

  /** Learns the room and lets it burn; whether relay and sounder act within half a minute. */
  findsFire(): boolean {
    this.pass(learntSeconds);
    this.burn();
    this.pass(30);
    return this.order.includes("output alarm");
  }

  /** Whether it says that it cannot rely on its disk. */
  get distrustsDisk(): boolean {
    return this.agent.state?.troubles.some(({ code }) => code === "state-not-saved") ?? false;
  }

  /** Tells the device to do something; answers what it says. */
  command(command: WithoutId): ReplyMessage {
    // A device remembers ids over its restart, and does none of them twice.
    commands += 1;
    const id = `command-${commands}`;
    const stamp = { issuedAtMicros: this.clock.nowMicros(), ttlSeconds: 60 };
    const body = JSON.stringify({ v: 1, id, ...stamp, ...command });
    this.#link!.onCommand(commandTopic("kitchen", command.command), Buffer.from(body));
    return this.#reply!;
  }

  act(act: Extract<CommandMessage, { command: "act" }>["act"]): ReplyMessage {
    return this.command({ command: "act", act, by: "Ada", reason: "looked", minutes: null });
  }

  /** What waits for the hub. */
  get keeper(): EventKeeper {
    return this.#link!.keeper;
  }

  /** What it would tell a hub now. */
  get told(): { readonly state: StateMessage; readonly regions: RegionsMessage } {
    return { state: this.#link!.state(), regions: this.#link!.regions() };
  }

  #makeLink(link: DeviceLinkOptions) {
    this.#link = link;
    return quietLink({
      sendRegions: () => {
        this.regionsTold += 1;
      },
      reply: (_id: string, reply: ReplyMessage) => {
        this.#reply = reply;
      },
      addEvent: (event: DeviceEvent) => {
        this.events.push(event);
        this.order.push(event.type === "zone" ? `told zone ${event.event.type}` : `told ${event.type}`);
        const id = `event-${this.clock.nowMicros()}-${this.events.length}`;
        link.keeper.add(eventEntry({ v: 1, id, event }));
        return id;
      },
    });
  }
}
