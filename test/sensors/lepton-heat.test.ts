import assert from "node:assert/strict";
import { test } from "node:test";
import { coolDownMs } from "#sensors/lepton/lepton-camera.ts";
import { LeptonBench } from "#support/lepton-bench.ts";

/** A camera whose temperature the test sets. */
function heatedBench(): { bench: LeptonBench; heat: (kelvin: number) => void } {
  let fpaKelvin = 301;
  const bench = new LeptonBench({
    emulated: { temperatures: () => ({ fpaKelvin, housingKelvin: fpaKelvin - 1 }) },
  });
  return {
    bench,
    heat: (kelvin) => {
      fpaKelvin = kelvin;
    },
  };
}

test("a camera that is too cold for its shutter says so, and goes on giving pictures", async () => {
  const { bench, heat } = heatedBench();
  await bench.start();
  await bench.pass(5_000);
  heat(255);
  await bench.pass(1_000);
  assert.deepEqual(bench.camera.troubles, ["shutter-lockout"]);
  const { length } = bench.frames;
  heat(300);
  await bench.pass(3_000);
  assert.ok(bench.frames.length > length + 20);
  assert.deepEqual(bench.camera.troubles, []);
  assert.equal(bench.troubles.length, 2);
  await bench.camera.stop();
});

test("a camera that switches itself off because it is too hot is left to cool before it is started again", async () => {
  const { bench, heat } = heatedBench();
  await bench.start();
  await bench.pass(5_000);
  heat(356);
  await bench.pass(5_000);
  assert.ok(bench.camera.troubles.includes("over-temperature"), bench.troubles.join("\n"));
  await bench.pass(10_000);
  assert.ok(bench.camera.troubles.includes("video-lost"), bench.troubles.join("\n"));
  const { reboots, powerCycles } = bench.camera.counters.camera;
  heat(300);
  await bench.pass(30_000);
  assert.deepEqual(
    [bench.camera.counters.camera.reboots, bench.camera.counters.camera.powerCycles],
    [reboots, powerCycles],
    "nothing is done while it cools",
  );
  await bench.pass(coolDownMs);
  assert.deepEqual(bench.camera.troubles, [], bench.troubles.join("\n"));
  assert.ok(bench.frames.at(-1)!.capturedAtMicros > bench.clock.nowMicros() - 200_000);
  await bench.camera.stop();
});
