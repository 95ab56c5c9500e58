import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";
import { workerProgram } from "#core/worker-program.ts";
import type { AlarmOutputs } from "#edge/alarm-outputs.ts";
import type { ConfigAbility } from "#edge/commands/command-target.ts";
import type { ModelStore } from "#edge/commands/model-store.ts";
import { DeviceAgent } from "#edge/device-agent.ts";
import { type EdgeConfig, ownZonePolicy } from "#edge/edge-config.ts";
import { forkLink } from "#edge/fork-link.ts";
import { LinkProcess } from "#edge/link-process.ts";
import { recordingPolicies } from "#edge/recording-settings.ts";
import { RemoteRecorder } from "#edge/remote-recorder.ts";
import type { DeliveringSensor } from "#edge/sensor-intake.ts";
import { loadFeatureKernel } from "#kernels/web-assembly-feature-kernel.ts";
import { softwareVersion } from "../software-version.ts";
import { systemClock } from "../system-clock.ts";
import type { EdgeSensors } from "./edge-sensors.ts";
import { modelFolder } from "./open-edge-model.ts";

/** The program of the link process. */
export const linkProgram: string = fileURLToPath(workerProgram(new URL("./link-worker.ts", import.meta.url)));

/** What a device's agent is put together with, beside its configuration. */
export interface EdgeAgentParts {
  readonly sensors: EdgeSensors;
  readonly outputs: AlarmOutputs;
  readonly models: ModelStore;
  readonly config: ConfigAbility;
  readonly log: (line: string) => void;
  readonly onJudged: (delivering: ReadonlySet<DeliveringSensor>) => void;
}

/** The agent of a configuration. */
export function edgeAgent(config: EdgeConfig, parts: EdgeAgentParts): DeviceAgent {
  const { sensors, outputs, models, log, onJudged } = parts;
  const { url: brokerUrl, credentialsFile } = config.hub;
  const recorder = edgeRecorder(config);
  return new DeviceAgent({
    deviceId: config.device.id,
    name: config.device.name,
    source: sensors.source,
    camera: sensors.camera,
    air: sensors.air,
    extras: sensors.extras,
    demo: sensors.demo,
    clock: systemClock,
    kernel: loadFeatureKernel(),
    model: models.model,
    alarmPolicy: { ...defaultAlarmPolicy, ...config.alarm },
    brokerUrl,
    makeLink: (options) =>
      new LinkProcess({
        ...options,
        brokerUrl,
        credentialsFile,
        modelFolder: modelFolder(config),
        newEventId: randomUUID,
        startChild: (listener) => forkLink(linkProgram, listener),
        recorder,
        log,
      }),
    dataFolder: config.dataFolder,
    makeRecorder: (device) => recorder.serve(device),
    selfTest: config.selfTest,
    testOutputs: outputs,
    config: parts.config,
    modelStore: models,
    softwareVersion: softwareVersion(),
    log,
    zonePolicy: ownZonePolicy(config),
    regions: config.regions,
    timeZone: config.site.timeZone,
    onOutput: (output) => outputs.show(output),
    onZoneOutputs: (zone) => outputs.showZone(zone),
    onJudged: (delivering) => {
      outputs.beat();
      onJudged(delivering);
    },
  });
}

/** What has the link process record. */
function edgeRecorder({ device, dataFolder, recording }: EdgeConfig): RemoteRecorder {
  const policies = recordingPolicies(recording);
  return new RemoteRecorder({ deviceId: device.id, dataFolder, clock: systemClock, policies });
}
