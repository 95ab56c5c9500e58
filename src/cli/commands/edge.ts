import { badInput } from "#core/failure.ts";
import type { Command, Invocation } from "../command.ts";
import {
  checkConfig,
  defaultConfigFile,
  initConfig,
  makeCredentials,
  printSchema,
} from "../edge/config-commands.ts";

interface EdgeAction {
  /** Options that it takes. */
  readonly options: readonly string[];
  /** Words after the action's name, at most. */
  readonly words: number;
  run(invocation: Invocation): Promise<number>;
}

const actions: Readonly<Record<string, EdgeAction>> = {
  init: { options: ["out", "device"], words: 0, run: initConfig },
  check: { options: ["config"], words: 1, run: checkConfig },
  schema: { options: [], words: 0, run: printSchema },
  credentials: { options: ["device", "hub-data", "out"], words: 0, run: makeCredentials },
};

/** The device agent: decides beside the sensors, and tells a hub. */
export const edgeCommand: Command = {
  name: "edge",
  summary: "Sets up a device: one configuration file, checked.",
  usage:
    "init [--out FILE] [--device ID]\n" +
    "       emberwatch edge check [FILE]\n" +
    "       emberwatch edge credentials --device ID [--hub-data DIR] [--out FILE]\n" +
    "       emberwatch edge schema",
  options: {
    config: { value: "FILE", help: `configuration of this device (default ${defaultConfigFile})` },
    out: { value: "FILE", help: "what to write; nothing is replaced" },
    device: { value: "ID", help: "the device's id: a–z, 0–9 and -" },
    "hub-data": { value: "DIR", help: "where the hub on this machine keeps its state (default .emberwatch)" },
  },
  examples: [
    "emberwatch edge init --device kitchen",
    "emberwatch edge credentials --device kitchen --out credentials.json",
    "emberwatch edge check edge.yaml",
  ],
  notes: "From an empty card to the first frame: docs/guides/edge.md.",
  async run(invocation) {
    const [name] = invocation.positionals;
    const action = name === undefined ? undefined : actions[name];
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
  const idle = given.find((option) => !action.options.includes(option));
  if (idle !== undefined)
    throw badInput("usage", `--${idle} does nothing with edge ${positionals[0]}: leave it out.`);
}
