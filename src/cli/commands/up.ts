import { resolve } from "node:path";
import { badInput } from "#core/failure.ts";
import type { EscalationPolicy } from "#core/incident/escalation-policy.ts";
import type { DeviceAgent } from "#edge/device-agent.ts";
import { Hub } from "#hub/hub.ts";
import type { HubOptions } from "#hub/hub-options.ts";
import { ConsoleChannel } from "#hub/notification/console-channel.ts";
import type { Command, Invocation } from "../command.ts";
import { dashboardFolder } from "../dashboard-folder.ts";
import { demoAgents, igniteSecondsAfterStart } from "../demo-agents.ts";
import { deviceDoorOptions, deviceDoors, ownDevices } from "../device-doors.ts";
import { inputOptions } from "../open-inputs.ts";
import { modelNote, modelOptions, openModel } from "../open-model.ts";
import { numberOption } from "../parse-arguments.ts";
import { readContacts } from "../read-contacts.ts";
import { readIntegrations } from "../read-integrations.ts";
import { readZones } from "../read-zones.ts";
import { openReplay, replayAgent } from "../replay-agent.ts";
import { sensorAgent } from "../sensor-agent.ts";
import { sensorOptions, sensorPlan } from "../sensor-plan.ts";
import { softwareVersion } from "../software-version.ts";
import { stopSignal } from "../stop-signal.ts";
import { systemClock } from "../system-clock.ts";

/** Folder for the state of a program started without --data. */
const defaultDataFolder = ".emberwatch";

/** Hub, dashboard and broker in one program, with demo rooms or a recording to watch. */
export const upCommand: Command = {
  name: "up",
  summary: "Starts hub, page and broker, and watches: sensors of this machine, a demo, or a recording.",
  usage: "[--demo [--fire]] [--camera NAME] [--co2-sensor NAME] [--replay FILE [--air CSV]] [options]",
  options: {
    demo: { value: null, help: "adds two simulated rooms; a button on the page starts a small fire in one" },
    fire: {
      value: null,
      help: `with --demo: starts the fire by itself ${igniteSecondsAfterStart} s after start`,
    },
    replay: { value: "FILE", help: "watches a recording as if it happened now" },
    ...inputOptions,
    speed: { value: "N", help: "with --replay: N times its own pace, 0.1 to 100 (default 1)" },
    once: { value: null, help: "with --replay: stops at the end instead of starting over" },
    ...sensorOptions,
    ...modelOptions,
    zones: { value: "FILE", help: "zones of several devices, a YAML file (docs/guides/alarms.md)" },
    contacts: { value: "FILE", help: "who is told of alarms, a YAML file (docs/guides/incidents.md)" },
    integrations: {
      value: "FILE",
      help: "what other systems are told, a YAML file (docs/guides/integrations.md)",
    },
    data: { value: "DIR", help: `where its state is kept (default ${defaultDataFolder})` },
    host: { value: "A", help: "address of the page, loopback only (default 127.0.0.1)" },
    port: { value: "N", help: "port of the page (default 8080; 0 takes a free one)" },
    ...deviceDoorOptions,
  },
  examples: [
    "emberwatch up --demo",
    "emberwatch up --demo --fire --port 9000",
    "emberwatch up --camera lepton --co2-sensor scd41 --room Kitchen",
    "emberwatch up --device-host 0.0.0.0",
    "emberwatch up --replay clip.raw.y16.gz --air air.csv --speed 4",
  ],
  notes: "Ctrl-C ends it cleanly; alarms, events and charts are there again at the next start.",
  async run(invocation) {
    refuseContradictions(invocation);
    const plan = sensorPlan(invocation);
    const replay = await openReplay(invocation);
    const model = await openModel(invocation);
    const zonesFile = invocation.values["zones"];
    const zones = zonesFile === undefined ? [] : await readZones(zonesFile);
    const integrationsFile = invocation.values["integrations"];
    const integrations =
      integrationsFile === undefined ? undefined : await readIntegrations(integrationsFile);
    const stop = stopSignal();
    const dataFolder = resolve(invocation.values["data"] ?? defaultDataFolder);
    const contactsFile = invocation.values["contacts"];
    const policy = contactsFile === undefined ? null : await readContacts(contactsFile);
    const doors = await deviceDoors(invocation);
    const hub = createHub(invocation, { dataFolder, zones, integrations, policy, ...doors });
    const agents: DeviceAgent[] = [];
    let release = async (): Promise<void> => {};
    try {
      const running = await hub.start();
      const connection = { ...ownDevices(running), dataFolder, model };
      if (invocation.switches.has("demo")) agents.push(...(await demoAgents(invocation, connection)));
      if (replay !== null) agents.push(await replayAgent(replay, { invocation, hub: connection }));
      if (plan !== null) {
        const log = (line: string): void => invocation.output.note(line);
        const attached = await sensorAgent(plan, { hub: connection, log });
        agents.push(attached.agent);
        release = attached.release;
      }
      for (const agent of agents) await agent.start();
      await invocation.output.line(`Emberwatch is watching: ${running.httpUrl}`);
      invocation.output.note(modelNote(model));
      invocation.output.note(
        `State in ${dataFolder}; devices connect to ${running.secure?.url ?? running.mqttUrl}. Ctrl-C ends it.`,
      );
      await stop.requested;
      invocation.output.note("Stopping.");
    } finally {
      for (const agent of agents.reverse()) await agent.stop();
      await release();
      await hub.stop();
      stop.release();
    }
    return 0;
  },
};

function refuseContradictions(invocation: Invocation): void {
  const { switches, values, positionals } = invocation;
  const replaying = values["replay"] !== undefined;
  if (positionals.length > 0) {
    throw badInput(
      "usage",
      `"${positionals[0]}" is not an option; to watch a recording write --replay FILE.`,
    );
  }
  if (switches.has("fire") && !switches.has("demo")) {
    throw badInput("usage", "--fire starts a fire in a demo room: add --demo.");
  }
  const needReplay = ["air", "speed", "co2-column", "co2-unit", "co2-offset", "gain", "offset"].filter(
    (name) => values[name] !== undefined,
  );
  if (switches.has("once")) needReplay.push("once");
  if (!replaying && needReplay.length > 0) {
    throw badInput("usage", `--${needReplay[0]} belongs to a recording: add --replay FILE.`);
  }
}

function createHub(
  invocation: Invocation,
  {
    policy,
    ...kept
  }: Pick<HubOptions, "dataFolder" | "zones" | "integrations" | "mqttPort" | "devices" | "broker"> & {
    readonly policy: EscalationPolicy | null;
  },
): Hub {
  const channels = [new ConsoleChannel((line) => invocation.output.note(line))];
  const port = { min: 0, max: 65_535, kind: "integer" } as const;
  return new Hub({
    clock: systemClock,
    ...kept,
    notification: policy === null ? undefined : { policy, channels },
    host: invocation.values["host"] ?? "127.0.0.1",
    port: numberOption(invocation, "port", { ...port, default: 8080 }),
    dashboardFolder: dashboardFolder(),
    softwareVersion: softwareVersion(),
    log: (line) => invocation.output.note(line),
  });
}
