import assert from "node:assert/strict";
import { once } from "node:events";
import { type TestContext, test } from "node:test";
import { connect as connectTls } from "node:tls";
import { connectAsync, type IClientOptions, type MqttClient } from "mqtt";
import { ManualClock } from "#support/manual-clock.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { Broker, type Publication } from "./broker.ts";
import { type KeyAndCertificate, serverLifetimeDays } from "./identity/certificate-authority.ts";
import { type DeviceIdentities, openIdentities } from "./identity/device-identities.ts";
import { ServerCertificate, serverRenewBeforeMicros } from "./identity/server-certificate.ts";
import { Refusals } from "./refusals.ts";

const options = { timeout: 30_000 } as const;
const dayMs = 24 * 3_600_000;

/** OpenSSL looks at the machine's clock, so that the hub's begins there. */
function clockFromNow(daysLater = 0): ManualClock {
  return new ManualClock((Date.now() + daysLater * dayMs) * 1_000);
}

async function running(t: TestContext, folder?: string, daysLater = 0) {
  const clock = clockFromNow(daysLater);
  const identities = await openIdentities(folder ?? (await temporaryFolder(t)), clock);
  const { authority } = identities;
  let names = ["127.0.0.1"];
  const certificate = await ServerCertificate.make({ authority, clock, names: () => names });
  const heard: Publication[] = [];
  const log: string[] = [];
  const refusals = new Refusals(clock, (line) => log.push(line));
  const broker = new Broker({
    plain: null,
    secure: { host: "127.0.0.1", port: 0, identities, certificate },
    refusals,
    onPublication: (publication) => void heard.push(publication),
    log: () => {},
  });
  const url = (await broker.start()).secureUrl ?? "";
  t.after(() => broker.stop());
  const connected = async (id: string, pair: Partial<KeyAndCertificate>, more: IClientOptions = {}) => {
    const client = await connectAsync(
      url,
      {
        clientId: id,
        protocolVersion: 4,
        reconnectPeriod: 0,
        ca: authority.certificatePem,
        ...(pair.certificatePem === undefined ? {} : { cert: pair.certificatePem }),
        ...(pair.keyPem === undefined ? {} : { key: pair.keyPem }),
        ...more,
      },
      false,
    );
    client.on("error", () => {});
    t.after(() => client.endAsync(true));
    return client;
  };
  return {
    clock,
    identities,
    certificate,
    heard,
    log,
    refusals,
    broker,
    url,
    connected,
    moveTo: (name: string) => {
      names = [name];
    },
  };
}

function closed(client: MqttClient): Promise<void> {
  return new Promise((resolve) => client.once("close", () => resolve()));
}

async function otherHub(t: TestContext): Promise<DeviceIdentities> {
  return openIdentities(await temporaryFolder(t), clockFromNow());
}

test("a device with its certificate publishes under its own topics and hears its own", options, async (t) => {
  const { identities, connected, heard, broker } = await running(t);
  const device = await connected("kitchen", await identities.issueLocal("kitchen"));
  await device.publishAsync("emberwatch/v1/kitchen/event", "{}", { qos: 1 });
  assert.deepEqual(heard, [{ topic: { kind: "event", device: "kitchen" }, payload: Buffer.from("{}") }]);
  await device.subscribeAsync("emberwatch/v1/kitchen/command/+");
  const message = new Promise((resolve) => device.once("message", resolve));
  await broker.publish({ topic: "emberwatch/v1/kitchen/command/watch", payload: "{}", qos: 0 });
  assert.equal(await message, "emberwatch/v1/kitchen/command/watch");
});

test("nobody gets in without a certificate of this hub that holds", options, async (t) => {
  const { identities, connected, refusals, log } = await running(t);
  const foreign = await (await otherHub(t)).issueLocal("kitchen");
  const server = await identities.authority.issueServer(["kitchen"]);
  const hub = await identities.authority.issueHubClient();
  const mine = await identities.issueLocal("kitchen");
  const revoked = await identities.issueLocal("attic");
  await identities.revokeDevice("attic");
  const refused: readonly [string, Partial<KeyAndCertificate>][] = [
    ["kitchen", {}],
    ["kitchen", foreign],
    ["kitchen", server],
    ["emberwatch.hub", hub],
    ["office", mine],
    ["attic", revoked],
  ];
  for (const [id, pair] of refused) await assert.rejects(connected(id, pair), id);
  // The password of the plain door opens nothing here.
  await assert.rejects(connected("kitchen", {}, { username: "kitchen", password: "x" }));
  assert.deepEqual(refusals.counts().byKind, {
    "no-certificate": 2,
    "revoked-certificate": 1,
    "unknown-certificate": 3,
    "wrong-login": 1,
  });
  // Two of the three unknown ones come from one address by one name, and so does who shows none.
  assert.deepEqual(
    log.map((line) => /\((.*?)\)/.exec(line)?.[1]),
    ["no-certificate", "unknown-certificate", "wrong-login", "revoked-certificate"],
  );
});

test(
  "a certificate that has ended is refused, by the machine's clock or by the hub's",
  options,
  async (t) => {
    const folder = await temporaryFolder(t);
    const old = await (await openIdentities(folder, clockFromNow(-400))).issueLocal("kitchen");
    const { identities, connected, clock, refusals } = await running(t, folder);
    await assert.rejects(connected("kitchen", old));
    const mine = await identities.issueLocal("office");
    clock.advanceMs(366 * dayMs);
    await assert.rejects(connected("office", mine), /Not authorized/);
    assert.deepEqual(refusals.counts().byKind, { "expired-certificate": 2 });
  },
);

