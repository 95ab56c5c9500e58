import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure } from "#core/failure.ts";
import { Cci } from "#sensors/lepton/cci.ts";
import { cciCommands } from "#sensors/lepton/cci-commands.ts";
import {
  bootMaxMs,
  type ConfigurationResult,
  configureLepton,
} from "#sensors/lepton/lepton-configuration.ts";
import { describeModule } from "#sensors/lepton/lepton-module.ts";
import { defaultLeptonSettings, type LeptonSettings } from "#sensors/lepton/lepton-settings.ts";
import { StoppableWait } from "#sensors/lepton/stoppable-wait.ts";
import { EmulatedI2cBus } from "#simulation/devices/emulated-i2c-bus.ts";
import { EmulatedLepton } from "#simulation/devices/emulated-lepton.ts";
import type { LeptonFault } from "#simulation/devices/emulated-lepton-fault.ts";
import { numberedPicture } from "#support/lepton-bench.ts";
import { ManualClock } from "#support/manual-clock.ts";

class Bench {
  readonly clock = new ManualClock();
  readonly lepton: EmulatedLepton;
  readonly cci: Cci;

  constructor(model: "3.5" | "3.0" = "3.5") {
    const { clock } = this;
    this.lepton = new EmulatedLepton({ clock, scene: () => numberedPicture(1), model, poweredForMs: 10_000 });
    const i2c = new EmulatedI2cBus([this.lepton.cci], { clock });
    this.cci = new Cci({ i2c, clock, wait: new StoppableWait(clock) });
  }

  /** Lets time pass until something is done, a minute at most. */
  async finish<T>(promise: Promise<T>): Promise<T> {
    let isDone = false;
    const noted = promise.finally(() => {
      isDone = true;
    });
    noted.catch(() => undefined);
    for (let ms = 0; ms < 60_000 && !isDone; ms += 1) {
      for (let turn = 0; turn < 20 && !isDone; turn += 1) await null;
      this.clock.advanceMs(1);
    }
    return promise;
  }

  configure(settings: LeptonSettings = defaultLeptonSettings): Promise<ConfigurationResult> {
    return this.finish(configureLepton(this.cci, settings));
  }
}

test("a camera with factory settings needs telemetry only; the second look changes nothing", async () => {
  const bench = new Bench();
  const first = await bench.configure();
  assert.deepEqual(first.changed, ["telemetry"]);
  assert.equal(first.needsCorrection, false);
  assert.deepEqual(first.module, { partNumber: "500-0771-01", model: "Lepton 3.5", radiometric: true });
  assert.deepEqual((await bench.configure()).changed, []);
});

test("every setting that is otherwise is set and read back", async () => {
  const bench = new Bench();
  const { cci } = bench;
  const wrong = [
    [cciCommands.agcEnable, 1],
    [cciCommands.telemetryLocation, 0],
    [cciCommands.tLinearEnable, 0],
    [cciCommands.tLinearResolution, 0],
    [cciCommands.gainMode, 1],
  ] as const;
  for (const [command, value] of wrong) await bench.finish(cci.setLong(command, value));
  const { changed, needsCorrection } = await bench.configure({ gainMode: "high", ffcMode: "manual" });
  for (const [{ name }] of wrong) assert.ok(changed.includes(name), name);
  assert.ok(changed.includes(cciCommands.ffcMode.name));
  assert.equal(needsCorrection, true);
  const right = [
    [cciCommands.agcEnable, 0],
    [cciCommands.telemetryEnable, 1],
    [cciCommands.telemetryLocation, 1],
    [cciCommands.tLinearEnable, 1],
    [cciCommands.tLinearResolution, 1],
    [cciCommands.tLinearAutoResolution, 0],
    [cciCommands.gainMode, 0],
    [cciCommands.videoFormat, 7],
  ] as const;
  for (const [command, value] of right) {
    assert.equal(await bench.finish(cci.getLong(command)), value, command.name);
  }
});

