import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Random } from "#core/random.ts";
import { type KillsResult, killAppenders } from "#support/event-log-kills.ts";
import { cutPowerOfAppenders } from "#support/event-log-power-cuts.ts";

/**
 * Kills a process that appends to an event log with -9, as often as `--kills` says (200), in `--folder` (a temporary
 * one), cuts the power of a simulated log `--cuts` times (200), and prints what was lost. Ends with 1 when anything was.
 */
const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "200" },
    cuts: { type: "string", default: "200" },
    folder: { type: "string" },
    seed: { type: "string", default: "1" },
  },
});

function tell(what: string, result: KillsResult): void {
  const { kills, appended, lost, cameBack, twice } = result;
  console.log(
    `${kills} ${what}, ${appended} entries resolved: ${lost} lost, ${cameBack} came back, ${twice} twice.`,
  );
  if (lost + cameBack + twice > 0) process.exitCode = 1;
}

const seed = Number(values.seed);
tell("power cuts of the simulated log", await cutPowerOfAppenders({ cuts: Number(values.cuts), seed }));
const folder = values.folder ?? (await mkdtemp(join(tmpdir(), "emberwatch-drill-")));
const path = join(folder, "events.sqlite");
tell("kills on SQLite", await killAppenders({ path, kills: Number(values.kills), random: new Random(seed) }));
if (values.folder === undefined) await rm(folder, { recursive: true });
