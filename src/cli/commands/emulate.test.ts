import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runCommand } from "#support/command-run.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { DeviceClient } from "../emulate/device-client.ts";

test("emulate serves a Lepton and an SCD41 until it is told to end, and leaves nothing behind", async (context) => {
  const path = join(await temporaryFolder(context), "devices.sock");
  const main = join(import.meta.dirname, "../main.ts");
  const child = spawn(process.execPath, [main, "emulate", "--socket", path, "--fault", "sfa30:nack"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  context.after(() => child.kill("SIGKILL"));
  const [line] = await once(child.stdout, "data");
  assert.equal(String(line), `Emulated devices are served at ${path}\n`);
  const client = await DeviceClient.connect(path);
  context.after(() => client.close());
  assert.deepEqual(client.description, {
    protocol: 1,
    spi: ["lepton"],
    lines: ["lepton-power", "scd41-power"],
    faults: ["lepton", "scd41", "sgp41", "sps30", "sen66", "sfa30"],
  });
  await client.i2c.transfer({ address: 0x62, write: Uint8Array.of(0x36, 0x82), readBytes: 0 });
  const nobody = { address: 0x5d, write: Uint8Array.of(0xd0, 0x60), readBytes: 0 };
  await assert.rejects(client.i2c.transfer(nobody), { code: "no-answer" });
  const cured = await runCommand("emulate", "fault", "sfa30", "none", "--socket", path);
  assert.deepEqual([cured.exitCode, cured.results], [0, "The emulated sfa30 is in order.\n"]);
  await client.i2c.transfer(nobody);
  child.kill("SIGTERM");
  assert.deepEqual(await once(child, "exit"), [0, null]);
  assert.equal(existsSync(path), false);
});

test("emulate refuses what it does not understand with one sentence", async () => {
  for (const [args, sentence] of [
    [["somewhere"], /"somewhere" is not an option/],
    [["--room", "cellar"], /--room is one of occupied, workshop/],
    [["--fault", "scd41"], /--fault needs DEVICE:KIND/],
    [["--fault", "scd30:nack"], /no emulated device "scd30"/],
    [["--fault", "sps30:explodes@3"], /SPS30 has no such fault/],
    [["fault", "sps30"], /needs a device and a kind/],
    [["fault", "sps30", "none", "--seed", "3"], /--seed does nothing with emulate fault/],
    [["--segments-kept", "0"], /--segments-kept needs a whole number from 1/],
    [["--socket", "/nowhere/at/all.sock"], /\/nowhere\/at\/all\.sock: .*take a path that can be written/],
  ] as const) {
    const run = await runCommand("emulate", ...args);
    assert.notEqual(run.exitCode, 0);
    assert.match(run.notes, sentence);
    assert.equal(run.results, "");
  }
});