test("a device that publishes as another is cut off, counted, and told once", options, async (t) => {
  const { identities, connected, heard, refusals, log } = await running(t);
  const pair = await identities.issueLocal("kitchen");
  for (let n = 0; n < 5; n += 1) {
    const device = await connected("kitchen", pair);
    const ended = closed(device);
    device.publish("emberwatch/v1/office/event", "{}");
    await ended;
  }
  assert.deepEqual(heard, []);
  assert.deepEqual(refusals.counts(), { total: 5, byKind: { "foreign-topic": 5 } });
  assert.deepEqual(log, ["refused (foreign-topic): kitchen may not publish to emberwatch/v1/office/event"]);
});

test("a will under another device's topic is not said", options, async (t) => {
  const { identities, connected, heard, refusals } = await running(t);
  const will = {
    topic: "emberwatch/v1/office/health",
    payload: Buffer.from("{}"),
    qos: 1,
    retain: true,
  } as const;
  const device = await connected("kitchen", await identities.issueLocal("kitchen"), { will });
  device.stream.destroy();
  const other = await connected("attic", await identities.issueLocal("attic"));
  while (refusals.counts().total === 0)
    await other.publishAsync("emberwatch/v1/attic/reply/x", "{}", { qos: 1 });
  assert.ok(heard.every(({ topic }) => topic.device === "attic"));
  assert.deepEqual(Object.keys(refusals.counts().byKind), ["foreign-topic"]);
});

test("revoking ends the connection that stands, and the next is refused", options, async (t) => {
  const { identities, connected, broker, refusals } = await running(t);
  const pair = await identities.issueLocal("kitchen");
  const device = await connected("kitchen", pair);
  const other = await connected("office", await identities.issueLocal("office"));
  const ended = closed(device);
  await identities.revokeDevice("kitchen");
  broker.endStale();
  await ended;
  await assert.rejects(connected("kitchen", pair), /Not authorized/);
  await other.publishAsync("emberwatch/v1/office/event", "{}", { qos: 1 });
  assert.deepEqual(refusals.counts().byKind, { "revoked-certificate": 2 });
});

test("a certificate that ends while its device is connected ends the connection", options, async (t) => {
  const { identities, connected, broker, clock, refusals } = await running(t);
  const device = await connected("kitchen", await identities.issueLocal("kitchen"));
  broker.endStale();
  assert.ok(device.connected);
  const ended = closed(device);
  clock.advanceMs(366 * dayMs);
  broker.endStale();
  await ended;
  assert.deepEqual(refusals.counts().byKind, { "expired-certificate": 1 });
});

test(
  "the hub's own certificate is renewed without a restart, and nobody is disconnected",
  options,
  async (t) => {
    const { identities, connected, broker, certificate, clock, url, moveTo } = await running(
      t,
      undefined,
      -340,
    );
    const seen = async (): Promise<string> => {
      const socket = connectTls({
        host: "127.0.0.1",
        port: Number(new URL(url).port),
        ca: identities.authority.certificatePem,
        checkServerIdentity: () => undefined,
      });
      await once(socket, "secureConnect");
      const serial = socket.getPeerX509Certificate()?.serialNumber ?? "";
      socket.destroy();
      return serial;
    };
    const pair = await identities.issueLocal("kitchen");
    const device = await connected("kitchen", pair);
    const first = await seen();
    assert.equal(await certificate.renewIfDue(), "kept");
    clock.advanceMs(serverLifetimeDays * dayMs - serverRenewBeforeMicros / 1_000 + 1);
    assert.equal(await certificate.renewIfDue(), "renewed");
    broker.renewCertificate();
    const second = await seen();
    assert.notEqual(second, first);
    moveTo("localhost");
    assert.equal(await certificate.renewIfDue(), "renewed");
    broker.renewCertificate();
    assert.notEqual(await seen(), second);
    await device.publishAsync("emberwatch/v1/kitchen/event", "{}", { qos: 1 });
  },
);

test(
  "a device does not speak to a broker whose certificate is for another name or another hub's",
  options,
  async (t) => {
    const { identities, connected, certificate, broker, moveTo } = await running(t);
    const pair = await identities.issueLocal("kitchen");
    const ca = (await otherHub(t)).authority.certificatePem;
    await assert.rejects(connected("kitchen", pair, { ca }), /self-signed|unable to verify|issuer/);
    moveTo("elsewhere.example");
    await certificate.renewIfDue();
    broker.renewCertificate();
    await assert.rejects(connected("kitchen", pair), /does not match certificate's altnames/);
  },
);

test("10 MB in one message end the connection before they are read", options, async (t) => {
  const { identities, connected, heard, refusals } = await running(t);
  const device = await connected("kitchen", await identities.issueLocal("kitchen"));
  const ended = closed(device);
  device.publish("emberwatch/v1/kitchen/event", Buffer.alloc(10 * 1024 * 1024));
  await ended;
  assert.deepEqual(heard, []);
  assert.deepEqual(refusals.counts().byKind, { "oversized-message": 1 });
});

test("strangers cannot take the places of devices", options, async (t) => {
  const { identities, connected, refusals, url } = await running(t);
  const port = Number(new URL(url).port);
  const device = await connected("kitchen", await identities.issueLocal("kitchen"));
  const strangers = Array.from({ length: 80 }, () => {
    const socket = connectTls({ host: "127.0.0.1", port, ca: identities.authority.certificatePem });
    socket.on("error", () => {});
    return socket;
  });
  t.after(() => {
    for (const socket of strangers) socket.destroy();
  });
  await Promise.all(strangers.map((socket) => once(socket, "close")));
  const counts = refusals.counts().byKind;
  assert.equal((counts["no-certificate"] ?? 0) + (counts["too-many-connections"] ?? 0), 80);
  await device.publishAsync("emberwatch/v1/kitchen/event", "{}", { qos: 1 });
  await connected("office", await identities.issueLocal("office"));
});
