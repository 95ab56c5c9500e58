import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { serviceUnit } from "./service-unit.ts";

const unit = serviceUnit({
  node: process.execPath,
  program: "/opt/ember watch/emberwatch.js",
  config: "/etc/emberwatch/edge.yaml",
  user: "root",
});

test("the service is watched, and started again without end", () => {
  assert.match(unit, /^Type=notify$/m);
  assert.match(unit, /^WatchdogSec=60$/m);
  assert.match(unit, /^Restart=always$/m);
  assert.match(unit, /^StartLimitIntervalSec=0$/m);
});

test("both processes get what keeps their memory small", () => {
  assert.match(unit, /^Environment=MALLOC_ARENA_MAX=1$/m);
});

test("paths with spaces stay whole", () => {
  assert.match(
    unit,
    /^ExecStart=".*" --max-semi-space-size=1 "\/opt\/ember watch\/emberwatch\.js" edge --config ".*edge\.yaml"$/m,
  );
});

const skip = spawnSync("systemd-analyze", ["--version"]).status === 0 ? false : "there is no systemd-analyze";

test("systemd understands every line", { skip }, async (context) => {
  const path = join(await temporaryFolder(context), "emberwatch.service");
  await writeFile(path, `${unit}\n`);
  const { stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", path], { encoding: "utf8" });
  const complaints = stderr.split("\n").filter((line) => line.includes("emberwatch.service:"));
  assert.deepEqual(complaints, []);
});
