import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { badInput, Failure } from "#core/failure.ts";
import type { BrokerCredentials } from "#core/messaging/broker-credentials.ts";
import { issuedCertificate } from "#support/issued-certificate.ts";
import { ManualClock } from "#support/manual-clock.ts";
import type { CertificateCredentials } from "../credentials-file.ts";
import { CertificateKeeper, lookEveryMs } from "./certificate-keeper.ts";

const dayMs = 24 * 3_600_000;
const shown = { deviceId: "kitchen", brokerUrl: "mqtts://hub:8883" };

async function bench(t: TestContext) {
  const clock = new ManualClock();
  const credentials = await issuedCertificate("kitchen", clock);
  const troubles: { active: boolean; text: string }[] = [];
  const written: CertificateCredentials[] = [];
  const renewed: BrokerCredentials[] = [];
  let hub: "there" | "away" = "there";
  let disk: "works" | "full" = "works";
  let asked = 0;
  let refusedWrites = 0;
  const keeper = new CertificateKeeper({
    clock,
    read: async () => written.at(-1) ?? credentials,
    replace: async (_path, next) => {
      if (disk === "full") {
        refusedWrites += 1;
        throw new Error("ENOSPC: no space left");
      }
      written.push(next);
    },
    renew: async () => {
      asked += 1;
      if (hub === "away") throw badInput("hub-unreachable", "The hub cannot be asked.");
      return issuedCertificate("kitchen", clock);
    },
    onTrouble: (trouble) => troubles.push(trouble),
    onRenewed: (next) => renewed.push(next),
    log: () => {},
  });
  t.after(() => keeper.stop());
  const pass = async (days: number): Promise<void> => {
    for (let hours = 0; hours < 24 * days; hours += 2) {
      clock.advanceMs(lookEveryMs);
      // Making keys and certificates takes turns of the loop, which the clock does not wait for.
      for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return {
    clock,
    keeper,
    credentials,
    troubles,
    written,
    renewed,
    pass,
    asked: () => asked,
    refusedWrites: () => refusedWrites,
    setHub: (now: typeof hub) => {
      hub = now;
    },
    setDisk: (now: typeof disk) => {
      disk = now;
    },
  };
}

test("a certificate is renewed by itself 60 days before its end, written and shown from then on", async (t) => {
  const { keeper, credentials, pass, renewed, written, troubles, asked, clock } = await bench(t);
  assert.equal(await keeper.open("file", shown), credentials);
  clock.advanceMs(304 * dayMs);
  await pass(0.5);
  assert.equal(asked(), 0);
  await pass(1);
  while (renewed.length === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(asked(), 1);
  assert.deepEqual(renewed, written);
  assert.notEqual(written[0]?.certificate, credentials.certificate);
  assert.ok(troubles.every(({ active }) => !active));
});

test("one that cannot be renewed is trouble 14 days before its end, until it is", async (t) => {
  const { keeper, pass, troubles, setHub, renewed, asked, clock } = await bench(t);
  setHub("away");
  await keeper.open("file", shown);
  clock.advanceMs(350 * dayMs);
  await pass(0.5);
  assert.ok(asked() > 1);
  assert.ok(troubles.every(({ active }) => !active));
  await pass(1);
  assert.match(
    troubles.at(-1)?.text ?? "",
    /ends on 2026-06-15 and is not renewed \(The hub cannot be asked\.\)/,
  );
  assert.equal(troubles.at(-1)?.active, true);
  setHub("there");
  await pass(0.2);
  while (renewed.length === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(troubles.at(-1)?.active, false);
});

test("a renewed certificate that the disk refuses is not shown, and tried again", async (t) => {
  const { keeper, pass, renewed, setDisk, asked, refusedWrites, clock } = await bench(t);
  setDisk("full");
  await keeper.open("file", shown);
  clock.advanceMs(320 * dayMs);
  await pass(0.5);
  while (refusedWrites() < asked()) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(renewed, []);
  const before = asked();
  assert.ok(before > 0);
  setDisk("works");
  await pass(0.2);
  while (renewed.length === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(asked() > before);
});

test("credentials that do not go with device or broker are refused before they are shown to anybody", async (t) => {
  const { keeper } = await bench(t);
  const misfits = [
    { deviceId: "office", brokerUrl: "mqtts://hub:8883" },
    { deviceId: "kitchen", brokerUrl: "mqtt://127.0.0.1:1883" },
  ];
  for (const misfit of misfits)
    await assert.rejects(
      keeper.open("file", misfit),
      (error) => error instanceof Failure && error.code === "credentials-misfit",
    );
});