test("the resolution goes with the gain", async () => {
  for (const [gainMode, gain, resolution, isAutomatic] of [
    ["high", 0, 1, 0],
    ["low", 1, 0, 0],
    ["auto", 2, 1, 1],
  ] as const) {
    const bench = new Bench();
    await bench.configure({ gainMode, ffcMode: "auto" });
    assert.equal(await bench.finish(bench.cci.getLong(cciCommands.gainMode)), gain);
    assert.equal(await bench.finish(bench.cci.getLong(cciCommands.tLinearResolution)), resolution);
    assert.equal(await bench.finish(bench.cci.getLong(cciCommands.tLinearAutoResolution)), isAutomatic);
  }
});

test("of the mode of the correction nothing but the mode is changed", async () => {
  const bench = new Bench();
  const before = await bench.finish(bench.cci.get(cciCommands.ffcMode));
  await bench.configure({ gainMode: "high", ffcMode: "manual" });
  const after = await bench.finish(bench.cci.get(cciCommands.ffcMode));
  assert.equal(before[0], 1);
  assert.equal(after[0], 0);
  // Words 8 and 9 are the time since the last correction, which goes on.
  const others = [2, 3, 4, 5, 10, 11, 12, 13, 14, 15];
  assert.deepEqual(
    others.map((i) => after[i]),
    others.map((i) => before[i]),
  );
});

test("a Lepton 3.0 is recognised and gets the settings that it has", async () => {
  const { module, changed } = await new Bench("3.0").configure();
  assert.deepEqual(module, { partNumber: "500-0726-01", model: "Lepton 3.0", radiometric: false });
  assert.deepEqual(changed, ["telemetry"]);
});

test("a module of unknown part number is asked whether it measures temperatures", async () => {
  for (const [model, radiometric] of [["3.5", true] as const, ["3.0", false] as const]) {
    const bench = new Bench(model);
    bench.lepton.setFault({ kind: "wrong-part", partNumber: "500-9999-01" });
    const { module } = await bench.configure();
    assert.deepEqual(module, { partNumber: "500-9999-01", model: "unknown Lepton", radiometric });
  }
});

const failures: readonly (readonly [name: string, fault: LeptonFault, code: string])[] = [
  ["no answer", { kind: "cci-no-answer" }, "no-answer"],
  ["always busy", { kind: "cci-busy" }, "lepton-not-booted"],
  ["every command refused", { kind: "cci-error", result: -3 }, "lepton-range-error"],
  ["no supply", { kind: "power-cut" }, "no-answer"],
];

for (const [name, fault, code] of failures) {
  test(`${name} fails with "${code}" within the time for booting`, async () => {
    const bench = new Bench();
    bench.lepton.setFault(fault);
    const beganMs = bench.clock.monotonicMs();
    await assert.rejects(bench.configure(), (error) => error instanceof Failure && error.code === code);
    assert.ok(bench.clock.monotonicMs() - beganMs <= bootMaxMs + 100);
  });
}

test("disturbances that pass cost nothing but time", async () => {
  const bench = new Bench();
  bench.lepton.addFault({ kind: "cci-error", result: -1, times: 2 });
  bench.lepton.addFault({ kind: "cci-late", ms: 20, times: 10 });
  assert.deepEqual((await bench.configure()).changed, ["telemetry"]);
  assert.ok(bench.cci.counters.retries > 0);
});

test("a part number is read whichever of a word's characters comes first", () => {
  const characters = new TextEncoder().encode("500-0771-01".padEnd(32, "\0"));
  const words = (first: 0 | 1): Uint16Array =>
    Uint16Array.from(
      { length: 16 },
      (_, i) => characters[2 * i + first]! | (characters[2 * i + 1 - first]! << 8),
    );
  for (const first of [0, 1] as const) assert.equal(describeModule(words(first)).model, "Lepton 3.5");
  assert.deepEqual(describeModule(new Uint16Array(16)), {
    partNumber: "unknown",
    model: "unknown Lepton",
    radiometric: null,
  });
});
