import { join } from "node:path";
import { DeviceAgent } from "#edge/device-agent.ts";
import { recordHere } from "#edge/device-recorder.ts";
import { defaultContinuousPolicy, defaultEvidencePolicy } from "#edge/recording-policies.ts";
import { uplinkTo } from "#edge/uplink-to.ts";
import { loadFeatureKernel } from "#kernels/web-assembly-feature-kernel.ts";
import type { HubConnection } from "./hub-connection.ts";
import { machineRandom } from "./machine-random.ts";
import { makeSensors } from "./make-sensors.ts";
import type { SensorPlan } from "./sensor-plan.ts";
import { linuxWiring, type SensorWiring, servedWiring } from "./sensor-wiring.ts";
import { softwareVersion } from "./software-version.ts";
import { systemClock } from "./system-clock.ts";

/** A device on sensors of this machine, and what lets go of its buses after it has stopped. */
export interface SensorAgent {
  readonly agent: DeviceAgent;
  release(): Promise<void>;
}

/** What a sensor agent works with. */
export interface SensorAgentOptions {
  readonly hub: HubConnection;
  readonly log: (line: string) => void;
}

/**
 * A device agent on sensors of this machine, or on emulated ones served at a socket. Throws `Failure` when nobody serves
 * there; a bus that is not there and a sensor that does not answer are no failures: they are trouble, and tried for as
 * long as it takes.
 */
export async function sensorAgent(plan: SensorPlan, { hub, log }: SensorAgentOptions): Promise<SensorAgent> {
  const wiring = await wiringOf(plan);
  const deviceId = "room";
  const dataFolder = join(hub.dataFolder, "devices", deviceId);
  const agent = new DeviceAgent({
    deviceId,
    name: plan.room,
    source: plan.emulated === null ? "camera" : "emulated",
    ...makeSensors(plan, { wiring, clock: systemClock }),
    clock: systemClock,
    kernel: loadFeatureKernel(),
    model: hub.model,
    brokerUrl: hub.mqttUrl,
    makeLink: uplinkTo({
      random: machineRandom(),
      brokerUrl: hub.mqttUrl,
      credentials: await hub.credentialsFor(deviceId),
    }),
    dataFolder,
    makeRecorder: recordHere({
      deviceId,
      dataFolder,
      clock: systemClock,
      policies: { evidence: defaultEvidencePolicy, continuous: defaultContinuousPolicy },
    }),
    demo: null,
    softwareVersion: softwareVersion(),
    log,
  });
  return { agent, release: async () => wiring?.close() };
}

/** The buses that the sensors need; null when all there is hangs on USB. */
async function wiringOf({ emulated, camera, air, extras, places }: SensorPlan): Promise<SensorWiring | null> {
  if (emulated !== null) return servedWiring(emulated);
  const needsBus = camera?.kind === "lepton" || air !== null || extras.length > 0;
  return needsBus ? linuxWiring(places) : null;
}
