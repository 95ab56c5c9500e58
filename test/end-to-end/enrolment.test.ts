import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile, stat } from "node:fs/promises";
import { connect as connectTcp } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { type CertificateCredentials, readCredentials, writeCredentials } from "#edge/credentials-file.ts";
import { newDeviceRequest } from "#edge/identity/device-request.ts";
import { askHub } from "#edge/identity/hub-requests.ts";
import { renewCertificate } from "#edge/identity/renew-certificate.ts";
import { alarmMessage } from "#support/alarm-samples.ts";
import { runCommand } from "#support/command-run.ts";
import { enrolled, get, linked, startSite, until } from "#support/enrolment-site.ts";
import {
  enrolmentViewSchema,
  enrolPath,
  enrolTicketSchema,
  renewedSchema,
} from "#wire/enrolment-messages.ts";
import { eventPageSchema, hubHealthSchema } from "#wire/hub-api.ts";

const options = { timeout: 60_000 } as const;

test(
  "a device is let in by a code and a person, shows the same key on both sides, and reaches the hub",
  options,
  async (t) => {
    const site = await startSite(t);
    const { path, notes, key } = await enrolled(site);
    assert.ok(key !== "" && notes.includes(key), `${key} in ${notes}`);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.ok(notes.includes(`mqtts://127.0.0.1:${site.mqttPort}`));
    const { agent, has } = linked(t, site, path);
    await has("up");
    const text = JSON.stringify(alarmMessage({ id: "event-0001", sequence: 1 }));
    agent.receive({ kind: "events", events: [{ id: "event-0001", text, channel: "event" }] });
    await has("received");
    // The private key is in no word of the hub.
    const secret = (JSON.parse(await readFile(path, "utf8")) as CertificateCredentials).key;
    assert.ok(!site.log.join().includes(secret.slice(40, 80)));
  },
);

test("a stranger in the hub's place is found out before the code is shown to it", options, async (t) => {
  const site = await startSite(t);
  const stranger = await startSite(t);
  const made = await runCommand("enrol", "--no-qr", "--hub", site.httpUrl);
  const [, code = ""] = /--code (\S+)/.exec(made.notes) ?? [];
  const run = await runCommand(
    ...["edge", "enrol", "--hub", `https://127.0.0.1:${stranger.enrolPort}`],
    ...["--code", code, "--device", "kitchen", "--out", join(site.folder, "never.json")],
  );
  assert.equal(run.exitCode, 2);
  assert.match(run.notes, /is not the hub that made this code.*Nothing was sent/);
  const seen = await get(stranger.httpUrl, "/api/enrolment", enrolmentViewSchema);
  const { refused } = await get(stranger.httpUrl, "/api/health", hubHealthSchema);
  assert.deepEqual([seen.waiting, refused.total], [[], 0]);
  await assert.rejects(stat(join(site.folder, "never.json")));
});

test("a device that a person refuses writes nothing, and a code serves once", options, async (t) => {
  const site = await startSite(t);
  const made = await runCommand("enrol", "--no-qr", "--hub", site.httpUrl);
  const [, url = "", code = ""] = /--hub (\S+) --code (\S+)/.exec(made.notes) ?? [];
  const out = join(site.folder, "kitchen.json");
  const words = ["edge", "enrol", "--hub", url, "--code", code, "--device", "kitchen", "--out", out];
  const asking = runCommand(...words);
  const waiting = await until(
    async () => (await get(site.httpUrl, "/api/enrolment", enrolmentViewSchema)).waiting[0] ?? null,
  );
  await runCommand("enrol", "refuse", waiting.id, "--hub", site.httpUrl);
  const refused = await asking;
  assert.equal(refused.exitCode, 2);
  assert.match(refused.notes, /refused kitchen/);
  await assert.rejects(stat(out));
  const again = await runCommand(...words);
  assert.match(again.notes, /The code is not taken: it is wrong, used already, or has ended/);
});

