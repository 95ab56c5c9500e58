import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Attacked, type Attacker, attackersMax, type Sent } from "#support/malformed-attack.ts";
import { witness } from "#support/witness.ts";
import { hubHealthSchema } from "#wire/hub-api.ts";

/**
 * Sends so many malformed packets, messages and requests to a hub as `--count` says (a million), and prints what the
 * hub refused, what it wrote into its log, and how long the events of another device took meanwhile. Ends with 1 when
 * that device lost anything, the hub had a problem, or refusals were not counted.
 */
const { values } = parseArgs({
  options: { count: { type: "string", default: "1000000" }, seed: { type: "string", default: "1" } },
});
/** Lines of the log; the kinds of refusals, by the few peers that there are, have no more. */
const logLinesMax = 400;

const folder = await mkdtemp(join(tmpdir(), "emberwatch-malformed-"));
const hubProgram = fileURLToPath(new URL("../support/attacked-hub-process.ts", import.meta.url));
const attackerProgram = fileURLToPath(new URL("../support/malformed-attacker-process.ts", import.meta.url));
const hub = spawn(process.execPath, [hubProgram, folder, String(attackersMax)], {
  stdio: ["pipe", "pipe", "pipe"],
});
const hubLog = text(hub.stderr);
const [line] = (await once(hub.stdout, "data")) as [Buffer];
const target = JSON.parse(line.toString()) as Attacked & { httpUrl: string; witness: Attacker };
const residentMiB = (field: "VmRSS" | "VmHWM"): number => {
  const status = readFileSync(`/proc/${hub.pid}/status`, "utf8");
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
};

const before = residentMiB("VmRSS");
const beganMs = performance.now();
const attacker = spawn(process.execPath, [attackerProgram, values.count, values.seed], {
  stdio: ["pipe", "pipe", "inherit"],
});
attacker.stdin.end(JSON.stringify(target));
const over = text(attacker.stdout);
const seen = await witness({ port: target.securePort, ...target.witness }, over);
const sent = JSON.parse(await over) as Sent;
const seconds = (performance.now() - beganMs) / 1_000;
const health = hubHealthSchema.parse(await (await fetch(`${target.httpUrl}/api/health`)).json());
const stored = await (await fetch(`${target.httpUrl}/api/events?device=witness&limit=1`)).json();
const [after, peak] = [residentMiB("VmRSS"), residentMiB("VmHWM")];
hub.stdin.end();
const logLines = (await hubLog).split("\n").length - 1;
await rm(folder, { recursive: true });

const total = Object.values(sent).reduce((sum, count) => sum + count, 0);
const percentile = (share: number): string =>
  seen.receiptMs[Math.min(seen.events - 1, Math.floor(share * seen.events))]!.toFixed(1);
console.log(`${total} sent in ${seconds.toFixed(0)} s: ${JSON.stringify(sent)}`);
console.log(`refused: ${JSON.stringify(health.refused)}; ${logLines} lines of log`);
console.log(
  `another device: ${seen.events} events, each with its receipt, after ${percentile(0.5)} ms (median), ${percentile(0.99)} ms (99 of 100), ${percentile(1)} ms (longest)`,
);
console.log(
  `hub: ${before.toFixed(0)} MiB before, ${after.toFixed(0)} after, ${peak.toFixed(0)} at most; status ${health.status}`,
);
const isWhole = JSON.stringify(stored).includes(`witnessed-${seen.events - 1}"`);
// Of what is cut off in the middle, some is a connection that ended and not a refusal.
if (health.refused.total < 0.95 * total || !isWhole || logLines > logLinesMax) process.exitCode = 1;
process.exit();
