import type { AlarmState } from "#core/alarm/alarm-state.ts";
import type { NewEntry } from "#core/event-log/event-log.ts";
import type { BrokerConnectionListener, BrokerConnectionRequest } from "#core/messaging/broker-connection.ts";
import type { Random } from "#core/random.ts";
import type { Clock } from "#core/time.ts";
import type { ZoneOutputs } from "#core/zone/zone-conditions.ts";
import type { ZonePolicy } from "#core/zone/zone-policy.ts";
import type { ZoneState } from "#core/zone/zone-state.ts";
import { DeviceAgent } from "#edge/device-agent.ts";
import type { DeviceLink, DeviceLinkOptions } from "#edge/device-link.ts";
import type { LocalOutput } from "#edge/local-output.ts";
import type { AirSensor, AirSensorListener } from "#sensors/air-sensor.ts";
import type { ThermalCamera, ThermalCameraListener } from "#sensors/thermal-camera.ts";
import { MachineClock } from "#simulation/machine/machine-clock.ts";
import { ProcessClock } from "#simulation/machine/process-clock.ts";
import { SimulatedDisk } from "#simulation/machine/simulated-disk.ts";
import type { SimulatedBroker } from "#simulation/network/simulated-broker.ts";
import type { SimulatedConnection } from "#simulation/network/simulated-connection.ts";
import type { FaultPlan } from "./fault.ts";
import { NormalLife } from "./normal-life.ts";
import {
  type AirCondition,
  type CameraCondition,
  SmallRoom,
  smallAirPeriodMs,
  smallFramePeriodMs,
  smallPicture,
} from "./small-room.ts";
import { type UplinkWatcher, watchedUplink } from "./watched-uplink.ts";

/** One of so many pictures is sent while nothing happens: one a second. */
const restingEvery = 5;

/** What a simulated device needs. */
export interface SimulatedDeviceOptions {
  readonly id: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly driftPpm: number;
  /** How many entries its event log takes. */
  readonly logEntriesMax: number;
  /** Normal life in its room; null: the room is still. */
  readonly day: FaultPlan["day"];
  readonly broker: SimulatedBroker;
  readonly watcher: UplinkWatcher;
  readonly onOutput: (output: LocalOutput) => void;
  /** Of the zone that it runs by itself; null: none. */
  readonly zonePolicy: ZonePolicy | null;
  readonly onZoneOutputs: (outputs: ZoneOutputs) => void;
  /** A file is on its disk. */
  readonly onWritten: (path: string, text: string) => void;
}

interface Running {
  readonly clock: ProcessClock;
  readonly agent: DeviceAgent;
  readonly connections: Set<SimulatedConnection>;
  camera: ThermalCameraListener | null;
  air: AirSensorListener | null;
  unkept: () => readonly NewEntry[];
}

/** A machine with a real device agent in a process that can be killed, and sensors that look at a small room. */
export class SimulatedDevice {
  readonly id: string;
  readonly logEntriesMax: number;
  readonly machine: MachineClock;
  readonly disk: SimulatedDisk;
  readonly room: SmallRoom;
  camera: CameraCondition = "works";
  air: AirCondition = "works";
  readonly #options: SimulatedDeviceOptions;
  #running: Running | null = null;
  #boots = 0;
  #events = 0;
  #looks = 0;

