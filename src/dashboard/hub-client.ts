import type { z } from "zod";
import type { DeviceRequest } from "#wire/command-messages.ts";
import { replySchema } from "#wire/device-messages.ts";
import {
  type ActRequest,
  apiErrorSchema,
  type DeviceView,
  deviceListSchema,
  type EventPage,
  eventPageSchema,
  type History,
  type HotZoneRequest,
  historySchema,
} from "#wire/hub-api.ts";
import type { ZoneView } from "#wire/zone-api.ts";

/** What came of a request: the value, or one sentence for people. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

/** The hub answers at once, and an act within the few seconds it gives the device. */
const answerMaxMs = 10_000;
/** A self-test and a clip take their time. */
const requestMaxMs = 210_000;

/** Asks the hub over HTTP. Nothing is thrown for what may happen in life: every answer says what came of it. */
export class HubClient {
  readonly #fetch: typeof fetch;

  constructor(fetchFunction: typeof fetch) {
    this.#fetch = fetchFunction;
  }

  /** All devices as the hub knows them now. */
  async devices(): Promise<Answer<readonly DeviceView[]>> {
    const answer = await this.#ask("api/devices", { schema: deviceListSchema });
    return answer.ok ? { ok: true, value: answer.value.devices } : answer;
  }

  /** What the charts show of the time before this page was opened. */
  history(
    device: string,
    span: { readonly fromMicros: number; readonly toMicros: number; readonly points: number },
  ): Promise<Answer<History>> {
    const query = new URLSearchParams({
      from: String(span.fromMicros),
      to: String(span.toMicros),
      points: String(span.points),
    });
    return this.#ask(`api/devices/${encodeURIComponent(device)}/history?${query}`, { schema: historySchema });
  }

  /** One page of events, newest first; `before` is `next` of the page before. */
  events(page: { readonly before: string | null; readonly limit: number }): Promise<Answer<EventPage>> {
    const query = new URLSearchParams({ limit: String(page.limit) });
    if (page.before !== null) query.set("before", page.before);
    return this.#ask(`api/events?${query}`, { schema: eventPageSchema });
  }

  /** Has a device do what a person wants; the value is what the device says it did. */
  act(device: string, request: ActRequest): Promise<Answer<string>> {
    return this.#command(`api/devices/${encodeURIComponent(device)}/acts`, request);
  }

  /** An engineer accepts a hot zone that the device proposes. */
  acceptHotZone(device: string, request: HotZoneRequest): Promise<Answer<string>> {
    return this.#command(`api/devices/${encodeURIComponent(device)}/hot-zones`, request);
  }

  /** A hot zone that was accepted at work is taken back. */
  withdrawHotZone(
    device: string,
    request: { readonly name: string; readonly by: string },
  ): Promise<Answer<string>> {
    const { name, by } = request;
    const path = `api/devices/${encodeURIComponent(device)}/hot-zones/${encodeURIComponent(name)}/withdraw`;
    return this.#command(path, { by });
  }

  /** Has a zone of the hub do what a person wants. */
  actOnZone(zone: string, request: ActRequest): Promise<Answer<string>> {
    return this.#command(`api/zones/${encodeURIComponent(zone)}/acts`, request);
  }

  /** A person presses the call point on the page: FIRE of the zone. */
  pressCallPoint(zone: ZoneView, callPoint: string): Promise<Answer<string>> {
    const where = zone.runBy === "hub" ? "zones" : "devices";
    return this.#command(`api/${where}/${encodeURIComponent(zone.id)}/call-point`, { callPoint });
  }

  /** Lights or puts out the fire of an emulated room. */
  demo(device: string, command: "ignite" | "extinguish"): Promise<Answer<string>> {
    return this.#command(`api/devices/${encodeURIComponent(device)}/demo`, { command });
  }

  /** Has a device do what takes its time: the answer comes when it is done. */
  request(device: string, request: DeviceRequest): Promise<Answer<string>> {
    return this.#command(`api/devices/${encodeURIComponent(device)}/commands`, request, requestMaxMs);
  }

  async #command(path: string, body: object, answerWithinMs = answerMaxMs): Promise<Answer<string>> {
    const answer = await this.#ask(path, { schema: replySchema, body, answerWithinMs });
    if (!answer.ok) return answer;
    const { ok, text } = answer.value;
    return ok ? { ok: true, value: text } : { ok: false, message: text };
  }

  async #ask<T>(
    path: string,
    options: { readonly schema: z.ZodType<T>; readonly body?: object; readonly answerWithinMs?: number },
  ): Promise<Answer<T>> {
    const post =
      options.body === undefined
        ? {}
        : {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify(options.body),
          };
    const { answerWithinMs = answerMaxMs } = options;
    try {
      const response = await this.#fetch(path, { ...post, signal: AbortSignal.timeout(answerWithinMs) });
      return await readAnswer(response, options.schema);
    } catch (error) {
      return {
        ok: false,
        message: whyNoAnswer(error, { isCommand: options.body !== undefined, answerWithinMs }),
      };
    }
  }
}

async function readAnswer<T>(response: Response, schema: z.ZodType<T>): Promise<Answer<T>> {
  const text = await response.text();
  const body = parseJson(text);
  if (!response.ok) {
    const error = apiErrorSchema.safeParse(body);
    return {
      ok: false,
      message: error.success ? error.data.message : `The hub answered with error ${response.status}.`,
    };
  }
  const value = schema.safeParse(body);
  if (value.success) return { ok: true, value: value.data };
  return {
    ok: false,
    message: "The hub answered in a way this page does not understand: reload the page, and update the hub.",
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON fits no schema, and is reported as such by the caller.
    return undefined;
  }
}

function whyNoAnswer(
  error: unknown,
  asked: { readonly isCommand: boolean; readonly answerWithinMs: number },
): string {
  const { isCommand, answerWithinMs } = asked;
  const timedOut = error instanceof Error && error.name === "TimeoutError";
  const cause = timedOut
    ? `The hub did not answer within ${answerWithinMs / 1_000} s.`
    : "The hub cannot be reached.";
  return isCommand ? `${cause} Whether it was done is not known: look at the lamps.` : cause;
}
