import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runCommand } from "#support/command-run.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { checkTitles, problemCodes } from "../doctor/finding.ts";
import { DeviceClient } from "../emulate/device-client.ts";

/** Devices that no machine has, so that the test touches nothing. */
const noDevices = ["--i2c", "/dev/emberwatch-no-i2c", "--spi", "/dev/emberwatch-no-spi"] as const;

function jsonLines(text: string): readonly Record<string, unknown>[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test("without sensors the missing device nodes are the findings, as JSON with a summary last", async (t) => {
  const data = await temporaryFolder(t);
  const run = await runCommand("doctor", ...noDevices, "--data", data, "--json");
  assert.equal(run.exitCode, 1, run.notes);
  const lines = jsonLines(run.results);
  const summary = lines.at(-1)!;
  const checks = lines.slice(0, -1);
  assert.ok(checks.every(({ type, check }) => type === "check" && String(check) in checkTitles));
  const missing = checks.filter(({ code }) => code === "device-missing");
  assert.deepEqual(
    missing.map(({ check }) => check),
    ["i2c-bus", "spi-bus"],
  );
  assert.match(String(missing[0]?.["text"]), /^\/dev\/emberwatch-no-i2c is not there\.$|koffi|64-bit/);
  assert.ok(missing.every(({ remedy }) => typeof remedy === "string" && remedy !== ""));
  const count = (verdict: string): number => checks.filter((check) => check["verdict"] === verdict).length;
  assert.deepEqual(summary, {
    type: "summary",
    ok: count("ok"),
    problems: count("problem"),
    skipped: count("skipped"),
  });
  assert.ok(checks.some(({ check, verdict }) => check === "data" && verdict === "ok"));
});

test("for people a problem has a line and a remedy, and what is skipped for one reason shares a line", async () => {
  const run = await runCommand("doctor", "lepton", ...noDevices);
  assert.equal(run.exitCode, 1);
  assert.match(run.results, /^PROBLEM {2}I2C bus .*\n +-> /m);
  assert.match(run.results, /^skipped {2}3 checks .*I2C bus\. \(Camera: control; Camera: model;/m);
  assert.match(run.results, /\n\n2 problems found; 0 checks fine, 6 skipped\.\n$/);
});

test("a recalibration without a sensor is refused with the reason", async () => {
  const run = await runCommand("doctor", "scd41", ...noDevices, "--recalibrate", "420");
  assert.equal(run.exitCode, 1);
  assert.match(run.results, /PROBLEM {2}I2C bus/);
  assert.equal(run.notes, "");
});

const mistakes: readonly (readonly [args: readonly string[], names: RegExp])[] = [
  [["sgp41"], /"sgp41".*lepton, scd41, extra/],
  [["lepton", "scd41"], /one part/],
  [["--emulated", "devices.sock", "--spi", "/dev/spidev0.0"], /--emulated takes the place of --spi/],
  [["scd41", "--recalibrate", "399"], /400 to 2000/],
  [["scd41", "--recalibrate", "420.5"], /whole number/],
  [["--recalibrate", "420"], /doctor scd41/],
  [["lepton", "--self-test"], /CO2 sensor/],
  [["--camera-power", "17"], /gpiochip0:17/],
  [
    ["--emulated", "devices.sock", "--sensor-power", "gpiochip0:4"],
    /--emulated takes the place of --sensor-power/,
  ],
  [["lepton", "--large-correction"], /--large-correction belongs to --recalibrate/],
  [["--i2c"], /--help/],
  [["--bus", "1"], /--help/],
];

for (const [args, names] of mistakes) {
  test(`"doctor ${args.join(" ")}" is refused with one sentence`, async () => {
    const run = await runCommand("doctor", ...args);
    assert.equal(run.exitCode, 2);
    assert.equal(run.results, "");
    assert.equal(run.notes.trimEnd().split("\n").length, 1);
    assert.match(run.notes, names);
  });
}

test("the guide explains every finding, and the help names the guide", async () => {
  const guide = readFileSync(new URL("../../../docs/guides/doctor.md", import.meta.url), "utf8");
  const unexplained = problemCodes.filter((code) => !guide.includes(`\`${code}\``));
  assert.deepEqual(unexplained, []);
  const help = await runCommand("doctor", "--help");
  assert.equal(help.exitCode, 0);
  assert.match(help.results, /docs\/guides\/doctor\.md/);
  assert.match(help.results, /\n {2}emberwatch doctor scd41 --recalibrate 420\n/);
});

test("pointed at emulated devices it says of each fault what it would say of a real one", async (context) => {
  const socket = join(await temporaryFolder(context), "devices.sock");
  const main = join(import.meta.dirname, "../main.ts");
  const child = spawn(process.execPath, [main, "emulate", "--socket", socket], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  context.after(() => child.kill("SIGKILL"));
  await once(child.stdout, "data");
  const client = await DeviceClient.connect(socket);
  context.after(() => client.close());
  await client.setFault("lepton", { kind: "wrong-part" });
  const lepton = await runCommand("doctor", "lepton", "--emulated", socket, "--json");
  assert.ok(problems(lepton.results).includes("lepton-not-radiometric"), lepton.results);
  assert.equal(lepton.exitCode, 1);
  await client.setFault("lepton", null);
  await client.setFault("scd41", { kind: "nack", times: 100_000 });
  const scd41 = await runCommand("doctor", "scd41", "--emulated", socket, "--json");
  assert.deepEqual(problems(scd41.results), ["scd41-missing"]);
});

function problems(results: string): readonly unknown[] {
  return jsonLines(results)
    .map(({ code }) => code)
    .filter((code) => typeof code === "string");
}

test("where nobody serves emulated devices, that is said", async () => {
  const run = await runCommand("doctor", "--emulated", "/nowhere/devices.sock");
  assert.equal(run.exitCode, 1);
  assert.match(
    run.notes,
    /\/nowhere\/devices\.sock: no emulated devices are served there .*emberwatch emulate/,
  );
});
