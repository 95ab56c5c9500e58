import type { z } from "zod";
import { badInput, machineFault } from "#core/failure.ts";
import { apiErrorSchema } from "#wire/hub-api.ts";

/** Where `emberwatch up` is found when nothing else is said. */
export const defaultHubUrl = "http://127.0.0.1:8080";

/** Asks the API of a hub of this machine. Throws `Failure` with its refusal, or with what is in the way. */
export async function askHubApi<T>(
  asked: { readonly hub: string; readonly path: string; readonly body?: object },
  schema: z.ZodType<T>,
): Promise<T> {
  const url = `${asked.hub.replace(/\/$/, "")}${asked.path}`;
  if (!URL.canParse(url)) throw badInput("usage", `--hub is like ${defaultHubUrl}, not "${asked.hub}".`);
  const request: RequestInit =
    asked.body === undefined
      ? {}
      : {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(asked.body),
        };
  let response: Response;
  try {
    response = await fetch(url, request);
  } catch (cause) {
    throw machineFault(
      "hub-unreachable",
      `The hub at ${new URL(url).origin} does not answer: start emberwatch up, or name it with --hub.`,
      { cause },
    );
  }
  const body: unknown = await response.json().catch(() => null);
  const parsed = schema.safeParse(body);
  if (response.ok && parsed.success) return parsed.data;
  const error = apiErrorSchema.safeParse(body);
  const message = error.success ? error.data.message : `The hub answered with error ${response.status}.`;
  throw response.status >= 500 ? machineFault("hub-failed", message) : badInput("hub-refused", message);
}