  constructor(options: SimulatedDeviceOptions) {
    const { id, clock, random, driftPpm } = options;
    this.id = id;
    this.logEntriesMax = options.logEntriesMax;
    this.#options = options;
    this.machine = new MachineClock({ base: clock, driftPpm });
    const { logEntriesMax: entriesMax, onWritten } = options;
    this.disk = new SimulatedDisk({ clock, random, entriesMax, onWritten });
    this.room = new SmallRoom(
      random,
      options.day === null ? null : new NormalLife(random, options.day.lengthMs),
    );
    const phaseMs = random.between(0, smallFramePeriodMs);
    clock.after(phaseMs, () => clock.every(smallFramePeriodMs, () => this.#look()));
    clock.after(5 * phaseMs, () => clock.every(smallAirPeriodMs, () => this.#breathe()));
  }

  /** True while its process runs. */
  get runs(): boolean {
    return this.#running !== null;
  }

  /** How often it was started. */
  get boots(): number {
    return this.#boots;
  }

  /** The alarm state of the agent; null while none runs. */
  get state(): AlarmState | null {
    return this.#running?.agent.state ?? null;
  }

  /** Its own zone; null while it does not run, and where it runs none. */
  get zoneState(): ZoneState | null {
    return this.#running?.agent.zoneState ?? null;
  }

  /** What its keeper holds in memory only. */
  get unkept(): readonly NewEntry[] {
    return this.#running?.unkept() ?? [];
  }

  /** Starts the process; resolves when the agent has started. */
  async boot(): Promise<void> {
    const clock = new ProcessClock(this.machine);
    this.#boots += 1;
    const running: Running = {
      clock,
      agent: this.#agent(clock, () => running),
      connections: new Set(),
      camera: null,
      air: null,
      unkept: () => [],
    };
    this.#running = running;
    await running.agent.start();
  }

  /** Ends the process between two instructions; of what was being written a part is on the disk. */
  kill(how: "killed" | "power cut"): void {
    const running = this.#running;
    if (running === null) return;
    this.#running = null;
    running.clock.kill();
    running.camera = null;
    running.air = null;
    for (const connection of running.connections) connection.clientGone(how);
    this.disk.cutPower();
  }

  #agent(clock: ProcessClock, running: () => Running): DeviceAgent {
    const { id } = this.#options;
    const camera: ThermalCamera = {
      start: async (listener) => {
        running().camera = listener;
      },
      stop: async () => {
        running().camera = null;
      },
    };
    const air: AirSensor = {
      periodSeconds: smallAirPeriodMs / 1_000,
      start: async (listener) => {
        running().air = listener;
      },
      stop: async () => {
        running().air = null;
      },
    };
    return new DeviceAgent({
      deviceId: id,
      name: id,
      source: "camera",
      camera,
      air,
      clock,
      brokerUrl: "mqtt://simulated",
      makeLink: (options) => this.#link(options, { clock, running }),
      dataFolder: "/data",
      disk: this.disk,
      demo: null,
      softwareVersion: "0",
      log: () => {},
      pictureSize: smallPicture,
      onOutput: (output) => this.#options.onOutput(output),
      zonePolicy: this.#options.zonePolicy,
      onZoneOutputs: (outputs) => this.#options.onZoneOutputs(outputs),
    });
  }

  #link(options: DeviceLinkOptions, process: { clock: ProcessClock; running: () => Running }): DeviceLink {
    const { random, broker, id, watcher } = this.#options;
    const running = process.running();
    running.unkept = () => options.keeper.unkept();
    const uplinkOptions = {
      ...options,
      random,
      newEventId: () => this.#newEventId(),
      brokerUrl: "mqtt://simulated",
      credentials: () => ({ username: id, password: "simulated" }),
      connect: (request: BrokerConnectionRequest, listener: BrokerConnectionListener) => {
        const connection = broker.open(process.clock, request, listener);
        running.connections.add(connection);
        return connection;
      },
    };
    return watchedUplink(uplinkOptions, watcher);
  }

  #newEventId(): string {
    this.#events += 1;
    return `${this.id}-event-${this.#events}`;
  }

  #look(): void {
    if (this.#restsCamera()) return;
    this.room.live(this.#options.clock.monotonicMs());
    const frame = this.room.frame(this.camera, this.machine.nowMicros());
    if (frame !== null) this.#running?.camera?.onFrame(frame);
  }

  /** Most of a day nothing happens, and a picture a second says so. */
  #restsCamera(): boolean {
    const { day, clock } = this.#options;
    this.#looks += 1;
    if (day === null || this.#looks % restingEvery === 0) return false;
    const nowMs = clock.monotonicMs();
    return !day.busy.some(({ fromMs, toMs }) => fromMs <= nowMs && nowMs < toMs);
  }

  #breathe(): void {
    const sample = this.room.reading(this.air, this.machine.nowMicros());
    if (sample !== null) this.#running?.air?.onSample(sample);
  }
}
