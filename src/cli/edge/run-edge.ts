import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";
import { workerProgram } from "#core/worker-program.ts";
import type { AlarmOutputs } from "#edge/alarm-outputs.ts";
import { DeviceAgent } from "#edge/device-agent.ts";
import { type EdgeConfig, ownZonePolicy } from "#edge/edge-config.ts";
import { forkLink } from "#edge/fork-link.ts";
import type { ModelChoice } from "#edge/installed-model.ts";
import { LinkProcess } from "#edge/link-process.ts";
import { recordingPolicies } from "#edge/recording-settings.ts";
import { ServiceNotifier } from "#edge/service-notifier.ts";
import { loadFeatureKernel } from "#kernels/web-assembly-feature-kernel.ts";
import type { Invocation } from "../command.ts";
import { modelNote } from "../open-model.ts";
import { softwareVersion } from "../software-version.ts";
import { stopSignal } from "../stop-signal.ts";
import { systemClock } from "../system-clock.ts";
import { defaultConfigFile } from "./config-commands.ts";
import { edgeCallPoint } from "./edge-call-point.ts";
import { edgeOutputs } from "./edge-outputs.ts";
import { type EdgeSensors, edgeSensors } from "./edge-sensors.ts";
import { openEdgeModel } from "./open-edge-model.ts";
import { readEdgeConfig } from "./read-edge-config.ts";
import { prepareTrial } from "./trial.ts";

/** From the start of `edge --trial --fire` to its fire: the camera has learnt the room by then. */
const fireAfterMs = 20_000;
/** A device that a person has disabled feeds the watchdog so often by itself, so that nobody works against a restart. */
const maintenanceEveryMs = 1_000;

/** The program of the link process. */
export const linkProgram: string = fileURLToPath(workerProgram(new URL("./link-worker.ts", import.meta.url)));

/** `edge`: runs the alarm process, which starts the link process, until it is stopped. Throws `Failure`. */
export async function runEdge(invocation: Invocation): Promise<number> {
  const { values, switches, output } = invocation;
  const path = switches.has("trial")
    ? await prepareTrial(invocation)
    : (values["config"] ?? defaultConfigFile);
  const config = await readEdgeConfig(path);
  const model = await openEdgeModel(config);
  const log = (line: string): void => output.note(line);
  const notifier = await ServiceNotifier.fromEnvironment(process.env, log);
  const stop = stopSignal();
  const sensors = await edgeSensors(config);
  const outputs = edgeOutputs(config, { log, onProblem: (problem) => tellOutputs(agent, problem) });
  const agent = edgeAgent(config, { sensors, outputs, model, log, onJudged: () => notifier?.feed() });
  const cancels = [
    systemClock.every(maintenanceEveryMs, () => {
      if ((agent.state?.disabled ?? null) !== null) notifier?.feed();
    }),
  ];
  const callPoint = edgeCallPoint(config, agent);
  if (switches.has("fire")) cancels.push(systemClock.after(fireAfterMs, () => sensors.demo?.ignite()));
  try {
    await agent.start();
    callPoint?.start();
    notifier?.ready();
    await output.line(
      `Emberwatch decides for ${config.device.id} (${config.device.name}), process ${process.pid}.`,
    );
    output.note(modelNote(model));
    await stop.requested;
    notifier?.stopping();
    output.note("Stopping.");
  } finally {
    for (const cancel of cancels) cancel();
    await callPoint?.close();
    await agent.stop();
    await outputs.close();
    await sensors.release();
    stop.release();
  }
  return 0;
}

interface Around {
  readonly sensors: EdgeSensors;
  readonly outputs: AlarmOutputs;
  readonly model: ModelChoice;
  readonly log: (line: string) => void;
  readonly onJudged: () => void;
}

function edgeAgent(config: EdgeConfig, around: Around): DeviceAgent {
  const { sensors, outputs, model, log, onJudged } = around;
  const { url: brokerUrl, credentialsFile } = config.hub;
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
    model,
    alarmPolicy: { ...defaultAlarmPolicy, ...config.alarm },
    brokerUrl,
    makeLink: (options) =>
      new LinkProcess({
        ...options,
        brokerUrl,
        credentialsFile,
        newEventId: randomUUID,
        startChild: (listener) => forkLink(linkProgram, listener),
        log,
      }),
    dataFolder: config.dataFolder,
    // A simulated room is not worth the disk.
    ...(config.sensors.emulated === "room" ? {} : { recordings: recordingPolicies(config.recording) }),
    softwareVersion: softwareVersion(),
    log,
    zonePolicy: ownZonePolicy(config),
    regions: config.regions,
    timeZone: config.site.timeZone,
    onOutput: (output) => outputs.show(output),
    onZoneOutputs: (zone) => outputs.showZone(zone),
    onJudged: () => {
      outputs.beat();
      onJudged();
    },
  });
}

function tellOutputs(agent: DeviceAgent, problem: string | null): void {
  agent.reportTrouble({
    code: "output-failed",
    active: problem !== null,
    text: problem ?? "All outputs can be driven.",
  });
}
