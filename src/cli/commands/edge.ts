import { badInput } from "#core/failure.ts";
import type { Command, Invocation } from "../command.ts";
import {
  checkConfig,
  defaultConfigFile,
  initConfig,
  makeCredentials,
  printSchema,
} from "../edge/config-commands.ts";
import { enrolEdge } from "../edge/enrol-edge.ts";
import { runEdge } from "../edge/run-edge.ts";
import { printUnit } from "../edge/service-unit.ts";

interface EdgeAction {
  /** Options that it takes. */
  readonly options: readonly string[];
  /** Words after the action's name, at most. */
  readonly words: number;
  run(invocation: Invocation): Promise<number>;
}

const run: EdgeAction = {
  options: ["config", "trial", "fire", "data", "hub-data"],
  words: 0,
  run: runEdge,
};

const actions: Readonly<Record<string, EdgeAction>> = {
  init: { options: ["out", "device", "hub"], words: 0, run: initConfig },
  check: { options: ["config"], words: 1, run: checkConfig },
  schema: { options: [], words: 0, run: printSchema },
  enrol: { options: ["hub", "code", "config", "device", "out"], words: 0, run: enrolEdge },
  credentials: { options: ["device", "hub", "hub-data", "out", "demo"], words: 0, run: makeCredentials },
  unit: { options: ["config", "user"], words: 0, run: printUnit },
};

/** The device agent: decides beside the sensors, and tells a hub. */
export const edgeCommand: Command = {
  name: "edge",
  summary:
    "Watches with the sensors of this machine and decides here; tells a hub from a process of its own.",
  usage:
    "[--config FILE]\n" +
    "       emberwatch edge --trial [--fire] [--data DIR] [--hub-data DIR]\n" +
    "       emberwatch edge init [--out FILE] [--device ID] [--hub URL]\n" +
    "       emberwatch edge check [FILE]\n" +
    "       emberwatch edge enrol --hub URL --code CODE [--config FILE | --device ID] [--out FILE]\n" +
    "       emberwatch edge credentials --device ID [--demo] [--hub-data DIR] [--out FILE]\n" +
    "       emberwatch edge unit [--config FILE] [--user NAME]\n" +
    "       emberwatch edge schema",
  options: {
    config: { value: "FILE", help: `configuration of this device (default ${defaultConfigFile})` },
    trial: { value: null, help: "watches a simulated room, with emulated outputs told in the log" },
    fire: { value: null, help: "with --trial: lights a fire 20 s after the start" },
    data: { value: "DIR", help: "with --trial: where it keeps what it writes (default .emberwatch-trial)" },
    user: { value: "NAME", help: "of unit: the user it runs as (default emberwatch)" },
    out: { value: "FILE", help: "what to write; nothing is replaced" },
    device: { value: "ID", help: "the device's id: a–z, 0–9 and -" },
    hub: {
      value: "URL",
      help: "of enrol: where the hub enrols, like https://HOST:8443; of init: its broker, like mqtts://HOST:8883",
    },
    code: { value: "CODE", help: "of enrol: the code that emberwatch enrol on the hub has printed" },
    demo: { value: null, help: "of credentials: a password, for a hub that runs with --demo" },
    "hub-data": { value: "DIR", help: "where the hub on this machine keeps its state (default .emberwatch)" },
  },
  examples: [
    "emberwatch edge --trial --fire",
    "emberwatch edge init --device kitchen",
    "emberwatch edge enrol --hub https://192.168.1.10:8443 --code 0123-4567-89AB-CDEF-GHJK",
    "emberwatch edge check edge.yaml",
    "emberwatch edge --config edge.yaml",
  ],
  notes: "From an empty card to the first frame: docs/guides/edge.md.",
  async run(invocation) {
    const [name] = invocation.positionals;
    const action = name === undefined ? run : actions[name];
    if (action === undefined) {
      throw badInput("usage", `edge takes one of ${Object.keys(actions).join(", ")}.`);
    }
    refuseIdle(invocation, action);
    return action.run(invocation);
  },
};

function refuseIdle({ positionals, values, switches }: Invocation, action: EdgeAction): void {
  const surplus = positionals[1 + action.words];
  if (surplus !== undefined) throw badInput("usage", `"${surplus}" is one word too many.`);
  const given = [...Object.keys(values), ...switches];
  const trialOnly = switches.has("trial") ? ["config"] : ["fire", "data"];
  const idle = given.find(
    (option) => !action.options.includes(option) || (action === run && trialOnly.includes(option)),
  );
  if (idle === undefined) return;
  const name = ["edge", ...positionals.slice(0, 1), ...(switches.has("trial") ? ["--trial"] : [])].join(" ");
  throw badInput("usage", `--${idle} does nothing with ${name}: leave it out.`);
}
