import assert from "node:assert/strict";
import { chmod, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openDeviceCredentials } from "#hub/device-credentials.ts";
import { openIdentities } from "#hub/identity/device-identities.ts";
import { runCommand } from "#support/command-run.ts";
import { issuedCertificate } from "#support/issued-certificate.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { systemClock } from "../system-clock.ts";

test("a device of a demo is set up by init, credentials and check, and the password stays in its file", async (context) => {
  const folder = await temporaryFolder(context);
  const hub = join(folder, "hub");
  const login = (await openDeviceCredentials(hub)).loginFor("kitchen");
  const config = join(folder, "edge.yaml");
  const secret = join(folder, "credentials.json");
  const demo = "mqtt://127.0.0.1:1883";
  const runs = [
    await runCommand("edge", "init", "--device", "kitchen", "--hub", demo, "--out", config),
    await runCommand(
      "edge",
      "credentials",
      "--demo",
      "--device",
      "kitchen",
      "--hub-data",
      hub,
      "--out",
      secret,
    ),
    await runCommand("edge", "check", config),
  ];
  for (const run of runs) assert.equal(run.exitCode, 0, run.notes);
  assert.match(runs[2]?.results ?? "", /is in order: device kitchen/);
  assert.deepEqual(JSON.parse(await readFile(secret, "utf8")), login);
  assert.equal((await stat(secret)).mode & 0o777, 0o600);
  assert.ok(!runs.some(({ results, notes }) => `${results}${notes}`.includes(login.password)));
});

test("a device of the hub's own machine gets a certificate, and check wants it to go with device and broker", async (context) => {
  const folder = await temporaryFolder(context);
  const hub = join(folder, "hub");
  await openIdentities(hub, systemClock);
  const config = join(folder, "edge.yaml");
  const secret = join(folder, "credentials.json");
  await runCommand("edge", "init", "--device", "kitchen", "--out", config);
  const made = await runCommand(
    "edge",
    "credentials",
    "--device",
    "kitchen",
    "--hub-data",
    hub,
    "--out",
    secret,
  );
  assert.equal(made.exitCode, 0, made.notes);
  const good = await runCommand("edge", "check", config);
  assert.equal(good.exitCode, 0, good.notes);
  const { key } = JSON.parse(await readFile(secret, "utf8")) as { key: string };
  assert.ok(!`${made.results}${made.notes}${good.notes}`.includes(key.slice(40, 80)));
  for (const [words, complaint] of [
    [["--device", "office"], /certificate is that of kitchen, and device\.id is office/],
    [["--device", "kitchen", "--hub", "mqtt://127.0.0.1:1883"], /write mqtts:\/\/ there/],
  ] as const) {
    await rm(config);
    await runCommand("edge", "init", ...words, "--out", config);
    const run = await runCommand("edge", "check", config);
    assert.equal(run.exitCode, 2);
    assert.match(run.notes, complaint);
  }
});

test("a password that would cross the network in the clear is refused", async (context) => {
  const folder = await temporaryFolder(context);
  const config = join(folder, "edge.yaml");
  await runCommand("edge", "init", "--hub", "mqtt://192.168.1.10:1883", "--out", config);
  await writeFile(join(folder, "credentials.json"), '{"username":"room","password":"hush"}', { mode: 0o600 });
  const run = await runCommand("edge", "check", config);
  assert.equal(run.exitCode, 2);
  assert.match(run.notes, /would cross the network in the clear: enrol this device/);
});

test("certificates whose parts do not belong together are refused without a word of the key", async (context) => {
  const folder = await temporaryFolder(context);
  const config = join(folder, "edge.yaml");
  await runCommand("edge", "init", "--device", "kitchen", "--out", config);
  const mine = await issuedCertificate("kitchen", systemClock);
  const other = await issuedCertificate("kitchen", systemClock);
  for (const mixed of [
    { ...mine, key: other.key },
    { ...mine, authority: other.authority },
    { ...mine, certificate: "x" },
    { ...mine, renewUrl: "http://hub" },
  ]) {
    await writeFile(join(folder, "credentials.json"), JSON.stringify(mixed), { mode: 0o600 });
    const run = await runCommand("edge", "check", config);
    assert.equal(run.exitCode, 2);
    assert.match(run.notes, /is no file of credentials/);
    assert.ok(!run.notes.includes("PRIVATE"));
  }
});

test("credentials that others may read are refused", async (context) => {
  const folder = await temporaryFolder(context);
  const config = join(folder, "edge.yaml");
  await runCommand("edge", "init", "--out", config);
  await writeFile(join(folder, "credentials.json"), '{"username":"room","password":"hush"}');
  await chmod(join(folder, "credentials.json"), 0o640);
  const run = await runCommand("edge", "check", config);
  assert.equal(run.exitCode, 2);
  assert.match(run.notes, /credentials\.json can be read by others than its owner: chmod 600/);
});

test("damaged credentials are refused without a word of what they say", async (context) => {
  const folder = await temporaryFolder(context);
  const config = join(folder, "edge.yaml");
  await runCommand("edge", "init", "--out", config);
  await writeFile(join(folder, "credentials.json"), '{"password":"hush"', { mode: 0o600 });
  const run = await runCommand("edge", "check", config);
  assert.equal(run.exitCode, 2);
  assert.match(run.notes, /is no file of credentials/);
  assert.ok(!run.notes.includes("hush"));
});

test("init replaces no file, and credentials ask for a hub that is there", async (context) => {
  const folder = await temporaryFolder(context);
  const config = join(folder, "edge.yaml");
  await writeFile(config, "mine");
  assert.equal((await runCommand("edge", "init", "--out", config)).exitCode, 2);
  assert.equal(await readFile(config, "utf8"), "mine");
  const run = await runCommand("edge", "credentials", "--device", "kitchen", "--hub-data", folder);
  assert.match(run.notes, /No hub has kept its state in/);
});

test("the schema that is printed knows every key", async () => {
  const { results } = await runCommand("edge", "schema");
  const schema = JSON.parse(results) as { properties: object; additionalProperties: boolean };
  const keys = [
    "version",
    "device",
    "hub",
    "sensors",
    "model",
    "dataFolder",
    "recording",
    "outputs",
    "selfTest",
    "commands",
    "alarm",
    "site",
    "inputs",
    "zone",
    "regions",
  ];
  assert.deepEqual(Object.keys(schema.properties), keys);
  assert.equal(schema.additionalProperties, false);
});

test("an option that would do nothing is refused", async () => {
  const run = await runCommand("edge", "schema", "--device", "kitchen");
  assert.equal(run.exitCode, 2);
  assert.match(run.notes, /--device does nothing with edge schema/);
});
