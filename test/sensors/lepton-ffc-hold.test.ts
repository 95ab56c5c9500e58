import assert from "node:assert/strict";
import { test } from "node:test";
import { Cci } from "#sensors/lepton/cci.ts";
import { cciCommands } from "#sensors/lepton/cci-commands.ts";
import { StoppableWait } from "#sensors/lepton/stoppable-wait.ts";
import { EmulatedI2cBus } from "#simulation/devices/emulated-i2c-bus.ts";
import { LeptonBench, type LeptonBenchOptions } from "#support/lepton-bench.ts";

/** A camera at work, and what it says of who starts its corrections: the first word is 0 for manual, 1 for automatic. */
async function startedBench(options: LeptonBenchOptions = {}) {
  const bench = new LeptonBench({ emulated: { poweredForMs: 10_000 }, ...options });
  await bench.start();
  await bench.pass(2_000);
  const { clock } = bench;
  const i2c = new EmulatedI2cBus([bench.lepton.cci], { clock });
  const cci = new Cci({ i2c, clock, wait: new StoppableWait(clock) });
  const mode = async (): Promise<number> => (await bench.passWhile(cci.get(cciCommands.ffcMode)))[0]!;
  return { bench, mode };
}

test("corrections of the camera wait while they are to, and go on afterwards", async () => {
  const { bench, mode } = await startedBench();
  assert.equal(await mode(), 1);
  bench.camera.holdCorrections("wait");
  await bench.pass(300);
  assert.equal(await mode(), 0);
  bench.camera.holdCorrections("automatic");
  await bench.pass(300);
  assert.equal(await mode(), 1);
  assert.deepEqual(bench.camera.troubles, []);
  await bench.camera.stop();
});

test("of wishes that follow each other at once the last one holds", async () => {
  const { bench, mode } = await startedBench();
  bench.camera.holdCorrections("wait");
  bench.camera.holdCorrections("automatic");
  await bench.pass(500);
  assert.equal(await mode(), 1);
  bench.camera.holdCorrections("automatic");
  bench.camera.holdCorrections("wait");
  await bench.pass(500);
  assert.equal(await mode(), 0);
  await bench.camera.stop();
});

test("a wait outlives a restart of the camera", async () => {
  const { bench, mode } = await startedBench();
  bench.camera.holdCorrections("wait");
  await bench.pass(300);
  await bench.lepton.powerLine.set("low");
  await bench.pass(600);
  await bench.lepton.powerLine.set("high");
  await bench.pass(18_000);
  assert.equal(await mode(), 0);
  await bench.camera.stop();
});
