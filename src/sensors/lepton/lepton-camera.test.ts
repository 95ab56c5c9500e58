import assert from "node:assert/strict";
import { test } from "node:test";
import { indexOfPicture, LeptonBench } from "#support/lepton-bench.ts";

test("a camera is set up and its pictures come", async () => {
  const bench = new LeptonBench();
  await bench.start();
  await bench.pass(10_000);
  console.log(bench.camera.counters, bench.troubles, bench.frames.length, bench.camera.module);
  console.log(
    bench.frames
      .slice(0, 40)
      .map((f) => [indexOfPicture(f.pixels), f.frameCounter, f.telemetry!.ffcState, f.unit].join(" ")),
  );
  await bench.camera.stop();
  assert.equal(bench.clock.timersSet, 0);
});
