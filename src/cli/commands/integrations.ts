import { badInput } from "#core/failure.ts";
import { integrationsJsonSchema } from "#hub/integrations/integrations-config.ts";
import type { Command, Invocation } from "../command.ts";
import { formatOf } from "../edge/config-key.ts";
import { formatText } from "../edge/config-text.ts";
import { readIntegrations } from "../read-integrations.ts";
import { writeNewConfig } from "../write-new-config.ts";

/** File that `integrations init` writes and `integrations check` looks at. */
const defaultFile = "integrations.yaml";

const actions: Readonly<Record<string, (invocation: Invocation) => Promise<number>>> = {
  init,
  check,
  schema,
};

/** Writes and checks the file of `up --integrations`. */
export const integrationsCommand: Command = {
  name: "integrations",
  summary: "Writes and checks what a hub tells Home Assistant, Modbus clients and alert services.",
  usage:
    "init [--out FILE]\n       emberwatch integrations check [FILE]\n       emberwatch integrations schema",
  options: { out: { value: "FILE", help: `what init writes (default ${defaultFile}); nothing is replaced` } },
  examples: [
    "emberwatch integrations init",
    "emberwatch integrations check integrations.yaml",
    "emberwatch up --integrations integrations.yaml",
  ],
  notes: "What each key does: docs/guides/integrations.md.",
  async run(invocation) {
    const [name = "", , surplus] = invocation.positionals;
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (action === undefined)
      throw badInput("usage", `integrations takes one of ${Object.keys(actions).join(", ")}.`);
    if (surplus !== undefined || (invocation.positionals.length > 1 && name !== "check"))
      throw badInput("usage", `"${surplus ?? invocation.positionals[1]}" is one word too many.`);
    if (invocation.values["out"] !== undefined && name !== "init")
      throw badInput("usage", `--out does nothing with integrations ${name}: leave it out.`);
    return action(invocation);
  },
};

async function init({ values, output }: Invocation): Promise<number> {
  const path = values["out"] ?? defaultFile;
  const text = formatText({
    format: formatOf(integrationsJsonSchema()),
    head: "What a hub tells other systems. emberwatch integrations check FILE says what is wrong with it.",
    values: {},
  });
  await writeNewConfig(path, text);
  await output.line(`${path} is written: set what you need, then emberwatch up --integrations ${path}.`);
  return 0;
}

async function check({ positionals, output }: Invocation): Promise<number> {
  const path = positionals[1] ?? defaultFile;
  const { config } = await readIntegrations(path);
  const { homeAssistant, modbus, alerts } = config;
  await output.line(`${path} is in order.`);
  const { brokerUrl, pictureDevices } = homeAssistant;
  output.note(`Home Assistant: ${brokerUrl === null ? "told nothing" : `told by ${brokerUrl}`}.`);
  if (pictureDevices.length > 0) output.note(`Pictures go there of ${pictureDevices.join(", ")}.`);
  output.note(`Modbus: ${modbus.port === null ? "off" : `port ${modbus.port} on ${modbus.host}`}.`);
  output.note(`Alerts: ${alerts.sender === null ? "off" : `sent as ${alerts.sender}`}.`);
  return 0;
}

async function schema({ output }: Invocation): Promise<number> {
  await output.line(JSON.stringify(integrationsJsonSchema(), null, 2));
  return 0;
}
