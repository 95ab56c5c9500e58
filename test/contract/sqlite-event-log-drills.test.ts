import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Random } from "#core/random.ts";
import { killAppenders } from "#support/event-log-kills.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";

test("a process that is killed with -9 while it appends, 8 times, loses nothing that was resolved", async (t) => {
  const path = join(await temporaryFolder(t), "events.sqlite");
  const result = await killAppenders({ path, kills: 8, random: new Random(6) });
  assert.ok(result.appended > 100);
  assert.deepEqual([result.lost, result.cameBack, result.twice], [0, 0, 0]);
});

test("on a disk that is really full alarms take the room of telemetry, then are refused and lose nothing", async (t) => {
  const folder = await temporaryFolder(t);
  const drill = fileURLToPath(new URL("../support/fill-disk.ts", import.meta.url));
  const script = `mount -t tmpfs -o size=1m tmpfs "$1" && exec "$2" "$3" "$1"`;
  const run = spawnSync(
    "unshare",
    ["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", folder, process.execPath, drill],
    { encoding: "utf8" },
  );
  if (run.stdout === null || run.stdout === "") {
    t.skip(
      `a small file system of its own cannot be mounted here: ${run.error?.message ?? run.stderr.trim()}`,
    );
    return;
  }
  const result = JSON.parse(run.stdout) as {
    refused: string;
    alarms: number;
    afterwards: string;
    lost: number;
  };
  assert.deepEqual([result.refused, result.afterwards, result.lost], ["event-log-full", "taken", 0]);
});
