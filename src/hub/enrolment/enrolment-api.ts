import type { Context, Hono } from "hono";
import type { z } from "zod";
import { Failure } from "#core/failure.ts";
import {
  codeRequestSchema,
  decisionSchema,
  type EnrolmentView,
  type NewCode,
  revokeRequestSchema,
} from "#wire/enrolment-messages.ts";
import { badBody, bodyOf, noJson } from "../request-bodies.ts";
import { refuse } from "../request-guards.ts";

/** How devices are let in and shut out, as the API asks it. */
export interface EnrolmentApiTarget {
  view(): Promise<EnrolmentView>;
  newCode(wanted: { readonly by: string; readonly minutes: number }): Promise<NewCode>;
  confirm(id: string, by: string): Promise<string>;
  refuse(id: string, by: string): string;
  revoke(device: string, act: { readonly by: string; readonly reason: string }): Promise<void>;
}

const root = "/api/enrolment";

/** Addresses that only tell. */
export const enrolmentReadPaths = [root] as const;
/** Addresses that do something. */
export const enrolmentActPaths = [
  `${root}/codes`,
  `${root}/requests/:id/confirm`,
  `${root}/requests/:id/refuse`,
  `${root}/devices/:id/revoke`,
] as const;

/** Adds /api/enrolment: codes for new devices, who waits for a person, who is let in and shut out. */
export function addEnrolment(app: Hono, options: { readonly enrolment: EnrolmentApiTarget | null }): void {
  const { enrolment } = options;
  if (enrolment === null) {
    app.all(`${root}/*`, noEnrolment);
    app.all(root, noEnrolment);
    return;
  }
  app.get(root, async (context) => context.json(await enrolment.view()));
  addAct(app, { path: `${root}/codes`, schema: codeRequestSchema }, async (_id, wanted) =>
    enrolment.newCode(wanted),
  );
  addAct(app, { path: `${root}/requests/:id/confirm`, schema: decisionSchema }, async (id, { by }) => ({
    text: `${await enrolment.confirm(id, by)} is let in.`,
  }));
  addAct(app, { path: `${root}/requests/:id/refuse`, schema: decisionSchema }, async (id, { by }) => ({
    text: `${enrolment.refuse(id, by)} is refused.`,
  }));
  addAct(app, { path: `${root}/devices/:id/revoke`, schema: revokeRequestSchema }, async (id, act) => {
    await enrolment.revoke(id, act);
    return { text: `The certificates of ${id} are revoked: it is shut out.` };
  });
}

function addAct<T>(
  app: Hono,
  act: { readonly path: string; readonly schema: z.ZodType<T> },
  perform: (id: string, request: T) => Promise<object>,
): void {
  app.post(act.path, async (context) => {
    const body = await bodyOf(context);
    if (body === undefined) return noJson(context);
    const request = act.schema.safeParse(body);
    if (!request.success) return badBody(context, request.error);
    try {
      return context.json(await perform(context.req.param("id") ?? "", request.data));
    } catch (error) {
      if (error instanceof Failure && error.side === "input") return refuse(context, 409, error);
      throw error;
    }
  });
}

function noEnrolment(context: Context): Response {
  return refuse(context, 409, {
    code: "no-enrolment",
    message:
      "This hub takes no devices by TLS: it runs as a demo. Start emberwatch up without --demo to enrol devices.",
  });
}
