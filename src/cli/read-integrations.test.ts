import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { writeCredentials } from "#edge/credentials-file.ts";
import { openIdentities } from "#hub/identity/device-identities.ts";
import { defaultIntegrationsConfig, integrationsJsonSchema } from "#hub/integrations/integrations-config.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { localIdentity } from "./edge/config-commands.ts";
import { formatOf } from "./edge/config-key.ts";
import { formatText } from "./edge/config-text.ts";
import { parseIntegrations, readIntegrations } from "./read-integrations.ts";
import { systemClock } from "./system-clock.ts";

function refusal(text: string): string {
  try {
    parseIntegrations(text, "integrations.yaml");
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "taken";
}

test("what init writes is in order and connects nowhere", () => {
  const format = formatOf(integrationsJsonSchema());
  const text = formatText({ format, head: "Written by init.", values: {} });
  assert.deepEqual(parseIntegrations(text, "integrations.yaml"), defaultIntegrationsConfig);
  assert.equal(defaultIntegrationsConfig.homeAssistant.brokerUrl, null);
  assert.equal(defaultIntegrationsConfig.modbus.port, null);
  assert.equal(defaultIntegrationsConfig.alerts.sender, null);
  assert.deepEqual(defaultIntegrationsConfig.homeAssistant.pictureDevices, []);
});

test("what is wrong is refused by line and key", () => {
  assert.match(refusal("version: 1\nhomeassistant: {}\n"), /line 2: "homeassistant" is no key/);
  assert.match(refusal("version: 1\nmodbus:\n  prot: 502\n"), /line 3: "modbus\.prot" is no key/);
  assert.match(refusal("version: 1\nhomeAssistant:\n  brokerUrl: http://a\n"), /line 3.*mqtt:\/\//);
  assert.match(
    refusal("version: 1\nmodbus:\n  devices: [a, a]\n"),
    /line 3: modbus\.devices names one twice/,
  );
  assert.match(refusal("version: 1\nalerts:\n  sender: a hub\n"), /line 3.*hub@example\.com/);
});

test("a login within the broker's address is refused: it would be in the log", () => {
  assert.match(refusal("version: 1\nhomeAssistant:\n  brokerUrl: mqtt://a:b@host\n"), /brokerUrl/);
});

test("Modbus on another address than this machine's needs the clients by name", () => {
  const text = (clients: string): string =>
    `version: 1\nmodbus:\n  port: 502\n  host: 192.168.1.5\n  clients: ${clients}\n`;
  assert.match(refusal(text("[]")), /modbus\.clients must name who may read/);
  assert.match(refusal(text("[panel]")), /is an IP address/);
  assert.equal(refusal(text("[192.168.1.20]")), "taken");
});

test("a login that others may read is refused, and the login is taken from beside the file", async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, "integrations.yaml");
  await writeFile(
    path,
    "version: 1\nhomeAssistant: { brokerUrl: mqtt://127.0.0.1, credentialsFile: login.json }\n",
  );
  const refused = await readIntegrations(path).catch((error: Error) => error.message);
  assert.match(String(refused), /login\.json cannot be read \(ENOENT\): write \{"username"/);
  await writeFile(join(folder, "login.json"), '{"username":"hub","password":"right"}', { mode: 0o644 });
  const exposed = await readIntegrations(path).catch((error: Error) => error.message);
  assert.match(String(exposed), /can be read by others than its owner/);
  await writeFile(join(folder, "own.json"), '{"username":"hub","password":"right"}', { mode: 0o600 });
  await writeFile(
    path,
    "version: 1\nhomeAssistant: { brokerUrl: mqtt://127.0.0.1, credentialsFile: own.json }\n",
  );
  const { homeAssistant } = await readIntegrations(path);
  assert.deepEqual(homeAssistant.credentials, { username: "hub", password: "right" });
});

test("a device's certificate is no login at Home Assistant's broker", async (t) => {
  const folder = await temporaryFolder(t);
  const certificate = await localIdentity(await hubFolder(folder), "kitchen", "https://127.0.0.1:8443");
  await writeCredentials(join(folder, "credentials.json"), certificate);
  const path = join(folder, "integrations.yaml");
  await writeFile(
    path,
    "version: 1\nhomeAssistant: { brokerUrl: mqtt://127.0.0.1, credentialsFile: credentials.json }\n",
  );
  const refused = await readIntegrations(path).catch((error: Error) => error.message);
  assert.match(String(refused), /credentials\.json holds a certificate, and a password is needed: write/);
});

/** The data folder of a hub with an authority. */
async function hubFolder(folder: string): Promise<string> {
  await openIdentities(folder, systemClock);
  return folder;
}
