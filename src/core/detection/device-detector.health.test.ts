import assert from "node:assert/strict";
import { test } from "node:test";
import { DetectorBench, type Stretch } from "#support/detector-bench.ts";

function levels(bench: DetectorBench): readonly string[] {
  return bench.story.filter((line) => line.startsWith("level"));
}

function troubles(bench: DetectorBench): readonly string[] {
  return bench.story.filter((line) => line.startsWith("trouble"));
}

/** A room with a cold window and a warm radiator. */
function furnished(x: number, y: number): number {
  if (x > 10 && x < 30 && y > 10 && y < 30) return 16;
  return x > 50 && x < 70 && y > 40 ? 28 : 21 + (x > 40 ? 0.6 : 0);
}

const roomFaults: readonly {
  readonly code: string;
  readonly broken: Stretch;
  readonly withinSeconds: number;
}[] = [
  { code: "camera-covered", broken: { seconds: 40, backdrop: () => 24 }, withinSeconds: 22 },
  {
    code: "camera-moved",
    broken: { seconds: 95, backdrop: (x, y) => furnished(Math.min(79, x + 8), y + 6) },
    withinSeconds: 90,
  },
  { code: "camera-slow", broken: { seconds: 30, backdrop: furnished, missingFrames: 5 }, withinSeconds: 25 },
  {
    code: "camera-ffc-overdue",
    broken: {
      seconds: 10,
      backdrop: furnished,
      telemetry: { uptimeMs: 900_000, lastFfcUptimeMs: 100_000 },
    },
    withinSeconds: 8,
  },
];

for (const { code, broken, withinSeconds } of roomFaults)
  test(`${code} is found within ${withinSeconds} s, alone, and restored`, () => {
    const bench = new DetectorBench();
    bench.run({ seconds: 80, backdrop: furnished });
    assert.deepEqual(bench.story, []);
    const began = bench.nowMicros;
    bench.run(broken);
    assert.deepEqual(troubles(bench), [`trouble ${code} on`]);
    assert.ok((bench.events[0]!.atMicros - began) / 1e6 <= withinSeconds);
    const telemetry = { uptimeMs: 950_000, lastFfcUptimeMs: 920_000 };
    bench.run({ seconds: 90, backdrop: furnished, telemetry });
    assert.deepEqual(troubles(bench), [`trouble ${code} on`, `trouble ${code} off`]);
    assert.deepEqual(levels(bench), []);
  });

test("an air sensor that says its period is silent between 11 and 12 s after its last reading", () => {
  const bench = new DetectorBench({
    expects: { thermal: "absent", air: "required", airPeriodSeconds: 5 },
  });
  bench.run({ seconds: 60.25, camera: "silent" });
  const last = bench.nowMicros - 125_000;
  bench.run({ seconds: 20, camera: "silent", air: "silent" });
  assert.deepEqual(bench.story, ["trouble air-silent on"]);
  const seconds = (bench.events[0]!.atMicros - last) / 1e6;
  assert.ok(seconds > 10.9 && seconds <= 12, `after ${seconds} s`);
});

test("what a driver knows explains the silence, and it is told once", () => {
  const bench = new DetectorBench({
    expects: { thermal: "absent", air: "required", airPeriodSeconds: 5 },
  });
  const tell = (active: boolean): void =>
    bench.detector.reportTrouble({
      kind: "trouble",
      atMicros: bench.nowMicros,
      code: "air-not-answering",
      active,
      text: "It does not answer.",
    });
  bench.run({ seconds: 30, camera: "silent" });
  tell(true);
  bench.run({ seconds: 60, camera: "silent", air: "silent" });
  tell(false);
  bench.run({ seconds: 8, camera: "silent", air: "silent" });
  assert.deepEqual(bench.story, ["trouble air-not-answering on", "trouble air-not-answering off"]);
  bench.run({ seconds: 8, camera: "silent", air: "silent" });
  assert.equal(bench.story.at(-1), "trouble air-silent on");
});

test("CO2 below that of outdoor air for an hour asks for calibration", () => {
  const bench = new DetectorBench({ expects: { thermal: "absent", air: "required" } });
  bench.run({ seconds: 3_500, camera: "silent", co2Ppm: () => 310 });
  assert.deepEqual(bench.story, []);
  bench.run({ seconds: 150, camera: "silent", co2Ppm: () => 310 });
  assert.deepEqual(bench.story, ["trouble air-calibration on"]);
});
