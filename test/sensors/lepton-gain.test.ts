import assert from "node:assert/strict";
import { test } from "node:test";
import { FeatureExtractor } from "#core/features/feature-extractor.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import { Cci } from "#sensors/lepton/cci.ts";
import { cciCommands } from "#sensors/lepton/cci-commands.ts";
import { StoppableWait } from "#sensors/lepton/stoppable-wait.ts";
import { EmulatedI2cBus } from "#simulation/devices/emulated-i2c-bus.ts";
import { LeptonBench } from "#support/lepton-bench.ts";

/** Half of the picture 150 °C from the 8th second to the 20th, the rest of it 25 °C, with some noise. */
function hotScene(): (atMicros: number) => Uint16Array {
  let first = Number.NaN;
  let shown = 0;
  return (atMicros) => {
    if (Number.isNaN(first)) first = atMicros;
    const seconds = (atMicros - first) / 1e6;
    shown += 1;
    const isHot = seconds > 8 && seconds < 20;
    return Uint16Array.from({ length: 19_200 }, (_, i) => {
      // More than the coarser resolution of low gain swallows: a picture that never changes is a fault.
      const noise = ((i * 7 + shown * 131) % 41) - 20;
      return (isHot && i < 9_600 ? 42_315 : 29_815) + noise;
    });
  };
}

for (const ffcMode of ["auto", "manual"] as const) {
  test(`automatic gain with ${ffcMode} correction: each change is corrected and no picture is off`, async () => {
    const bench = new LeptonBench({
      emulated: { scene: hotScene() },
      camera: { settings: { gainMode: "auto", ffcMode } },
    });
    await bench.start();
    await bench.pass(40_000);
    const { gainChanges, corrections } = bench.camera.counters.camera;
    assert.equal(gainChanges, 2);
    assert.ok(corrections >= 2, `${corrections} corrections`);
    assert.deepEqual(bench.troubles, []);
    for (const { pixels, telemetry } of bench.frames) {
      if (telemetry!.ffcState === "in-progress" || telemetry!.ffcState === "never") continue;
      const cold = pixels[19_199]!;
      assert.ok(Math.abs(cold - 29_815) <= 25, `${cold} instead of 29815`);
    }
    assert.ok(bench.frames.some(({ pixels }) => Math.abs(pixels[0]! - 42_315) <= 25));
    await bench.camera.stop();
  });
}

test("the measuring range that was set is corrected before pictures count", async () => {
  for (const ffcMode of ["auto", "manual"] as const) {
    const scene = hotScene();
    const bench = new LeptonBench({
      emulated: { scene, poweredForMs: 10_000 },
      camera: { settings: { gainMode: "low", ffcMode } },
    });
    await bench.start();
    await bench.pass(6_000);
    const good = bench.frames.filter(({ telemetry }) => telemetry!.ffcState === "complete");
    assert.ok(good.length > 10);
    for (const { pixels } of good) assert.ok(Math.abs(pixels[19_199]! - 29_815) <= 25, `${pixels[19_199]}`);
    await bench.camera.stop();
  }
});

test("a change of gain is no step for the features, though its pictures are off until it is corrected", async () => {
  const seconds: FeatureSecond[] = [];
  const extractor = new FeatureExtractor(
    { width: 160, height: 120, badPixels: null, mask: null, background: null },
    (second) => void seconds.push(second),
  );
  const verdicts = new Map<string, number>();
  const bench = new LeptonBench({
    emulated: { scene: hotScene() },
    camera: { settings: { gainMode: "high", ffcMode: "manual" } },
  });
  bench.onFrame = (frame) => {
    const verdict = extractor.addFrame(frame);
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  };
  await bench.start();
  await bench.pass(5_000);
  const cci = new Cci({
    i2c: new EmulatedI2cBus([bench.lepton.cci]),
    clock: bench.clock,
    wait: new StoppableWait(bench.clock),
  });
  // Somebody else changes the range behind the driver's back; with manual correction it is off at once.
  await bench.passWhile(cci.setLong(cciCommands.gainMode, 1));
  await bench.pass(2_500);
  assert.equal(bench.camera.counters.camera.gainChanges, 1);
  assert.equal(bench.camera.counters.camera.correctionsAsked, 1);
  assert.ok(bench.camera.counters.camera.held > 0);
  await bench.camera.stop();
  assert.ok(verdicts.get("ffc")! > 5 && verdicts.get("valid")! > 10);
  const means = seconds.flatMap(({ vector }) => (vector === null ? [] : [vector[0]!]));
  assert.ok(Math.max(...means) - Math.min(...means) < 0.1, means.join(" "));
});
