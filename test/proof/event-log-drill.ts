import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Random } from "#core/random.ts";
import { killAppenders } from "#support/event-log-kills.ts";

/**
 * Kills a process that appends to an event log with -9, as often as `--kills` says (200), in `--folder` (a temporary
 * one), and prints what was lost. Ends with 1 when anything was.
 */
const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "200" },
    folder: { type: "string" },
    seed: { type: "string", default: "1" },
  },
});
const folder = values.folder ?? (await mkdtemp(join(tmpdir(), "emberwatch-drill-")));
const path = join(folder, "events.sqlite");
const result = await killAppenders({
  path,
  kills: Number(values.kills),
  random: new Random(Number(values.seed)),
});
console.log(
  `${result.kills} kills, ${result.appended} entries resolved: ${result.lost} lost, ${result.cameBack} came back, ${result.twice} twice.`,
);
if (values.folder === undefined) await rm(folder, { recursive: true });
process.exitCode = result.lost + result.cameBack + result.twice === 0 ? 0 : 1;
