import assert from "node:assert/strict";
import { test } from "node:test";
import { codesOf, DoctorBench } from "#support/doctor-bench.ts";
import { indexOfPicture, LeptonBench } from "#support/lepton-bench.ts";

const wrap = 2 ** 32;

test("no picture is lost when the camera's 32-bit milliseconds and frame counter begin anew", async () => {
  const countersAtBoot = { uptimeMs: wrap - 4_000, frameCounter: wrap - 40 };
  const bench = new LeptonBench({ emulated: { countersAtBoot } });
  await bench.start();
  await bench.pass(9_000);
  await bench.camera.stop();
  const uptimes = bench.frames.map(({ telemetry }) => telemetry!.uptimeMs!);
  const counters = bench.frames.map(({ frameCounter }) => frameCounter);
  assert.ok(uptimes[0]! > wrap - 4_000 && uptimes.at(-1)! < 6_000, `${uptimes[0]} to ${uptimes.at(-1)}`);
  assert.ok(counters[0]! > wrap - 41 && counters.at(-1)! < 60, `${counters[0]} to ${counters.at(-1)}`);
  for (let i = 1; i < counters.length; i += 1) {
    assert.equal(counters[i], (counters[i - 1]! + 1) % wrap, `picture ${i}`);
    const { pixels, unit, telemetry } = bench.frames[i]!;
    if (unit === "centikelvin" && telemetry!.ffcState === "complete") indexOfPicture(pixels);
  }
  assert.deepEqual(bench.troubles, []);
});

test("the doctor takes a camera whose counters begin anew for one that runs through", async () => {
  const bench = new DoctorBench({
    lepton: { countersAtBoot: { uptimeMs: wrap - 63_500, frameCounter: wrap - 540 } },
    stepMs: 2,
  });
  const findings = await bench.examine("lepton");
  assert.deepEqual(codesOf(findings), []);
  const video = findings.all.find(({ check }) => check === "lepton-video")?.text ?? "";
  const [, whole, counted] = /^(\d+) of (\d+) pictures/.exec(video) ?? [];
  assert.ok(Number(whole) > 20 && Number(counted) < 200, video);
});
