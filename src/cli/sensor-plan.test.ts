import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure } from "#core/failure.ts";
import { defaultLeptonSettings } from "#sensors/lepton/lepton-settings.ts";
import { defaultScd41Settings } from "#sensors/scd41/scd41-settings.ts";
import { runCommand } from "#support/command-run.ts";
import { quietOutput } from "#support/quiet-output.ts";
import { upCommand } from "./commands/up.ts";
import { parseArguments } from "./parse-arguments.ts";
import { type SensorPlan, sensorPlan } from "./sensor-plan.ts";

function plan(...args: readonly string[]): SensorPlan | null {
  return sensorPlan(parseArguments(upCommand, args, quietOutput())!);
}

test("a plan says which sensors there are and how they are set", () => {
  assert.equal(plan(), null);
  const all = plan(
    "--camera",
    "lepton",
    "--co2-sensor",
    "scd41",
    "--extra",
    "sgp41,sps30",
    "--room",
    "Attic",
  );
  assert.deepEqual(all?.camera, { kind: "lepton", settings: defaultLeptonSettings });
  assert.deepEqual(all?.air, defaultScd41Settings);
  assert.deepEqual([all?.extras, all?.room, all?.places.i2c], [["sgp41", "sps30"], "Attic", "/dev/i2c-1"]);
  const served = plan("--emulated", "a.sock");
  assert.deepEqual(
    [served?.camera?.kind, served?.air, served?.emulated],
    ["lepton", defaultScd41Settings, "a.sock"],
  );
  const usb = plan(
    "--camera",
    "purethermal",
    "--camera-telemetry",
    "without",
    "--camera-unit",
    "centikelvin",
  );
  assert.deepEqual(usb?.camera, {
    kind: "purethermal",
    device: null,
    settings: { telemetry: "without", unit: "centikelvin" },
  });
});

const refused: readonly (readonly [args: readonly string[], sentence: RegExp])[] = [
  [
    ["--camera", "purethermal", "--camera-gain", "low"],
    /--camera-gain does nothing here: it needs --camera lepton/,
  ],
  [["--camera-gain", "low"], /--camera-gain does nothing/],
  [
    ["--camera", "lepton", "--video", "/dev/video0"],
    /--video does nothing here: it needs --camera purethermal/,
  ],
  [["--camera", "lepton", "--altitude", "300"], /--altitude does nothing here: it needs --co2-sensor scd41/],
  [["--camera", "lepton", "--sensor-power", "gpiochip0:4"], /--sensor-power does nothing/],
  [["--camera", "purethermal", "--i2c", "/dev/i2c-3"], /--i2c does nothing/],
  [["--room", "Attic"], /--room does nothing/],
  [["--emulated", "a.sock", "--spi", "/dev/spidev1.0"], /--spi does nothing/],
  [["--extra", "sgp41,sgp41"], /--extra names sgp41 twice/],
  [["--extra", "foo"], /--extra takes sgp41, sps30, sen66, sfa30, not "foo"/],
  [["--co2-sensor", "scd30"], /--co2-sensor is one of scd41/],
  [["--co2-sensor", "scd41", "--altitude", "4000"], /--altitude needs a number from 0 to 3000/],
  [["--camera", "lepton", "--camera-power", "seventeen"], /--camera-power needs a chip and a line/],
  [["--camera", "purethermal", "--camera-telemetry", "without"], /add --camera-unit/],
  [["--camera", "purethermal", "--camera-unit", "centikelvin"], /belongs to --camera-telemetry without/],
];

test("what no sensor takes, and what would do nothing, is refused before a bus is opened", () => {
  for (const [args, sentence] of refused) {
    assert.throws(
      () => plan(...args),
      (error) => error instanceof Failure && error.side === "input" && sentence.test(error.message),
      args.join(" "),
    );
  }
});

test("up refuses it with exit code 2 and one sentence", async () => {
  const run = await runCommand("up", "--camera-gain", "low");
  assert.equal(run.exitCode, 2);
  assert.match(run.notes, /--camera-gain does nothing here/);
});
