import type { Context } from "hono";
import type { z } from "zod";
import type { ActRequest, ApiError } from "#wire/hub-api.ts";
import { refuse } from "./request-guards.ts";

/** The body as JSON; undefined when it is not JSON. */
export async function bodyOf(context: Context): Promise<unknown> {
  try {
    return await context.req.json();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The answer to a body that is no JSON. */
export function noJson(context: Context): Response {
  return refuse(context, 400, { code: "bad-request", message: "The body is not JSON." });
}

/** The answer to a query that is not what it should be. */
export function badQuery(context: Context, error: z.ZodError): Response {
  return refuse(context, 400, { code: "bad-query", message: sentence(error) });
}

/** The answer to a body that is not what it should be. */
export function badBody(context: Context, error: z.ZodError): Response {
  return refuse(context, 400, { code: "bad-request", message: sentence(error) });
}

function sentence(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join(".") || "request"}: ${issue.message}`)
    .join("; ");
}

/** What a request for an act lacks; null where it is whole. */
export function missingInAct({ act, minutes, reason }: ActRequest): ApiError | null {
  if ((act === "disable" || act === "start-test") && minutes === null)
    return {
      code: "minutes-required",
      message: `Say for how many minutes to ${act}: it ends by itself.`,
    };
  if (act === "disable" && reason === "")
    return {
      code: "reason-required",
      message: "Say why the room is disabled: whoever finds it so must know.",
    };
  return null;
}
