import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Random } from "#core/random.ts";
import { killProcesses } from "#support/process-kills.ts";

/**
 * Kills the real hub, alarm and link processes with -9, as often as `--kills` says (200), while alarms are on their way,
 * and prints what was lost or came twice. Ends with 1 when anything was.
 */
const { values } = parseArgs({
  options: { kills: { type: "string", default: "200" }, seed: { type: "string", default: "1" } },
});

const folder = await mkdtemp(join(tmpdir(), "emberwatch-kills-"));
const startedMs = performance.now();
const result = await killProcesses({
  folder,
  kills: Number(values.kills),
  random: new Random(Number(values.seed)),
  onKill: (done) => {
    if (done % 20 === 0) console.log(`${done} kills so far`);
  },
});
await rm(folder, { recursive: true });
const { hubKills, alarmProcessKills, linkKills, kept, lost, waiting, duplicated, backlog, deliverySeconds } =
  result;
console.log(
  `${hubKills} kills of the hub, ${alarmProcessKills} of the alarm process, ${linkKills} of the link process in ` +
    `${((performance.now() - startedMs) / 1_000).toFixed(0)} s: ${kept} alarms, ${lost} lost, ${waiting} still on the device, ${duplicated} duplicated. ` +
    `${backlog} waited when the kills were over and took ${deliverySeconds.toFixed(1)} s.`,
);
if (lost + waiting + duplicated > 0 || kept === 0) process.exitCode = 1;
