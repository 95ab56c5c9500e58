/**
 * The hub in a process of its own, to be killed: `node hub-process.ts FOLDER MQTT-PORT`. Prints "ready" and the address
 * of its broker; ends when its standard input does.
 */
import { systemClock } from "#cli/system-clock.ts";
import { Hub } from "#hub/hub.ts";

const [dataFolder = "", mqttPort = "0"] = process.argv.slice(2);
const hub = new Hub({
  clock: systemClock,
  dataFolder,
  host: "127.0.0.1",
  port: 0,
  mqttPort: Number(mqttPort),
  dashboardFolder: null,
  softwareVersion: "0",
  log: () => {},
});
const { mqttUrl } = await hub.start();
process.stdout.write(`ready ${mqttUrl}\n`);
process.stdin.resume();
process.stdin.on("end", () => void hub.stop().then(() => process.exit(0)));
