/**
 * A hub in a process of its own, to be attacked: `node attacked-hub-process.ts FOLDER DEVICES`. Prints one line of JSON
 * with its ports and the certificates of so many attackers and a witness; ends when its standard input does.
 */
import { systemClock } from "#cli/system-clock.ts";
import { Hub } from "#hub/hub.ts";
import { newCodeSchema } from "#wire/enrolment-messages.ts";

const [dataFolder = "", devices = "1"] = process.argv.slice(2);
const hub = new Hub({
  clock: systemClock,
  dataFolder,
  host: "127.0.0.1",
  port: 0,
  mqttPort: 0,
  devices: { host: "127.0.0.1", mqttPort: 0, enrolPort: 0, names: () => ["127.0.0.1"] },
  dashboardFolder: null,
  softwareVersion: "0",
  log: (line) => process.stderr.write(`${line}\n`),
});
const { httpUrl, mqttUrl, secure } = await hub.start();
if (secure === null) throw new Error("the hub has no secure door");
const made = await fetch(`${httpUrl}/api/enrolment/codes`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ by: "drill" }),
});
const attackers = await Promise.all(
  Array.from({ length: Number(devices) }, async (_, n) => {
    const device = `attacker-${n}`;
    return { device, identity: (await secure.credentialsFor(device))() };
  }),
);
const said = {
  httpUrl,
  plainPort: Number(new URL(mqttUrl).port),
  securePort: Number(new URL(secure.url).port),
  enrolPort: Number(new URL(newCodeSchema.parse(await made.json()).url).port),
  attackers,
  witness: { device: "witness", identity: (await secure.credentialsFor("witness"))() },
};
process.stdout.write(`${JSON.stringify(said)}\n`);
process.stdin.resume();
process.stdin.on("end", () => void hub.stop().then(() => process.exit(0)));
