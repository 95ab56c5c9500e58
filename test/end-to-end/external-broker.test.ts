import assert from "node:assert/strict";
import { once } from "node:events";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { connectAsync, type MqttClient } from "mqtt";
import { type CertificateCredentials, readCredentials } from "#edge/credentials-file.ts";
import { alarmMessage } from "#support/alarm-samples.ts";
import { runCommand } from "#support/command-run.ts";
import { enrolled, get, linked, type Site, startSite, until } from "#support/enrolment-site.ts";
import { freePort, mosquittoMissing, runMosquitto } from "#support/mosquitto.ts";
import { readRepositoryFile } from "#support/repository-files.ts";
import { eventPageSchema, hubHealthSchema } from "#wire/hub-api.ts";

const options = { timeout: 60_000, skip: mosquittoMissing() } as const;

/** A block of the guide by its language: what users copy is what is tested. */
function guideBlock(language: string): string {
  const guide = readRepositoryFile("docs/guides/enrolment.md");
  const [, text] = new RegExp(`\`\`\`${language}\n([^\`]+)\`\`\``).exec(guide) ?? [];
  assert.ok(text !== undefined, `the guide has no block of ${language}`);
  return text;
}

interface OwnBroker {
  readonly site: Site;
  readonly url: string;
  /** Copies the list of revoked certificates again and restarts, as the guide says. */
  restart(): Promise<void>;
}

/** A hub and a mosquitto, set up as the guide says but for paths, port and user. */
async function withMosquitto(t: TestContext): Promise<OwnBroker> {
  const port = await freePort();
  const url = `mqtts://127.0.0.1:${port}`;
  const site = await startSite(t, { broker: { url, credentials: null } });
  const folder = join(site.folder, "mosquitto");
  const data = join(site.folder, "hub");
  const made = await runCommand("enrol", "broker", "--name", "127.0.0.1", "--out", folder, "--data", data);
  assert.equal(made.exitCode, 0, made.notes);
  await mkdir(folder, { recursive: true });
  const trusted = async (): Promise<void> => {
    for (const name of ["authority.cert.pem", "revoked.crl.pem"])
      await copyFile(join(data, "authority", name), join(folder, name));
  };
  await trusted();
  await writeFile(join(folder, "emberwatch.acl"), guideBlock("acl"));
  const config = join(folder, "mosquitto.conf");
  const text = guideBlock("conf")
    .replaceAll("/etc/mosquitto/emberwatch", folder)
    .replace("listener 8883", `listener ${port} 127.0.0.1`);
  await writeFile(config, `user ${userInfo().username}\n${text}`);
  let broker = await runMosquitto(t, { config, port });
  return {
    site,
    url,
    restart: async () => {
      await trusted();
      const ended = once(broker, "exit");
      broker.kill("SIGTERM");
      await ended;
      broker = await runMosquitto(t, { config, port });
    },
  };
}

async function reached({ site }: OwnBroker): Promise<void> {
  await until(async () =>
    (await get(site.httpUrl, "/api/health", hubHealthSchema)).problems.length === 0 ? true : null,
  );
}

async function connected(t: TestContext, url: string, path: string): Promise<MqttClient> {
  const { certificate, key, authority, device } = (await readCredentials(path)) as CertificateCredentials;
  const tls = { cert: certificate, key, ca: authority };
  const client = await connectAsync(
    url,
    { ...tls, clientId: device, protocolVersion: 4, reconnectPeriod: 0 },
    false,
  );
  client.on("error", () => {});
  t.after(() => client.endAsync(true));
  return client;
}

async function eventsOf({ site }: OwnBroker, device: string): Promise<string[]> {
  const page = await get(site.httpUrl, `/api/events?device=${device}`, eventPageSchema);
  return page.events.map(({ id }) => id);
}

