import { join } from "node:path";
import { DeviceAgent } from "#edge/device-agent.ts";
import { uplinkTo } from "#edge/uplink-to.ts";
import { loadFeatureKernel } from "#kernels/web-assembly-feature-kernel.ts";
import { LeptonCamera } from "#sensors/lepton/lepton-camera.ts";
import { defaultLeptonSettings } from "#sensors/lepton/lepton-settings.ts";
import { Scd41Sensor } from "#sensors/scd41/scd41-sensor.ts";
import { defaultScd41Settings } from "#sensors/scd41/scd41-settings.ts";
import { LiveRoom, type LiveRoomOptions } from "#simulation/demo/live-room.ts";
import type { Invocation } from "./command.ts";
import { emulatedBench } from "./emulate/emulated-bench.ts";
import type { HubConnection } from "./hub-connection.ts";
import { machineRandom } from "./machine-random.ts";
import { softwareVersion } from "./software-version.ts";
import { systemClock } from "./system-clock.ts";

/** Seconds from start to the fire of `up --demo --fire`: long enough to open the page. */
export const igniteSecondsAfterStart = 10;

/** Video segments that may wait: this program is no real-time system, and a busy machine must not look like a lost camera. */
const segmentsKept = 106;

interface WatchedRoom {
  readonly id: string;
  readonly name: string;
  readonly kind: LiveRoomOptions["kind"];
  readonly seed: number;
}

const watchedRooms: readonly WatchedRoom[] = [
  { id: "office", name: "Office (simulated)", kind: "occupied", seed: 10 },
  { id: "workshop", name: "Workshop (simulated)", kind: "workshop", seed: 3 },
];

/**
 * The demo's two rooms, each watched by a device of its own over MQTT: the real drivers, on a Lepton 3.5 and an SCD41
 * emulated to the byte.
 */
export function demoAgents(invocation: Invocation, hub: HubConnection): Promise<readonly DeviceAgent[]> {
  return Promise.all(
    watchedRooms.map(async (watched) => {
      const room = new LiveRoom({
        seed: watched.seed,
        startMicros: systemClock.nowMicros(),
        kind: watched.kind,
      });
      const bench = emulatedBench({
        room,
        clock: systemClock,
        seed: watched.seed,
        segmentsKept,
        pictures: null,
      });
      const burns = watched.kind === "workshop";
      if (burns && invocation.switches.has("fire")) {
        systemClock.after(igniteSecondsAfterStart * 1_000, () => room.ignite());
      }
      return new DeviceAgent({
        deviceId: watched.id,
        name: watched.name,
        source: "emulated",
        camera: new LeptonCamera({
          spi: bench.lepton.spi,
          i2c: bench.i2c,
          power: bench.lepton.powerLine,
          clock: systemClock,
          settings: defaultLeptonSettings,
        }),
        air: new Scd41Sensor({
          i2c: bench.i2c,
          power: bench.scd41.powerLine,
          clock: systemClock,
          settings: defaultScd41Settings,
        }),
        clock: systemClock,
        kernel: loadFeatureKernel(),
        model: hub.model,
        brokerUrl: hub.mqttUrl,
        makeLink: uplinkTo({
          random: machineRandom(),
          brokerUrl: hub.mqttUrl,
          credentials: await hub.credentialsFor(watched.id),
        }),
        dataFolder: join(hub.dataFolder, "devices", watched.id),
        demo: burns ? fireOf(room) : null,
        softwareVersion: softwareVersion(),
        log: (line) => invocation.output.note(line),
      });
    }),
  );
}

function fireOf(room: LiveRoom): { ignite(): string; extinguish(): string } {
  return {
    ignite() {
      if (room.burning) return "The small fire in the simulated room burns already.";
      room.ignite();
      return "A small fire has been lit in the simulated room.";
    },
    extinguish() {
      if (!room.burning) return "Nothing burns in the simulated room.";
      room.extinguish();
      return "The fire has been put out. What it heated is still hot: for about three minutes a reset alarm comes back.";
    },
  };
}
