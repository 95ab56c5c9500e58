import type { Context } from "hono";
import type { ApiOptions } from "./api.ts";
import type { CommandOutcome, CommandRequest } from "./command-relay.ts";
import { refuse } from "./request-guards.ts";

/** Puts a command to the device and answers with what it says. */
export async function relayCommand(call: {
  context: Context;
  options: Pick<ApiOptions, "devices" | "commands">;
  request: CommandRequest;
}): Promise<Response> {
  const { context, options, request } = call;
  const id = context.req.param("id") ?? "";
  const device = options.devices.view(id);
  if (device === null) return noSuchDevice(context, id);
  const outcome: CommandOutcome = device.online
    ? await options.commands.ask(id, request)
    : { kind: "silent" };
  switch (outcome.kind) {
    case "answered":
      return outcome.reply.ok
        ? context.json(outcome.reply)
        : refuse(context, 409, { code: "device-refused", message: outcome.reply.text });
    case "silent":
      return refuse(context, 504, {
        code: "device-did-not-answer",
        message: `${device.name} did not answer${device.online ? "" : " (it is offline)"}: nothing is known to be done; look at the device itself.`,
      });
    case "busy":
      return refuse(context, 503, {
        code: "hub-busy",
        message: "The hub waits for too many answers; try again.",
      });
  }
}

/** The answer for a device that nobody knows. */
export function noSuchDevice(context: Context, id: string): Response {
  return refuse(context, 404, { code: "no-such-device", message: `There is no device ${id.slice(0, 63)}.` });
}
