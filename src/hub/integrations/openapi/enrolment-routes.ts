import {
  codeRequestSchema,
  decisionSchema,
  enrolmentDoneSchema,
  enrolmentViewSchema,
  newCodeSchema,
  revokeRequestSchema,
} from "#wire/enrolment-messages.ts";
import { type ApiRoute, json } from "./api-route.ts";

function act(path: string, summary: string, schema: Parameters<typeof json>[0]): ApiRoute {
  return {
    method: "post",
    path: `/api/enrolment/${path}`,
    summary,
    body: json(schema),
    answer: json(enrolmentDoneSchema),
    refusals: [400, 409, 413, 415],
  };
}

/** What the description says of how devices are let in and shut out; a demo refuses all of it with 409. */
export const enrolmentRoutes: readonly ApiRoute[] = [
  {
    method: "get",
    path: "/api/enrolment",
    summary: "Who waits to be let in, and which certificates there are",
    answer: json(enrolmentViewSchema),
    refusals: [409],
  },
  {
    ...act("codes", "Make a one-time code for a new device", codeRequestSchema),
    answer: json(newCodeSchema),
  },
  act("requests/:id/confirm", "Let a device in that waits", decisionSchema),
  act("requests/:id/refuse", "Send a device away that waits", decisionSchema),
  act("devices/:id/revoke", "Revoke the certificates of a device, which shuts it out", revokeRequestSchema),
];
