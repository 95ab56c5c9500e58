import { badInput, machineFault } from "#core/failure.ts";
import { readFileBytes } from "#recording/read-file-bytes.ts";
import { configCharactersMax, type DeviceRequest, modelTransferBytesMax } from "#wire/command-messages.ts";
import { replySchema } from "#wire/device-messages.ts";
import { apiErrorSchema } from "#wire/hub-api.ts";
import type { Command, Invocation } from "../command.ts";
import { numberOption } from "../parse-arguments.ts";

/** Where `emberwatch up` is found when nothing else is said. */
const defaultHub = "http://127.0.0.1:8080";

const actions = ["self-test", "ffc", "clip", "config", "model", "model-rollback"] as const;
type Action = (typeof actions)[number];

/** Options that only some actions take. */
const optionsOf: Readonly<Record<Action, readonly string[]>> = {
  "self-test": ["walk", "reason"],
  ffc: [],
  clip: ["seconds"],
  config: [],
  model: [],
  "model-rollback": ["reason"],
};

/** Tells a device what to do, through its hub. */
export const deviceCommand: Command = {
  name: "device",
  summary: "Tells a device something through its hub: a self-test, an FFC, a clip, a configuration, a model.",
  usage:
    "ID self-test [--walk MINUTES --reason TEXT]\n" +
    "       emberwatch device ID ffc\n" +
    "       emberwatch device ID clip [--seconds N]\n" +
    "       emberwatch device ID config FILE\n" +
    "       emberwatch device ID model FILE\n" +
    "       emberwatch device ID model-rollback",
  options: {
    by: { value: "NAME", help: "who wants it, for the log (default: the user's name)" },
    reason: { value: "TEXT", help: "why, for the log; a walk test needs one" },
    walk: {
      value: "MINUTES",
      help: "of self-test: a manned walk test, relay and sounder really act for so long",
    },
    seconds: {
      value: "N",
      help: "of clip: so long after now, beside the last minute (default 10, at most 60)",
    },
    hub: { value: "URL", help: `where the hub is (default ${defaultHub})` },
  },
  examples: [
    "emberwatch device kitchen self-test",
    'emberwatch device kitchen self-test --walk 2 --reason "yearly walk test"',
    "emberwatch device kitchen clip --seconds 20",
    "emberwatch device kitchen config edge.yaml",
    "emberwatch device kitchen model fires.tar.gz",
  ],
  notes: "It prints what the device answers. What each does: docs/guides/edge.md, Commands.",
  async run(invocation) {
    const { positionals, values, output } = invocation;
    const [id, word, file, surplus] = positionals;
    const action = actions.find((known) => known === word);
    if (id === undefined || action === undefined)
      throw badInput("usage", `Say which device and what: one of ${actions.join(", ")}.`);
    refuseIdle(invocation, { action, file, surplus });
    const hub = values["hub"] ?? defaultHub;
    const by = values["by"] ?? process.env["USER"] ?? process.env["LOGNAME"] ?? "command line";
    const device = `${hub.replace(/\/$/, "")}/api/devices/${encodeURIComponent(id)}`;
    const answer =
      action === "model"
        ? await ask(`${device}/model?by=${encodeURIComponent(by)}`, {
            method: "PUT",
            headers: { "content-type": "application/octet-stream" },
            body: new Uint8Array(await readFileBytes(file!, modelTransferBytesMax)),
          })
        : await ask(`${device}/commands`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify(await requestOf(action, { invocation, by, file })),
          });
    await output.line(answer);
    return 0;
  },
};

async function requestOf(
  action: Exclude<Action, "model">,
  said: { readonly invocation: Invocation; readonly by: string; readonly file: string | undefined },
): Promise<DeviceRequest> {
  const { invocation, by, file } = said;
  const reason = invocation.values["reason"] ?? "";
  switch (action) {
    case "self-test": {
      const limits = { min: 0.1, max: 15, kind: "any", default: null } as const;
      const walkMinutes = numberOption(invocation, "walk", limits);
      if (walkMinutes !== null && reason === "")
        throw badInput("usage", "A walk test makes relay and sounder act: say why with --reason.");
      return { command: "self-test", by, reason, walkMinutes };
    }
    case "ffc":
      return { command: "run-ffc", by };
    case "clip": {
      const seconds = numberOption(invocation, "seconds", { min: 0, max: 60, kind: "any", default: 10 });
      return { command: "take-clip", by, seconds };
    }
    case "config": {
      const text = new TextDecoder().decode(await readFileBytes(file!, 4 * configCharactersMax));
      if (text.length > configCharactersMax)
        throw badInput(
          "config-too-long",
          `${file} has ${text.length} characters, and ${configCharactersMax} go by a command: leave comments out.`,
        );
      return { command: "config", by, text };
    }
    case "model-rollback":
      return { command: "model-rollback", by, reason };
  }
}

function refuseIdle(
  { values }: Invocation,
  said: { readonly action: Action; readonly file: string | undefined; readonly surplus: string | undefined },
): void {
  const { action, file, surplus } = said;
  const takesFile = action === "config" || action === "model";
  if (takesFile && file === undefined) throw badInput("usage", `device ID ${action} needs a FILE.`);
  const tooMany = takesFile ? surplus : file;
  if (tooMany !== undefined) throw badInput("usage", `"${tooMany}" is one word too many.`);
  const idle = Object.keys(values).find(
    (option) => option !== "by" && option !== "hub" && !optionsOf[action].includes(option),
  );
  if (idle !== undefined)
    throw badInput("usage", `--${idle} does nothing with device ID ${action}: leave it out.`);
}

/** What the device says. Throws `Failure` with its refusal, or with what is in its way. */
async function ask(url: string, request: RequestInit): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url, request);
  } catch (cause) {
    const hub = new URL(url).origin;
    throw machineFault(
      "hub-unreachable",
      `The hub at ${hub} does not answer: start emberwatch up, or name it with --hub.`,
      {
        cause,
      },
    );
  }
  const body: unknown = await response.json().catch(() => null);
  const reply = replySchema.safeParse(body);
  if (response.ok && reply.success) return reply.data.text;
  const error = apiErrorSchema.safeParse(body);
  const message = error.success ? error.data.message : `The hub answered with error ${response.status}.`;
  throw response.status >= 500
    ? machineFault("device-not-told", message)
    : badInput("device-refused", message);
}
