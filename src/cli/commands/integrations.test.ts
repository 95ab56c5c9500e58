import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { runCommand } from "#support/command-run.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";

test("init writes a whole file that check finds in order, and replaces none", async (context) => {
  const path = join(await temporaryFolder(context), "integrations.yaml");
  const written = await runCommand("integrations", "init", "--out", path);
  assert.equal(written.exitCode, 0, written.notes);
  const checked = await runCommand("integrations", "check", path);
  assert.equal(checked.exitCode, 0, checked.notes);
  assert.match(checked.results, /is in order/);
  assert.match(checked.notes, /Home Assistant: told nothing\.\nModbus: off\.\nAlerts: off\./);
  const before = await readFile(path, "utf8");
  const again = await runCommand("integrations", "init", "--out", path);
  assert.equal(again.exitCode, 2);
  assert.match(again.notes, /is there already/);
  assert.equal(await readFile(path, "utf8"), before);
});

test("check says what a file switches on, pictures among it", async (context) => {
  const path = join(await temporaryFolder(context), "integrations.yaml");
  await writeFile(
    path,
    "version: 1\nhomeAssistant: { brokerUrl: mqtt://127.0.0.1, pictureDevices: [kitchen] }\nmodbus: { port: 1502 }\n",
  );
  const { notes } = await runCommand("integrations", "check", path);
  assert.match(notes, /told by mqtt:\/\/127\.0\.0\.1\./);
  assert.match(notes, /Pictures go there of kitchen\./);
  assert.match(notes, /Modbus: port 1502 on 127\.0\.0\.1\./);
});

test("the schema names every part of the file", async () => {
  const { results } = await runCommand("integrations", "schema");
  const { properties } = JSON.parse(results) as { properties: object };
  assert.deepEqual(Object.keys(properties), ["version", "homeAssistant", "modbus", "alerts"]);
});

test("a command line that is wrong is refused in one sentence", async () => {
  for (const [args, words] of [
    [[], /integrations takes one of init, check, schema/],
    [["toString"], /integrations takes one of/],
    [["schema", "more"], /"more" is one word too many/],
    [["check", "--out", "x"], /--out does nothing with integrations check/],
    [["check", "/nowhere/integrations.yaml"], /\/nowhere\/integrations\.yaml/],
  ] as const) {
    const run = await runCommand("integrations", ...args);
    assert.equal(run.exitCode, 2, run.notes);
    assert.match(run.notes, words);
  }
});
