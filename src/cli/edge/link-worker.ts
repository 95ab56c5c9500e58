import { setPriority } from "node:os";
import { readCredentials, replaceCredentials } from "#edge/credentials-file.ts";
import { CertificateKeeper } from "#edge/identity/certificate-keeper.ts";
import { renewCertificate } from "#edge/identity/renew-certificate.ts";
import { LinkAgent } from "#edge/link-agent.ts";
import { connectByMqtt } from "#edge/mqtt-connection.ts";
import type { FromLink } from "#wire/link-channel.ts";
import { machineRandom } from "../machine-random.ts";
import { systemClock } from "../system-clock.ts";

/** Deciding goes before telling: this process takes what the alarm process leaves of the machine. */
const niceness = 5;
/** Messages that the alarm process has not taken yet; more than these are let go, and it finds this process silent. */
const unsentMax = 200;

/**
 * Told in any case: there are no more of them than events were given, clips asked for, disks that changed, and looks at a
 * certificate.
 */
const toldAlways: ReadonlySet<FromLink["kind"]> = new Set([
  "received",
  "record-problem",
  "clip",
  "certificate",
]);
/** What is left to do without the alarm process has to be done by then: a new one may be on its way. */
const orphanMaxMs = 500;

let unsent = 0;

function tell(message: FromLink): void {
  if ((unsent >= unsentMax && !toldAlways.has(message.kind)) || !process.connected) return;
  unsent += 1;
  process.send?.(message, undefined, undefined, () => {
    unsent -= 1;
  });
}

setPriority(niceness);
// MQTT.js keeps four bytes for each length of a message that it has sent. As a piece of Node's pool each of them would
// keep 64 KiB in memory.
Buffer.poolSize = 0;
const log = (line: string): void => void process.stderr.write(`${line}\n`);
const keeper = new CertificateKeeper({
  clock: systemClock,
  read: (path) => readCredentials(path),
  replace: replaceCredentials,
  renew: renewCertificate,
  onTrouble: (trouble) => tell({ kind: "certificate", ...trouble }),
  onRenewed: (credentials) => agent.useCredentials(credentials),
  log,
});
const agent = new LinkAgent({
  clock: systemClock,
  random: machineRandom(),
  connect: connectByMqtt,
  readCredentials: (path, shown) => keeper.open(path, shown),
  tell,
  onEnd: () => process.exit(0),
  log,
});
process.on("message", (message) => agent.receive(message));
// Without the alarm process there is nothing to carry and to record: say so, close the files, and end.
process.on("disconnect", () => {
  systemClock.after(orphanMaxMs, () => process.exit(0));
  void agent.stop().finally(() => process.exit(0));
});
// Ctrl-C reaches both processes; the alarm process says when to end.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
agent.start();
