import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { deviceEnvironment, deviceNodeFlags } from "#edge/node-flags.ts";
import { runCommand } from "#support/command-run.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { serviceUnit, userName } from "./service-unit.ts";

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
  for (const [name, value] of Object.entries(deviceEnvironment))
    assert.match(unit, new RegExp(`^Environment=${name}=${value}$`, "m"));
  for (const flag of deviceNodeFlags) assert.ok(unit.includes(` ${flag} `), flag);
});

test("paths with spaces stay whole", () => {
  assert.match(
    unit,
    /^ExecStart=".*" --max-semi-space-size=1 .* "\/opt\/ember watch\/emberwatch\.js" edge --config ".*edge\.yaml"$/m,
  );
});

test("what is no user's name is refused, and the configuration is checked", async (context) => {
  for (const name of ["emberwatch", "_ember-2", "1000"]) assert.equal(userName(name), name);
  for (const name of ["a b;rm", "a\nExecStart=/bin/sh", "", "%u", "2b", "a".repeat(32), "Ünal"])
    assert.throws(() => userName(name), { code: "usage" }, name);
  const config = join(await temporaryFolder(context), "edge.yaml");
  await writeFile(config, "version: 1\n");
  const run = await runCommand("edge", "unit", "--config", config);
  assert.equal(run.exitCode, 2);
  assert.match(run.notes, /edge\.yaml/);
  await writeFile(config, "version: 1\ndevice: { id: kitchen }\n");
  assert.match((await runCommand("edge", "unit", "--config", config)).results, /^User=emberwatch$/m);
});

const skip = spawnSync("systemd-analyze", ["--version"]).status === 0 ? false : "there is no systemd-analyze";

test("systemd understands every line", { skip }, async (context) => {
  const path = join(await temporaryFolder(context), "emberwatch.service");
  await writeFile(path, `${unit}\n`);
  const { stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", path], { encoding: "utf8" });
  const complaints = stderr.split("\n").filter((line) => line.includes("emberwatch.service:"));
  assert.deepEqual(complaints, []);
});