test("a revoked device is cut off at once and stays out, and the hub says so once", options, async (t) => {
  const site = await startSite(t);
  const { path } = await enrolled(site);
  const { has } = linked(t, site, path);
  await has("up");
  const run = await runCommand("enrol", "revoke", "kitchen", "--reason", "stolen", "--hub", site.httpUrl);
  assert.equal(run.exitCode, 0, run.notes);
  await has("down");
  const credentials = (await readCredentials(path)) as CertificateCredentials;
  const refused = await until(async () => {
    const { refused } = await get(site.httpUrl, "/api/health", hubHealthSchema);
    return (refused.byKind["revoked-certificate"] ?? 0) > 2 ? refused : null;
  });
  assert.ok(refused.total > 2);
  await assert.rejects(renewCertificate(credentials), /Only a device whose certificate holds can renew it/);
  const told = site.log.filter((line) => line.startsWith("refused (revoked-certificate): 127.0.0.1"));
  assert.equal(told.length, 1, told.join("\n"));
});

test(
  "a device renews its certificate by the one that holds, for itself alone and not all the time",
  options,
  async (t) => {
    const site = await startSite(t);
    const { path } = await enrolled(site);
    const now = (await readCredentials(path)) as CertificateCredentials;
    const request = { method: "POST", url: new URL(now.renewUrl), authority: now.authority } as const;
    const office = await newDeviceRequest("office");
    await assert.rejects(
      askHub({ ...request, identity: now, body: { request: office.requestPem } }, renewedSchema),
      /kitchen may renew its own alone/,
    );
    const mine = await newDeviceRequest("kitchen");
    await assert.rejects(
      askHub({ ...request, body: { request: mine.requestPem } }, renewedSchema),
      /enrol it anew/,
    );
    const next = await renewCertificate(now);
    assert.notEqual(next.key, now.key);
    await assert.rejects(renewCertificate(next), /renewed within the hour/);
    const renewedPath = join(site.folder, "renewed.json");
    await writeCredentials(renewedPath, next);
    await linked(t, site, renewedPath).has("up");
  },
);

test(
  "a restart of the hub loses no event and brings no old command: nothing needs a session",
  options,
  async (t) => {
    const site = await startSite(t);
    const { path } = await enrolled(site);
    const { agent, told, has } = linked(t, site, path);
    await has("up");
    await site.hub.stop();
    await has("down");
    const text = JSON.stringify(alarmMessage({ id: "event-0001", sequence: 1 }));
    agent.receive({ kind: "events", events: [{ id: "event-0001", text, channel: "event" }] });
    const again = await startSite(t, site);
    // Nobody is there yet, and a person wants something of the device.
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ act: "silence", by: "Ada" });
    const act = await fetch(`${again.httpUrl}/api/devices/kitchen/acts`, { method: "POST", headers, body });
    assert.ok(act.status >= 400, String(act.status));
    await has("received");
    const page = await get(again.httpUrl, "/api/events?device=kitchen", eventPageSchema);
    assert.deepEqual(
      page.events.map(({ id }) => id),
      ["event-0001"],
    );
    assert.deepEqual(
      told.filter(({ kind }) => kind === "command"),
      [],
    );
    // What is enrolled is enrolled, also after the restart.
    assert.deepEqual(
      (await get(again.httpUrl, "/api/enrolment", enrolmentViewSchema)).devices.map(({ device }) => device),
      ["kitchen"],
    );
  },
);

test(
  "requests that are none, too large or for elsewhere are refused and counted, and enrolment goes on",
  options,
  async (t) => {
    const site = await startSite(t);
    const credentialsOf = (await readCredentials(
      (
        await enrolled(site, "office")
      ).path,
    )) as CertificateCredentials;
    const at = {
      url: new URL(enrolPath, `https://127.0.0.1:${site.enrolPort}`),
      authority: credentialsOf.authority,
    };
    const before = (await get(site.httpUrl, "/api/health", hubHealthSchema)).refused.total;
    for (const body of [{}, { secret: 1, request: [] }, { secret: "x".repeat(20_000), request: "" }])
      await assert.rejects(askHub({ method: "POST", ...at, body }, enrolTicketSchema));
    await assert.rejects(
      askHub({ method: "GET", ...at, url: new URL("/etc/passwd", at.url) }, enrolTicketSchema),
    );
    const socket = connectTcp(site.enrolPort, "127.0.0.1");
    socket.on("error", () => {});
    socket.write("GET / HTTP/1.1\r\n\r\n");
    socket.resume();
    await once(socket, "close");
    const { refused } = await get(site.httpUrl, "/api/health", hubHealthSchema);
    assert.equal(refused.total - before, 5);
    await enrolled(site, "attic");
  },
);
