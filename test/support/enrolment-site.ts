import assert from "node:assert/strict";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { systemClock } from "#cli/system-clock.ts";
import { Random } from "#core/random.ts";
import { readCredentials } from "#edge/credentials-file.ts";
import { LinkAgent } from "#edge/link-agent.ts";
import { connectByMqtt } from "#edge/mqtt-connection.ts";
import { Hub } from "#hub/hub.ts";
import type { HubOptions } from "#hub/hub-options.ts";
import { enrolmentViewSchema, newCodeSchema } from "#wire/enrolment-messages.ts";
import type { FromLink } from "#wire/link-channel.ts";
import { healthMessage } from "./alarm-samples.ts";
import { runCommand } from "./command-run.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A hub that devices reach by TLS, in this process and real time. */
export interface Site {
  readonly folder: string;
  readonly httpUrl: string;
  readonly mqttPort: number;
  readonly enrolPort: number;
  readonly log: string[];
  readonly hub: Hub;
}

/** Starts a hub with free ports, or with those it had before. */
export async function startSite(
  t: TestContext,
  kept: { folder?: string; mqttPort?: number; enrolPort?: number; broker?: HubOptions["broker"] } = {},
): Promise<Site> {
  const folder = kept.folder ?? (await temporaryFolder(t));
  const log: string[] = [];
  const hub = new Hub({
    clock: systemClock,
    dataFolder: join(folder, "hub"),
    host: "127.0.0.1",
    port: 0,
    mqttPort: null,
    devices: {
      host: "127.0.0.1",
      mqttPort: kept.mqttPort ?? 0,
      enrolPort: kept.enrolPort ?? 0,
      names: () => ["127.0.0.1"],
    },
    broker: kept.broker,
    dashboardFolder: null,
    softwareVersion: "0.1.0",
    log: (line) => log.push(line),
  });
  t.after(() => hub.stop());
  const { httpUrl, secure } = await hub.start();
  const { url } = await post(httpUrl, "/api/enrolment/codes", newCodeSchema, { by: "Ada" });
  return {
    folder,
    httpUrl,
    hub,
    log,
    mqttPort: Number(new URL(secure!.url).port),
    enrolPort: Number(new URL(url).port),
  };
}

/** Asks the API to do something. */
export async function post<T>(
  httpUrl: string,
  path: string,
  schema: { parse(value: unknown): T },
  body: object,
): Promise<T> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${httpUrl}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  return schema.parse(await response.json());
}

/** Asks the API. */
export async function get<T>(
  httpUrl: string,
  path: string,
  schema: { parse(value: unknown): T },
): Promise<T> {
  return schema.parse(await (await fetch(`${httpUrl}${path}`)).json());
}

/** Waits for the hub to say so by its API. */
export async function until<T>(ask: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Enrols a device with the two commands that people use. */
export async function enrolled(
  site: Site,
  device = "kitchen",
): Promise<{ path: string; notes: string; key: string }> {
  const path = join(site.folder, `${device}.json`);
  const made = await runCommand("enrol", "--hub", site.httpUrl);
  assert.equal(made.exitCode, 0, made.notes);
  const [, url = "", code = ""] = /--hub (\S+) --code (\S+)/.exec(made.notes) ?? [];
  const asking = runCommand("edge", "enrol", "--hub", url, "--code", code, "--device", device, "--out", path);
  const waiting = await until(async () => {
    const view = await get(site.httpUrl, "/api/enrolment", enrolmentViewSchema);
    return view.waiting[0] ?? null;
  });
  const listed = await runCommand("enrol", "list", "--hub", site.httpUrl);
  const [key = ""] = /([0-9a-f]{4}-){3}[0-9a-f]{4}/.exec(listed.results) ?? [];
  const confirmed = await runCommand("enrol", "confirm", waiting.id, "--hub", site.httpUrl);
  assert.equal(confirmed.results, `${device} is let in.\n`);
  const run = await asking;
  assert.equal(run.exitCode, 0, run.notes);
  return { path, notes: run.notes, key };
}

/** A device's link to the hub, and what it tells. */
export function linked(t: TestContext, site: { mqttPort: number }, credentialsFile: string) {
  const told: FromLink[] = [];
  const agent = new LinkAgent({
    clock: systemClock,
    random: new Random(1),
    connect: connectByMqtt,
    readCredentials: (path) => readCredentials(path),
    tell: (message) => told.push(message),
    onEnd: () => {},
    log: () => {},
  });
  t.after(() => agent.stop());
  const brokerUrl = `mqtts://127.0.0.1:${site.mqttPort}`;
  agent.receive({ kind: "health", text: JSON.stringify(healthMessage()) });
  agent.receive({ kind: "begin", deviceId: "kitchen", brokerUrl, credentialsFile, modelFolder: null });
  return {
    agent,
    told,
    has: async (kind: FromLink["kind"]) => until(async () => told.find((one) => one.kind === kind) ?? null),
  };
}
