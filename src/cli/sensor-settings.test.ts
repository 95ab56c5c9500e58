import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { defaultLeptonSettings } from "#sensors/lepton/lepton-settings.ts";
import { checkScd41Settings, defaultScd41Settings } from "#sensors/scd41/scd41-settings.ts";
import type { Invocation } from "./command.ts";
import { Output } from "./output.ts";
import { leptonSettings, scd41Settings } from "./sensor-settings.ts";

function invocation(values: Readonly<Record<string, string>>): Invocation {
  const output = new Output(new PassThrough(), new PassThrough());
  return { values, switches: new Set(), positionals: [], output };
}

test("without options sensors are set as is right for a room", () => {
  assert.deepEqual(leptonSettings(invocation({})), defaultLeptonSettings);
  assert.deepEqual(scd41Settings(invocation({})), defaultScd41Settings);
});

test("what the user names reaches the drivers' settings, at the ends of each range too", () => {
  assert.deepEqual(leptonSettings(invocation({ "camera-gain": "auto", "camera-ffc": "manual" })), {
    gainMode: "auto",
    ffcMode: "manual",
  });
  for (const [altitude, pressure, offset] of [
    ["0", "700", "0"],
    ["3000", "1200", "20"],
  ] as const) {
    const settings = scd41Settings(
      invocation({ "co2-mode": "single-shot", altitude, pressure, "temperature-offset": offset }),
    );
    assert.deepEqual(settings, {
      ...defaultScd41Settings,
      mode: "single-shot",
      altitudeMetres: Number(altitude),
      ambientPressureHpa: Number(pressure),
      temperatureOffsetKelvin: Number(offset),
    });
    checkScd41Settings(settings);
  }
});

test("what no sensor takes is refused with what it takes", () => {
  assert.throws(
    () => leptonSettings(invocation({ "camera-gain": "medium" })),
    /--camera-gain is one of high, low, auto/,
  );
  assert.throws(
    () => scd41Settings(invocation({ altitude: "4000" })),
    /--altitude needs a number from 0 to 3000/,
  );
  assert.throws(() => scd41Settings(invocation({ pressure: "1013 hPa" })), /--pressure needs a number/);
});
