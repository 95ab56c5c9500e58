import { createHash } from "node:crypto";
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { modelPartBytesMax, modelTransferBytesMax } from "#wire/command-messages.ts";
import type { ApiOptions } from "./api.ts";
import { modelQuerySchema } from "./read-queries.ts";
import { noSuchDevice, relayCommand } from "./relay-command.ts";
import { refuse } from "./request-guards.ts";

/** PUT a model package here, and the device takes it into use; `?by=` says who wants it. */
export const modelPath = "/api/devices/:id/model";

/** Takes a model package, hands it to the device part by part, and tells it to use it. Nothing of it is kept here. */
export function addModelUpload(app: Hono, options: Pick<ApiOptions, "devices" | "commands">): void {
  const tooLarge = (context: Context): Response =>
    refuse(context, 413, {
      code: "too-large",
      message: `A model package may have at most ${modelTransferBytesMax} bytes.`,
    });
  app.use(modelPath, bodyLimit({ maxSize: modelTransferBytesMax, onError: tooLarge }));
  app.put(modelPath, async (context) => {
    const id = context.req.param("id");
    if (options.devices.view(id) === null) return noSuchDevice(context, id);
    const query = modelQuerySchema.safeParse(context.req.query());
    if (!query.success) {
      return refuse(context, 400, { code: "bad-query", message: "Say with ?by= who sends the model." });
    }
    const bytes = Buffer.from(await context.req.arrayBuffer());
    if (bytes.length === 0) {
      return refuse(context, 400, { code: "bad-request", message: "The body is empty: send the package." });
    }
    return sendModel({ context, options, id, by: query.data.by, bytes });
  });
}

async function sendModel(sending: {
  readonly context: Context;
  readonly options: Pick<ApiOptions, "devices" | "commands">;
  readonly id: string;
  readonly by: string;
  readonly bytes: Buffer;
}): Promise<Response> {
  const { context, options, id, by, bytes } = sending;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const count = Math.ceil(bytes.length / modelPartBytesMax);
  for (let index = 0; index < count; index += 1) {
    const part = bytes.subarray(index * modelPartBytesMax, (index + 1) * modelPartBytesMax);
    const request = { command: "model-part", sha256, index, count, base64: part.toString("base64") } as const;
    const outcome =
      options.devices.view(id)?.online === true ? await options.commands.ask(id, request) : null;
    if (outcome?.kind === "answered" && outcome.reply.ok) continue;
    const why = outcome?.kind === "answered" ? outcome.reply.text : "The device did not answer.";
    const message = `The model was not taken: of ${count} parts ${index} have come. ${why}`;
    return refuse(context, outcome?.kind === "answered" ? 409 : 504, { code: "model-not-sent", message });
  }
  return relayCommand({ context, options, request: { command: "model", by, sha256 } });
}
