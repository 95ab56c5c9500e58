import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { Failure } from "#core/failure.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { DeviceCredentials, openDeviceCredentials } from "./device-credentials.ts";

test("a password is the HMAC-SHA-256 of the device id under the hub's secret", () => {
  const secret = Buffer.alloc(32, 7);
  const { username, password } = new DeviceCredentials(secret).loginFor("kitchen");
  assert.equal(username, "kitchen");
  const mac = createHmac("sha256", secret).update("emberwatch device kitchen").digest("base64url");
  assert.equal(password, mac);
});

test("a device is admitted by its own password only", () => {
  const credentials = new DeviceCredentials(Buffer.alloc(32, 1));
  const password = Buffer.from(credentials.loginFor("kitchen").password);
  assert.equal(credentials.admits({ deviceId: "kitchen", password }), true);
  assert.equal(credentials.admits({ deviceId: "office", password }), false);
  assert.equal(credentials.admits({ deviceId: "kitchen", password: password.subarray(1) }), false);
  assert.equal(credentials.admits({ deviceId: "kitchen", password: new Uint8Array() }), false);
});

test("the secret is made once, for its owner only, and read back", async (t) => {
  const folder = join(await temporaryFolder(t), "data");
  const first = await openDeviceCredentials(folder);
  const second = await openDeviceCredentials(folder);
  assert.deepEqual(second.loginFor("kitchen"), first.loginFor("kitchen"));
  const { mode, size } = await stat(join(folder, "device-secret"));
  assert.equal(mode & 0o777, 0o600);
  assert.equal(size, 32);
  const other = await openDeviceCredentials(await temporaryFolder(t));
  assert.notEqual(other.loginFor("kitchen").password, first.loginFor("kitchen").password);
});

test("a cut secret is refused with what to do, not used", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, "device-secret"), "short");
  await assert.rejects(openDeviceCredentials(folder), (error) => {
    assert.ok(error instanceof Failure);
    assert.equal(error.code, "secret-damaged");
    assert.match(error.message, /device-secret is damaged \(5 bytes/);
    return true;
  });
});

test("a data folder that is a file is refused in one sentence", async (t) => {
  const path = join(await temporaryFolder(t), "file");
  await writeFile(path, "");
  await assert.rejects(openDeviceCredentials(path), (error) => {
    assert.ok(error instanceof Failure);
    assert.equal(error.code, "data-folder-unusable");
    assert.ok(error.message.includes(path) && error.message.includes("--data"));
    return true;
  });
});
