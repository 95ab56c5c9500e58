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

let unsent = 0;

function tell(message: FromLink): void {
  // A receipt is told in any case: there are no more of them than events were given.
  if ((unsent >= unsentMax && message.kind !== "received") || !process.connected) return;
  unsent += 1;
  process.send?.(message, undefined, undefined, () => {
    unsent -= 1;
  });
}

setPriority(niceness);
const log = (line: string): void => void process.stderr.write(`${line}\n`);
const keeper = new CertificateKeeper({
  clock: systemClock,
  read: readCredentials,
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
// Without the alarm process there is nothing to carry: say so, and end.
process.on("disconnect", () => void agent.stop().finally(() => process.exit(0)));
// Ctrl-C reaches both processes; the alarm process says when to end.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
agent.start();