test(
  "a device is heard through mosquitto, has its receipts there, and is told what to do",
  options,
  async (t) => {
    const own = await withMosquitto(t);
    await reached(own);
    const { path, notes } = await enrolled(own.site);
    assert.ok(notes.includes(own.url), notes);
    const mqttPort = Number(new URL(own.url).port);
    const { agent, has } = linked(t, { mqttPort }, path);
    await has("up");
    const text = JSON.stringify(alarmMessage({ id: "event-0001", sequence: 1 }));
    agent.receive({ kind: "events", events: [{ id: "event-0001", text, channel: "event" }] });
    await has("received");
    assert.deepEqual(await eventsOf(own, "kitchen"), ["event-0001"]);
    const act = fetch(`${own.site.httpUrl}/api/devices/kitchen/acts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ act: "silence", by: "Ada" }),
    });
    const command = await has("command");
    assert.ok(command.kind === "command");
    const { id } = JSON.parse(command.payload) as { id: string };
    agent.receive({
      kind: "reply",
      commandId: id,
      text: JSON.stringify({ v: 1, ok: true, text: "Silenced." }),
    });
    assert.deepEqual(
      [(await act).status, await (await act).json()],
      [200, { v: 1, ok: true, text: "Silenced." }],
    );
  },
);

test("the access list of the guide keeps a device to its own topics and name", options, async (t) => {
  const own = await withMosquitto(t);
  await reached(own);
  const kitchen = await connected(t, own.url, (await enrolled(own.site, "kitchen")).path);
  const office = await connected(t, own.url, (await enrolled(own.site, "office")).path);
  const forged = JSON.stringify(alarmMessage({ id: "forged-event", sequence: 1 }));
  const honest = JSON.stringify(alarmMessage({ id: "honest-event", sequence: 1 }));
  const overheard: string[] = [];
  office.on("message", (topic) => overheard.push(topic));
  await office.subscribeAsync("emberwatch/v1/#").catch(() => {});
  // A receipt makes a device forget its event, a command makes it act: neither is another device's to give.
  const misused = [
    "emberwatch/v1/kitchen/event",
    "emberwatch/v1/kitchen/receipt",
    "emberwatch/v1/kitchen/command/act",
  ];
  const misheard: string[] = [];
  kitchen.on("message", (topic, payload) => misheard.push(`${topic} ${payload}`));
  await kitchen.subscribeAsync(["emberwatch/v1/kitchen/receipt", "emberwatch/v1/kitchen/command/+"]);
  for (const topic of misused) await office.publishAsync(topic, forged, { qos: 1 }).catch(() => {});
  await office.publishAsync("emberwatch/v1/office/event", honest, { qos: 1 });
  await kitchen.publishAsync("emberwatch/v1/kitchen/event", honest, { qos: 1 });
  await until(async () => ((await eventsOf(own, "office")).length > 0 && misheard.length > 0 ? true : null));
  assert.deepEqual(await eventsOf(own, "office"), ["honest-event"]);
  assert.deepEqual(await eventsOf(own, "kitchen"), ["honest-event"]);
  assert.deepEqual(misheard, ['emberwatch/v1/kitchen/receipt {"v":1,"ids":["honest-event"]}']);
  assert.ok(
    overheard.every((topic) => topic === "emberwatch/v1/office/receipt"),
    overheard.join(),
  );
});

test(
  "mosquitto refuses a revoked device and strangers, and the hub comes back to it by itself",
  options,
  async (t) => {
    const own = await withMosquitto(t);
    await reached(own);
    const { path } = await enrolled(own.site, "kitchen");
    const other = await enrolled(await startSite(t), "kitchen");
    const { authority } = (await readCredentials(path)) as CertificateCredentials;
    const foreign = (await readCredentials(other.path)) as CertificateCredentials;
    await assert.rejects(
      connectAsync(
        own.url,
        { ca: authority, cert: foreign.certificate, key: foreign.key, reconnectPeriod: 0 },
        false,
      ),
    );
    await assert.rejects(connectAsync(own.url, { ca: authority, reconnectPeriod: 0 }, false));
    await (await connected(t, own.url, path)).endAsync();
    const run = await runCommand("enrol", "revoke", "kitchen", "--hub", own.site.httpUrl);
    assert.equal(run.exitCode, 0, run.notes);
    await own.restart();
    await assert.rejects(connected(t, own.url, path));
    await reached(own);
    const office = await connected(t, own.url, (await enrolled(own.site, "office")).path);
    await office.publishAsync(
      "emberwatch/v1/office/event",
      JSON.stringify(alarmMessage({ id: "event-after", sequence: 1 })),
      { qos: 1 },
    );
    await until(async () => ((await eventsOf(own, "office")).length > 0 ? true : null));
    assert.ok(
      (await readFile(join(own.site.folder, "hub", "authority", "revoked.crl.pem"), "utf8")).includes(
        "X509 CRL",
      ),
    );
  },
);
