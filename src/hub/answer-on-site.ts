import type { CommandOutcome, CommandRequest } from "./command-relay.ts";

/** How devices and zones are told that somebody has answered. */
export interface AnswerWays {
  readonly zones: {
    view(id: string): { readonly devices: readonly string[] } | null;
    act(
      id: string,
      request: {
        readonly act: "acknowledge";
        readonly by: string;
        readonly reason: string;
        readonly minutes: null;
      },
    ): Promise<{ readonly ok: boolean; readonly text: string }>;
  };
  readonly ask: (device: string, request: CommandRequest) => Promise<CommandOutcome>;
}

/**
 * Passes an acknowledgement of an incident on to what stands in it: zones of the hub, which pass it on to their devices,
 * and devices that are in none of them. Answers with what did not answer; the incident is acknowledged all the same.
 */
export async function answerOnSite(
  keys: readonly string[],
  { by, reason }: { readonly by: string; readonly reason: string },
  { zones, ask }: AnswerWays,
): Promise<readonly string[]> {
  const act = { act: "acknowledge", by, reason, minutes: null } as const;
  const hubZones = keys.flatMap((key) => {
    const id = key.startsWith("zone/") ? key.slice("zone/".length) : null;
    return id === null || zones.view(id) === null ? [] : [id];
  });
  const reached = new Set(hubZones.flatMap((id) => zones.view(id)?.devices ?? []));
  const ids = keys.map((key) => key.replace(/^(gas|zone)\//, ""));
  const devices = [...new Set(ids)].filter((id) => !reached.has(id) && zones.view(id) === null);
  const texts = await Promise.all(hubZones.map(async (id) => (await zones.act(id, act)).text));
  const outcomes = await Promise.all(
    devices.map(async (device) => ({ device, outcome: await ask(device, { command: "act", ...act }) })),
  );
  const silent = outcomes
    .filter(({ outcome }) => outcome.kind !== "answered" || !outcome.reply.ok)
    .map(({ device }) => `${device} did not answer: look there.`);
  return [...texts.filter((text) => text !== "Done."), ...silent];
}
