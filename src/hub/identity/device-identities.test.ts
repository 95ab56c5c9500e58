import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { chmod, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { Failure } from "#core/failure.ts";
import { certificateRequest } from "#support/certificate-requests.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { deviceLifetimeDays } from "./certificate-authority.ts";
import { checkRequest } from "./certificate-request.ts";
import { openIdentities } from "./device-identities.ts";

const dayMs = 24 * 3_600_000;

async function opened(t: TestContext) {
  const folder = await temporaryFolder(t);
  const clock = new ManualClock();
  return { folder, clock, identities: await openIdentities(folder, clock) };
}

function refusedWith(code: string): (error: unknown) => boolean {
  return (error) => error instanceof Failure && error.side === "input" && error.code === code;
}

test("the authority is made once, its key is its owner's alone, and it is there again after a restart", async (t) => {
  const { folder, clock, identities } = await opened(t);
  const key = join(folder, "authority", "authority.key.pem");
  assert.equal((await stat(key)).mode & 0o777, 0o600);
  assert.equal((await stat(join(folder, "authority"))).mode & 0o777, 0o700);
  await chmod(key, 0o644);
  const again = await openIdentities(folder, clock);
  assert.equal(again.authority.certificatePem, identities.authority.certificatePem);
  assert.equal((await stat(key)).mode & 0o777, 0o600);
});

test("a device's certificate is signed by the authority, for its own key, as a client alone, for a year", async (t) => {
  const { clock, identities } = await opened(t);
  const { request, privateKey } = await certificateRequest("CN=kitchen");
  const certificate = new X509Certificate(await identities.issue(await checkRequest(request)));
  const authority = new X509Certificate(identities.authority.certificatePem);
  assert.ok(certificate.checkIssued(authority) && certificate.verify(authority.publicKey));
  assert.ok(certificate.checkPrivateKey(privateKey));
  assert.equal(certificate.subject, "CN=kitchen");
  assert.equal(certificate.subjectAltName, "URI:urn:emberwatch:device:kitchen");
  assert.deepEqual(certificate.keyUsage, ["1.3.6.1.5.5.7.3.2"]);
  assert.equal(certificate.ca, false);
  assert.equal(
    Date.parse(certificate.validTo),
    Math.floor(clock.nowMicros() / 1e6) * 1_000 + deviceLifetimeDays * dayMs,
  );
});

test("serial numbers are random", async (t) => {
  const { identities } = await opened(t);
  const { request } = await certificateRequest("CN=kitchen");
  const checked = await checkRequest(request);
  const serials = new Set<string>();
  for (let n = 0; n < 20; n += 1)
    serials.add(new X509Certificate(await identities.issue(checked)).serialNumber);
  assert.equal(serials.size, 20);
  assert.ok([...serials].every((serial) => /^[4-7][0-9A-F]{31}$/.test(serial)));
});

test("requests are refused that name no device, have another kind of key or are not signed by it", async () => {
  const { request } = await certificateRequest("CN=kitchen");
  const bytes = Buffer.from(request.replace(/-----[^-]+-----/g, ""), "base64");
  // The last byte of the signature.
  bytes[bytes.length - 1]! ^= 1;
  const forged = `-----BEGIN CERTIFICATE REQUEST-----\n${bytes.toString("base64")}\n-----END CERTIFICATE REQUEST-----`;
  const wrong = [
    (await certificateRequest("CN=../etc")).request,
    (await certificateRequest("CN=emberwatch.hub")).request,
    (await certificateRequest("CN=kitchen, O=more")).request,
    (await certificateRequest("O=kitchen")).request,
    (await certificateRequest("CN=kitchen", "P-384")).request,
    forged,
    "nonsense",
    "x".repeat(100_000),
  ];
  for (const pem of wrong) await assert.rejects(checkRequest(pem), refusedWith("request-refused"), pem);
  assert.equal((await checkRequest(request)).deviceId, "kitchen");
});

test("a revoked device stays shut out after a restart, its neighbours do not", async (t) => {
  const { folder, clock, identities } = await opened(t);
  const kitchen = new X509Certificate((await identities.issueLocal("kitchen")).certificatePem);
  const office = new X509Certificate((await identities.issueLocal("office")).certificatePem);
  assert.equal(identities.identify(kitchen).kind, "device");
  await identities.revokeDevice("kitchen");
  const again = await openIdentities(folder, clock);
  for (const known of [identities, again]) {
    assert.equal(known.identify(kitchen).kind, "revoked");
    assert.equal(known.identify(office).kind, "device");
  }
  await assert.rejects(again.revokeDevice("kitchen"), refusedWith("no-certificate"));
});

test("a list of revoked certificates that is gone, damaged or another hub's lets nobody in on a guess", async (t) => {
  const { folder, clock, identities } = await opened(t);
  await identities.issueLocal("kitchen");
  const path = join(folder, "authority", "revoked.crl.pem");
  const other = await opened(t);
  const foreign = await readFile(join(other.folder, "authority", "revoked.crl.pem"), "utf8");
  for (const text of ["", foreign]) {
    await writeFile(path, text);
    await assert.rejects(openIdentities(folder, clock), refusedWith("authority-damaged"));
  }
  await rm(path);
  await assert.rejects(openIdentities(folder, clock), refusedWith("authority-damaged"));
});

test("a damaged authority is refused without a word of its key", async (t) => {
  const { folder, clock } = await opened(t);
  const other = await opened(t);
  const keyFile = join("authority", "authority.key.pem");
  const foreign = await readFile(join(other.folder, keyFile), "utf8");
  for (const text of [foreign, "nonsense"]) {
    await writeFile(join(folder, keyFile), text);
    await assert.rejects(openIdentities(folder, clock), (error) => {
      assert.ok(error instanceof Failure && error.code === "authority-damaged");
      assert.ok(!error.message.includes(foreign.slice(60, 100)));
      return true;
    });
  }
});

test("a certificate that ends soon and was not renewed is told, a renewed or revoked one is not", async (t) => {
  const { clock, identities } = await opened(t);
  for (const device of ["kitchen", "office", "attic"]) await identities.issueLocal(device);
  await identities.revokeDevice("attic");
  clock.advanceMs((deviceLifetimeDays - 30) * dayMs);
  assert.deepEqual(await identities.nearEnds(), []);
  await identities.issueLocal("office");
  clock.advanceMs(17 * dayMs);
  assert.match((await identities.nearEnds()).join(), /^The certificate of kitchen ends on 2026-06-15/);
  clock.advanceMs(14 * dayMs);
  assert.match((await identities.nearEnds()).join(), /^The certificate of kitchen has ended/);
});

test("certificates that ended long ago are forgotten", async (t) => {
  const { folder, clock, identities } = await opened(t);
  await identities.issueLocal("kitchen");
  clock.advanceMs((deviceLifetimeDays + 31) * dayMs);
  assert.deepEqual(await identities.all(), []);
  assert.deepEqual(await readdir(join(folder, "authority", "issued")), []);
});
