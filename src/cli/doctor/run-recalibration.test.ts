import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure } from "#core/failure.ts";
import { codesOf, DoctorBench } from "#support/doctor-bench.ts";
import { pause } from "./doctor-surroundings.ts";
import { FindingList } from "./finding.ts";
import { type RecalibrationResult, runRecalibration } from "./run-recalibration.ts";

interface Recalibrated {
  readonly result: RecalibrationResult;
  readonly findings: FindingList;
  readonly notes: readonly string[];
}

async function recalibrate(
  bench: DoctorBench,
  { targetPpm = 420, stopAfterMs = Number.POSITIVE_INFINITY, largestPpm = 150 } = {},
): Promise<Recalibrated> {
  const findings = new FindingList();
  const notes: string[] = [];
  const stop = Promise.withResolvers<void>();
  if (Number.isFinite(stopAfterMs)) bench.clock.after(stopAfterMs, stop.resolve);
  const { surroundings } = bench;
  const note = (text: string): void => {
    notes.push(text);
  };
  const run = { surroundings, findings, note, targetPpm, largestPpm, stopRequested: stop.promise };
  const result = await bench.simulate(runRecalibration(run));
  return { result, findings, notes };
}

/** What the sensor reads after it was left alone for a while. */
async function readingOf(bench: DoctorBench): Promise<number> {
  const { i2c } = bench.surroundings;
  const bus = await i2c.open();
  const transfer = (write: readonly number[], readBytes: number) =>
    bus.transfer({ address: 0x62, write: Uint8Array.from(write), readBytes });
  await transfer([0x21, 0xb1], 0);
  await pause(bench.clock, 6_000);
  await transfer([0xec, 0x05], 0);
  await pause(bench.clock, 2);
  const [high = 0, low = 0] = await transfer([], 9);
  return (high << 8) | low;
}

/** A bench whose sensor stands outdoors and reads so much too high. */
function outdoors(errorPpm: number): DoctorBench {
  const air = () => ({ co2Ppm: 420 + errorPpm, temperatureCelsius: 18, humidityPercent: 60 });
  return new DoctorBench({ scd41: { air }, stepMs: 20 });
}

test("a recalibration states its conditions, counts 3 minutes down and corrects the sensor", async () => {
  const bench = outdoors(43);
  const beganMs = bench.clock.monotonicMs();
  const { result, findings, notes } = await recalibrate(bench);
  assert.deepEqual(codesOf(findings), []);
  assert.deepEqual(result, { kind: "done", beforePpm: 463, correctionPpm: -43 });
  assert.match(notes.join("\n"), /outdoors.*420 ppm/);
  assert.match(notes.join("\n"), /nobody breathes at it/);
  assert.ok(notes.includes("Measuring, 150 s left, it reads 463 ppm"), notes.join("\n"));
  assert.ok(bench.progress.includes("Measuring, 179 s left"), bench.progress.slice(0, 5).join("\n"));
  assert.ok(bench.clock.monotonicMs() - beganMs >= 180_000);
  assert.equal(bench.clock.timersSet, 0);
});

test("a correction that no drift explains is refused with what it would do, unless it is confirmed", async () => {
  const refused = outdoors(244);
  await assert.rejects(recalibrate(refused), (error: Failure) => {
    assert.equal(error.code, "recalibration-large");
    assert.match(error.message, /664 ppm.*420.*by -244 ppm.*--large-correction/);
    return true;
  });
  const read = await refused.simulate(readingOf(refused));
  assert.equal(read, 664, "the sensor's calibration is as it was");
  const { result } = await recalibrate(outdoors(244), { largestPpm: Number.POSITIVE_INFINITY });
  assert.deepEqual(result, { kind: "done", beforePpm: 664, correctionPpm: -244 });
});

test("stopping it within the 3 minutes changes nothing", async () => {
  const bench = outdoors(43);
  const { result } = await recalibrate(bench, { stopAfterMs: 60_000 });
  assert.deepEqual(result, { kind: "stopped" });
  assert.equal(bench.clock.timersSet, 0);
});

test("air that moves is refused with a sentence", async () => {
  const bench = new DoctorBench({
    scd41: {
      air: (atMicros) => ({
        co2Ppm: 420 + ((atMicros / 100_000) % 900),
        temperatureCelsius: 18,
        humidityPercent: 60,
      }),
    },
    stepMs: 20,
  });
  await assert.rejects(recalibrate(bench), (error: Failure) => error.code === "recalibration-unsteady");
  assert.equal(bench.clock.timersSet, 0);
});

test("a target that is no CO2 of air is refused before the sensor is told anything", async () => {
  await assert.rejects(
    recalibrate(outdoors(0), { targetPpm: 40 }),
    (error: unknown) => error instanceof Failure && error.side === "input",
  );
});

test("what is no SCD41 is not recalibrated", async () => {
  const bench = new DoctorBench({ scd41: { variant: "scd40" } });
  const { result, findings, notes } = await recalibrate(bench);
  assert.deepEqual(result, { kind: "problem" });
  assert.deepEqual(codesOf(findings), ["scd41-wrong-model"]);
  assert.deepEqual(notes, []);
});
