import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { systemClock } from "#cli/system-clock.ts";
import { Random } from "#core/random.ts";
import { Hub } from "#hub/hub.ts";
import { get, post } from "#support/enrolment-site.ts";
import { attack, attackersMax } from "#support/malformed-attack.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { witness } from "#support/witness.ts";
import { newCodeSchema } from "#wire/enrolment-messages.ts";
import { eventPageSchema, hubHealthSchema } from "#wire/hub-api.ts";

/** As many as are quick; `npm run drill:malformed` sends a million. */
const count = 600;

test("malformed packets, messages and requests are refused and told in a few lines, and another device is served", {
  timeout: 120_000,
}, async (t) => {
  const log: string[] = [];
  const hub = new Hub({
    clock: systemClock,
    dataFolder: join(await temporaryFolder(t), "hub"),
    host: "127.0.0.1",
    port: 0,
    mqttPort: 0,
    devices: { host: "127.0.0.1", mqttPort: 0, enrolPort: 0, names: () => ["127.0.0.1"] },
    dashboardFolder: null,
    softwareVersion: "0",
    log: (line) => log.push(line),
  });
  t.after(() => hub.stop());
  const { httpUrl, mqttUrl, secure } = await hub.start();
  const { url } = await post(httpUrl, "/api/enrolment/codes", newCodeSchema, { by: "Ada" });
  const identityOf = async (device: string) => (await secure!.credentialsFor(device))();
  const attackers = await Promise.all(
    Array.from({ length: attackersMax }, async (_, n) => ({
      device: `attacker-${n}`,
      identity: await identityOf(`attacker-${n}`),
    })),
  );
  const ports = {
    plainPort: Number(new URL(mqttUrl).port),
    securePort: Number(new URL(secure!.url).port),
    enrolPort: Number(new URL(url).port),
  };
  const attacking = attack({ ...ports, attackers }, count, new Random(7));
  const observer = { port: ports.securePort, device: "witness", identity: await identityOf("witness") };
  const [sent, seen] = await Promise.all([attacking, witness(observer, attacking)]);
  const { refused } = await get(httpUrl, "/api/health", hubHealthSchema);
  assert.equal(refused.byKind["malformed-message"], sent.message);
  const total = Object.values(sent).reduce((sum, one) => sum + one, 0);
  assert.ok(refused.total >= total, `${refused.total} of ${total}`);
  const { events } = await get(httpUrl, "/api/events?device=witness&limit=500", eventPageSchema);
  assert.equal(events.length, seen.events);
  const told = log.filter((line) => line.startsWith("refused"));
  assert.ok(told.length < 60, `${told.length} lines`);
});
